import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// Sums over names add up, and measure what their parts measure.
struct AttentionSumsTests {
  private static let names: [(name: String, share: Tables.Share)] = [
    ("abacad", Tables.uniform), ("bed", Tables.rows([[1], [0.25, 0.75], [0, 0.5, 0.5]])),
    ("a", Tables.rows([[1], [0.125, 0.875]])), ("egg", { query, key in query == key ? 1 : 0 }),
  ]

  @Test(arguments: 0...4)
  func sumsOfTwoListsAddUpToThoseOfBoth(split: Int) {
    let names = AttentionSumsTests.names
    let parts = Tables.sums(Array(names[..<split])) + Tables.sums(Array(names[split...]))
    let added = HeadMeasures(parts, hasVowels: true)
    let all = Tables.measures(names)
    let paths: [(HeadMeasures) -> HeadMeasures.Measure?] = [
      { $0.positional }, { $0.previous }, { $0.current }, { $0.copy }, { $0.vowelShare }, { $0.entropyBits },
      { $0.entropyShare },
    ]
    for path in paths {
      #expect(isClose(path(added)?.value, path(all)?.value ?? .nan))
      #expect(isClose(path(added)?.chance, path(all)?.chance ?? .nan))
    }
  }

  @Test func noNamesMeasureNothing() {
    let measures = Tables.measures([])
    #expect(measures.positional == nil && measures.previous == nil && measures.current == nil && measures.copy == nil)
    #expect(measures.vowelShare == nil && measures.entropyBits == nil && measures.entropyShare == nil)
  }
}
