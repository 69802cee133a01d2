import Foundation
import TinyGPT
import TinyGPTFormats

/// A run with sizes so small that its file is mostly header.
enum SmallRun {
  static var config: Config {
    var config = Config()
    config.nLayer = 1
    config.nEmbd = 4
    config.nHead = 2
    config.blockSize = 4
    config.mlpRatio = 1
    return config
  }

  static func names(_ text: String = "Ab\nbA\nABB\nba\n") throws -> NameList { try NameList(utf8: Array(text.utf8)) }

  static func trainer(steps: Int = 3) throws -> Trainer {
    let trainer = Trainer(try Run(names: names(), config: config, seed: 7))
    _ = trainer.train(to: steps)
    return trainer
  }

  static func checkpoint() throws -> Checkpoint { Checkpoint(try trainer()) }
}
