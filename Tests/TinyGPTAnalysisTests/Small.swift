import TinyGPT

/// Lists, runs and models small enough to work out by hand.
enum Small {
  static func names(_ text: String) throws -> NameList { try NameList(utf8: Array((text + "\n").utf8)) }

  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// Two layers with two heads each: quick to run.
  static var config: Config {
    var config = Config()
    config.nLayer = 2
    config.nEmbd = 8
    config.nHead = 2
    config.blockSize = 8
    config.mlpRatio = 2
    return config
  }

  /// 40 short names.
  static let list = """
    ann\nbob\ncid\ndan\neve\nfay\ngus\nhal\nida\njim\nkit\nleo\nmia\nned\nora\npam\nquin\nroy\nsue\ntom
    anna\nbobo\ncilla\ndana\neveline\nfaye\ngusto\nhalli\nidaho\njimmy\nkitty\nleon\nmiami\nnedda\noran\npamela\nuna\nvic
    wes\nyoyo
    """

  static func trainer(steps: Int = 40, config: Config = config, holdOut: Double = 0.2) throws -> Trainer {
    var recipe = Recipe()
    recipe.holdOut = holdOut
    let trainer = Trainer(try Run(names: names(list), config: config, recipe: recipe, seed: 3))
    _ = trainer.train(to: steps)
    return trainer
  }

  static func documents(_ trainer: Trainer) -> Documents {
    let run = trainer.run
    return Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: run.config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
  }

  /// A model whose tables are all 0 but wte, whose rows are given.
  static func model(wte rows: [[Double]]) throws -> Model {
    var config = Config()
    config.nLayer = 1
    config.nHead = 1
    config.nEmbd = rows[0].count
    config.blockSize = 4
    config.mlpRatio = 1
    config.vocabSize = rows.count
    let letters = (0..<UInt32(rows.count - 1)).map { 0x61 + $0 }
    let model = Model(config: config, vocabulary: try Vocabulary(letters: letters))
    model.table.tensors[0].set(rows.flatMap { $0.map { Float($0) } }, in: model.weights.view)
    return model
  }
}

/// Whether two numbers agree within rounding.
func isClose(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  guard let a else { return false }
  return abs(a - b) <= tolerance
}
