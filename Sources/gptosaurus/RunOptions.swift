import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// The flags that make a run what it is. All are optional, so that a resumed run can tell which were given.
struct RunOptions: ParsableArguments {
  @Option(
    name: .customLong("seed"), parsing: .unconditional,
    help: "Where all random numbers come from: 0 to 4294967295. (default: 42)")
  var seed: Int?
  @Option(parsing: .unconditional, help: "Share of the names held out, 0 to below 1. (default: 0.1)")
  var holdOut: Double?
  @Option(parsing: .unconditional, help: "Layers, 1 to 64. (default: 2)")
  var layers: Int?
  @Option(
    parsing: .unconditional,
    help: "Width of the residual stream, 1 to 2048; a multiple of --heads. (default: 32)")
  var width: Int?
  @Option(parsing: .unconditional, help: "Attention heads a layer, 1 to 256. (default: 4)")
  var heads: Int?
  @Option(parsing: .unconditional, help: "Positions: one more than the most letters, 2 to 256. (default: 18)")
  var context: Int?
  @Option(parsing: .unconditional, help: "Width of an MLP's hidden layer over --width, 1 to 64. (default: 4)")
  var mlpRatio: Int?
  @Option(parsing: .unconditional, help: "Adam's learning rate, above 0. (default: 0.005)")
  var lr: Double?
  @Option(
    name: .customLong("beta1"), parsing: .unconditional,
    help: "Decay of Adam's first moment, 0 to below 1. (default: 0.85)")
  var beta1: Double?
  @Option(
    name: .customLong("beta2"), parsing: .unconditional,
    help: "Decay of Adam's second moment, 0 to below 1. (default: 0.99)")
  var beta2: Double?
  @Option(parsing: .unconditional, help: "Share of the learning rate that stays, 0 to 1. (default: 0.1)")
  var floor: Double?
  @Option(help: "Steps in which the learning rate would fall to 0, 1 or more. (default: 5000)")
  var horizon: Int?
  @Option(parsing: .unconditional, help: "Standard deviation of the first weights, 0 to 1000000. (default: 0.08)")
  var initStd: Double?
  @Option(parsing: .unconditional, help: "Names a step, 1 to 65536. (default: 1)")
  var batch: Int?

  /// The flags that were given.
  private var given: [String] {
    let flags: [(String, Bool)] = [
      ("--seed", seed != nil), ("--hold-out", holdOut != nil), ("--layers", layers != nil), ("--width", width != nil),
      ("--heads", heads != nil), ("--context", context != nil), ("--mlp-ratio", mlpRatio != nil), ("--lr", lr != nil),
      ("--beta1", beta1 != nil), ("--beta2", beta2 != nil), ("--floor", floor != nil), ("--horizon", horizon != nil),
      ("--init-std", initStd != nil), ("--batch", batch != nil),
    ]
    return flags.filter(\.1).map(\.0)
  }

  /// - Throws: ``Failure`` if any was given: a resumed run has its own.
  func requireNone() throws(Failure) {
    if let flag = given.first { throw .givenWithResume(flag) }
  }

  /// - Throws: ``Failure`` for values that can't be.
  func config() throws(Failure) -> Config {
    var config = Config()
    config.nLayer = layers ?? config.nLayer
    config.nEmbd = width ?? config.nEmbd
    config.nHead = heads ?? config.nHead
    config.blockSize = context ?? config.blockSize
    config.mlpRatio = mlpRatio ?? config.mlpRatio
    if let problem = config.problem { throw Failure(problem) }
    return config
  }

  /// - Throws: ``Failure`` for values that can't be.
  func recipe() throws(Failure) -> Recipe {
    var recipe = Recipe()
    recipe.learningRate = lr ?? recipe.learningRate
    recipe.beta1 = beta1 ?? recipe.beta1
    recipe.beta2 = beta2 ?? recipe.beta2
    recipe.floor = floor ?? recipe.floor
    recipe.horizon = horizon ?? recipe.horizon
    recipe.initStd = initStd ?? recipe.initStd
    recipe.holdOut = holdOut ?? recipe.holdOut
    recipe.batch = batch ?? recipe.batch
    if let problem = recipe.problem { throw Failure(problem) }
    return recipe
  }

  /// - Throws: ``Failure`` for a seed out of range.
  func checkedSeed() throws(Failure) -> UInt32 { try UInt32(flag: "--seed", seed ?? 42) }
}

extension UInt32 {
  /// - Throws: ``Failure`` for a number out of range.
  init(flag: String, _ number: Int) throws(Failure) {
    guard let seed = UInt32(exactly: number) else {
      throw .flag(flag, number, must: "a whole number from 0 to \(UInt32.max)")
    }
    self = seed
  }
}
