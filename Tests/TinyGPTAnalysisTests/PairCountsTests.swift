import Testing
import TinyGPT
import TinyGPTAnalysis

/// Which letter follows which.
struct PairCountsTests {
  /// Letters a, b, c and BOS: ab, abb and ca.
  @Test func countsByHand() throws {
    let names = try Small.names("ab\nabb\nca")
    let pairs = PairCounts(names, vocabulary: try Vocabulary(letters: Small.scalars("abc")))
    let expected = [
      [0, 2, 0, 1],  // after a: b in ab and abb; the end of ca
      [0, 1, 0, 2],  // after b: b in abb; two ends
      [1, 0, 0, 0],  // after c: a
      [2, 0, 1, 0],  // first letters
    ]
    #expect(pairs.counts == expected.flatMap { $0 })
  }

  @Test func everyLetterAndEveryEndIsOnePair() throws {
    let names = try Small.names(Small.list)
    let counts = PairCounts(names, vocabulary: .latin).counts
    let letters = names.allScalars.count
    #expect(counts.count == 27 * 27 && counts.reduce(0, +) == letters + names.count)
    let firsts = NameStatistics(names, vocabulary: .latin, blockSize: 8).firstLetters
    #expect(Array(counts[26 * 27..<26 * 27 + 26]) == firsts && counts[26 * 27 + 26] == 0)
    // Each letter is entered as often as it is left.
    for token in 0..<27 {
      let left = counts[token * 27..<(token + 1) * 27].reduce(0, +)
      #expect(left == (0..<27).reduce(0) { $0 + counts[$1 * 27 + token] })
    }
  }

  /// Longer than any context.
  @Test func noNameIsCut() throws {
    let pairs = PairCounts(try Small.names(String(repeating: "a", count: 60)), vocabulary: .latin)
    #expect(pairs.counts[0] == 59 && pairs.counts[26] == 1 && pairs.counts[26 * 27] == 1)
  }
}
