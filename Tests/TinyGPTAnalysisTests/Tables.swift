import TinyGPT
import TinyGPTAnalysis

/// Attention worked out by hand, over the letters a (a vowel) to e (another), f and g.
enum Tables {
  typealias Share = @Sendable (_ query: Int, _ key: Int) -> Double

  static let isVowel = Small.scalars("abcdefg").map { $0 == 0x61 || $0 == 0x65 } + [false]

  /// The sums over `names`, each with its own attention.
  static func sums(_ names: [(name: String, share: Share)], blockSize: Int = 12) -> AttentionSums {
    var sums = AttentionSums(blockSize: blockSize)
    for (name, share) in names {
      let tokens = Block([7] + Small.scalars(name).map { UInt16($0 - 0x61) } + [7])
      withExtendedLifetime(tokens) {
        sums.add(Document(tokens: tokens.view, blockSize: blockSize), isVowel: isVowel, share: share)
      }
    }
    return sums
  }

  static func measures(_ names: [(name: String, share: Share)], blockSize: Int = 12) -> HeadMeasures {
    HeadMeasures(sums(names, blockSize: blockSize), hasVowels: true)
  }

  /// Rows of a table; those past its end are uniform.
  static func rows(_ rows: [[Double]]) -> Share {
    { query, key in query < rows.count ? rows[query][key] : 1 / Double(query + 1) }
  }

  static let uniform: Share = { query, _ in 1 / Double(query + 1) }
}
