import TinyGPT

extension Fixture {
  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  static func text(_ scalars: some Sequence<UInt32>) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }

  /// The names of a text, one a line.
  static func names(_ text: String) throws(NamesError) -> NameList { try NameList(utf8: Array(text.utf8)) }

  /// The lab's own run: its names, sizes and recipe.
  static func labRun(seed: UInt32 = 42) throws -> Run { try Run(names: dinosaurs(), seed: seed) }

  /// The lab's run after some training, enough to have opinions.
  static func trained() throws -> Trainer {
    let trainer = Trainer(try labRun())
    trainer.restore(try trainedState.get())
    return trainer
  }

  private static let trainedState = Result { () throws -> Snapshot in
    let trainer = Trainer(try labRun())
    _ = trainer.train(to: Effort.of(300))
    return trainer.snapshot()
  }

  /// A run of a model that is small enough to train by the hundred.
  static func smallRun(
    seed: UInt32 = 42, names: NameList? = nil, _ change: (inout Config, inout Recipe) -> Void = { _, _ in }
  ) throws -> Run {
    var (config, recipe) = (Config(), Recipe())
    (config.nLayer, config.nEmbd, config.nHead, config.mlpRatio) = (1, 8, 2, 2)
    change(&config, &recipe)
    return try Run(names: names ?? dinosaurs(), config: config, recipe: recipe, seed: seed)
  }
}
