import Foundation
import TinyGPT
import TinyGPTAnalysis

/// Attention worked out by hand, over the letters a (a vowel) to e (another), f and g.
enum Tables {
  typealias Share = @Sendable (_ query: Int, _ key: Int) -> Double

  static let isVowel = Small.scalars("abcdefg").map { $0 == 0x61 || $0 == 0x65 } + [false]

  /// Sums of one head over names, taken in by plain loops: what the engine's own are compared with.
  struct Sums {
    var names: NameCounts
    var head: AttentionSums

    init(blockSize: Int, isVowel: [Bool]) {
      names = NameCounts(blockSize: blockSize, isVowel: isVowel)
      head = AttentionSums(blockSize: blockSize)
    }

    mutating func add(_ document: Document, share: (_ query: Int, _ key: Int) -> Double) {
      names.add(document)
      let marks = names.marks
      for query in 0..<document.inputs.count {
        for key in 0...query {
          let share = share(query, key)
          head[key, query] += share
          if share > 0 { head.bits[query] -= share * log2(share) }
          head.onMarked[query] += marks.keys.view[key] * share
        }
      }
      for (key, query) in marks.pairs { head.onPairs += share(query, key) }
    }

    var measures: HeadMeasures { HeadMeasures(head, over: names) }

    static func + (a: Sums, b: Sums) -> Sums {
      var sum = a
      sum.names = a.names + b.names
      sum.head = a.head + b.head
      return sum
    }
  }

  /// The sums over `names`, each with its own attention.
  static func sums(
    _ names: [(name: String, share: Share)], blockSize: Int = 12, isVowel: [Bool] = Tables.isVowel
  ) -> Sums {
    var sums = Sums(blockSize: blockSize, isVowel: isVowel)
    for (name, share) in names {
      let tokens = Block([7] + Small.scalars(name).map { UInt16($0 - 0x61) } + [7])
      withExtendedLifetime(tokens) { sums.add(Document(tokens: tokens.view, blockSize: blockSize), share: share) }
    }
    return sums
  }

  static func measures(_ names: [(name: String, share: Share)], blockSize: Int = 12) -> HeadMeasures {
    sums(names, blockSize: blockSize).measures
  }

  /// Rows of a table; those past its end are uniform.
  static func rows(_ rows: [[Double]]) -> Share {
    { query, key in query < rows.count ? rows[query][key] : 1 / Double(query + 1) }
  }

  static let uniform: Share = { query, _ in 1 / Double(query + 1) }
}

extension HeadMeasures {
  /// All of them.
  var all: [Measure?] { [positional, previous, current, copy, vowelShare, entropyBits, entropyShare] }

  /// Whether all agree with another head's within rounding.
  func isClose(to other: HeadMeasures, within tolerance: Double = 1e-12) -> Bool {
    zip(all, other.all).allSatisfy { a, b in
      guard let a, let b else { return a == nil && b == nil }
      return abs(a.value - b.value) <= tolerance && abs(a.chance - b.chance) <= tolerance
    }
  }
}
