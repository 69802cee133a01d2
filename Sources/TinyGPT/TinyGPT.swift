// Where to begin: how a model is trained, and what a run is made of (its sizes: `Model/Config.swift`). From a `Run` make a
// `Trainer`; from its `model` take names and traces:
//
//     let run = try Run(names: NameList(utf8: bytes))
//     let trainer = Trainer(run)
//     let losses = trainer.train(to: 1_000)
//     let names = try trainer.model.generate(10, seed: 42)
//     let trace = try trainer.trace(text)

/// How a model is trained. The lab's own recipe is the default.
public struct Recipe: Equatable, Sendable {
  /// Adam's learning rate at the first update.
  public var learningRate = 0.005
  /// Decay of Adam's first moment.
  public var beta1 = 0.85
  /// Decay of Adam's second moment.
  public var beta2 = 0.99
  /// The share of the learning rate that the schedule does not go below.
  public var floor = 0.1
  /// Updates after which the learning rate would fall to zero, but for the floor.
  public var horizon = 5_000
  /// Standard deviation of the initial weights.
  public var initStd = 0.08
  /// Share of the names that is held out.
  public var holdOut = 0.1
  /// Names an update.
  public var batch = 1

  public init() {}
}

/// Everything that a training run is made of: the same run and step give the same bits on every machine.
public struct Run: Equatable, Sendable {
  public let names: NameList
  public let vocabulary: Vocabulary
  public let config: Config
  public let recipe: Recipe
  public let seed: UInt32

  /// A run on these names; they set the config's `vocabSize`.
  ///
  /// - Throws: ``RunError`` for names with too many letters, or sizes or a recipe that can't be.
  public init(
    names: NameList, config: Config = Config(), recipe: Recipe = Recipe(), seed: UInt32 = 42
  ) throws(RunError) {
    do { vocabulary = try Vocabulary(names: names) } catch { throw .vocabulary(error) }
    var config = config
    config.vocabSize = vocabulary.count
    if let error = config.problem { throw .config(error) }
    if let error = recipe.problem { throw .recipe(error) }
    self.names = names
    self.config = config
    self.recipe = recipe
    self.seed = seed
  }
}

/// Why a run can't be.
public enum RunError: Error, Equatable, Sendable {
  case vocabulary(VocabularyError)
  case config(ConfigError)
  case recipe(RecipeError)
}

extension Model {
  /// `count` names by the dice of `seed`; name i is the same for every count.
  public func generate(_ count: Int, seed: UInt32, sampling: Sampling = Sampling(), off: Switches = Switches())
    throws(TextError) -> [GeneratedName]
  {
    try Generator(self, off: off).names(0..<count, seed: seed, sampling: sampling)
  }
}

extension Trainer {
  /// Trains until `step` or the first loss that is no longer a number, which stops before its update.
  ///
  /// - Returns: losses of the steps, in order.
  public func train(to step: Int) -> [Loss] {
    var losses: [Loss] = []
    while self.step < step {
      let loss = trainStep()
      losses.append(loss)
      if !loss.sum.isFinite { break }
    }
    return losses
  }
}
