import Testing
import TinyGPT

/// A model's sizes, from the lab's own to ones that fill no vector, and names that go with them.
struct Shape: CustomTestStringConvertible {
  let name: String
  let config: Config
  /// Longest name.
  let letters: Int

  var testDescription: String { name }

  static let all = [
    Shape("default"),
    Shape("one head") { config in
      config.nLayer = 1
      config.nEmbd = 16
      config.nHead = 1
    },
    Shape("odd") { config in
      config.nLayer = 3
      config.nEmbd = 12
      config.nHead = 3
      config.mlpRatio = 3
    },
    Shape("deep and long", letters: 24) { config in
      config.nLayer = 4
      config.nEmbd = 48
      config.nHead = 6
      config.blockSize = 33
    },
  ]

  init(_ name: String, letters: Int = 17, _ change: (inout Config) -> Void = { _ in }) {
    var config = Config()
    change(&config)
    self.name = name
    self.config = config
    self.letters = letters
  }

  /// 50 names of 1 ... ``letters`` random small letters.
  func names() throws -> NameList {
    var random = RandomStream(case: letters)
    let names = (0..<50).map { _ in (0..<random.count(1...letters)).map { _ in UInt8(0x61 + random.below(26)) } }
    return try Fixture.names(names)
  }
}
