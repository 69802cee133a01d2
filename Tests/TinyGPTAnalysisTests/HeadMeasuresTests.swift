import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// Measures of attention tables worked out by hand.
struct HeadMeasuresTests {
  private static let table: [[Double]] = [[1], [0.5, 0.5], [0.25, 0.5, 0.25], [0.1, 0.2, 0.3, 0.4]]

  private static func check(
    _ measure: HeadMeasures.Measure?, _ value: Double, chance: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(isClose(measure?.value, value), "\(measure?.value ?? .nan)", sourceLocation: sourceLocation)
    #expect(isClose(measure?.chance, chance), "\(measure?.chance ?? .nan)", sourceLocation: sourceLocation)
  }

  /// Queries BOS, a, b, a; next come a, b, a, the end.
  @Test func oneNameByHand() {
    let measures = Tables.measures([("aba", Tables.rows(HeadMeasuresTests.table))])
    HeadMeasuresTests.check(measures.positional, (0.5 + 0.25 + 0.1) / 3, chance: (1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 3)
    HeadMeasuresTests.check(measures.previous, (0.5 + 0.3) / 2, chance: (1.0 / 3 + 1.0 / 4) / 2)
    HeadMeasuresTests.check(measures.current, (0.5 + 0.25 + 0.4) / 3, chance: (1.0 / 2 + 1.0 / 3 + 1.0 / 4) / 3)
    // Only the second a was there before: query b finds it at key 1.
    HeadMeasuresTests.check(measures.copy, 0.5, chance: 1.0 / 3)
    // -(0.1 log₂ 0.1 + 0.2 log₂ 0.2 + 0.3 log₂ 0.3 + 0.4 log₂ 0.4)
    let last = 1.8464393446710154
    HeadMeasuresTests.check(measures.entropyBits, (1 + 1.5 + last) / 3, chance: (1 + log2(3.0) + 2) / 3)
    HeadMeasuresTests.check(measures.entropyShare, (1 + 1.5 / log2(3.0) + last / 2) / 3, chance: 1)
    // One name alone: made blind to its letters, the head does the same.
    HeadMeasuresTests.check(measures.vowelShare, 1.6 / 2.15, chance: 1.6 / 2.15)
    #expect(isClose(measures.previous?.ratio, 0.4 / (7.0 / 24)))
  }

  /// A head that looks by place alone leans to no vowels, whatever the names; one that finds the vowels does.
  @Test func vowelsAgainstTheSameHeadMadeBlind() {
    let blind = Tables.rows(HeadMeasuresTests.table)
    let two = Tables.measures([("aba", blind), ("bab", blind)])
    HeadMeasuresTests.check(two.vowelShare, (1.6 + 0.55) / 4.3, chance: (1.6 + 0.55) / 4.3)
    // In bab it looks at the vowel and nothing else, at BOS before there is one.
    let seeing = Tables.rows([[1], [1, 0], [0, 0, 1], [0, 0, 1, 0]])
    let measures = Tables.measures([("aba", blind), ("bab", seeing)])
    // By place: query 1 on key 1: 0.25; query 2: 0.25, 0.625; query 3: 0.1, 0.65, 0.2. Vowels: keys 1 and 3, then 2.
    HeadMeasuresTests.check(
      measures.vowelShare, 3.6 / 4.15, chance: (0.25 + 0.25 + 0.1 + 0.2 + 0.625 + 0.65) / 4.15)
  }

  /// The mean at a place is over the names that reach it.
  @Test func shortNamesDoNotThinOutThePlacesThatTheyDoNotReach() {
    let measures = Tables.measures([
      ("ab", Tables.rows([[1], [0, 1], [0, 1, 0]])), ("b", Tables.rows([[1], [1, 0]])),
    ])
    // By place: query 1 on key 1: 0.5; query 2 on key 1: 1, of one name. Vowels: 0.5 and 1, letters 0.5 twice and 1.
    HeadMeasuresTests.check(measures.vowelShare, 1, chance: 1.5 / 2)
  }

  @Test func uniformAttentionIsChance() {
    let measures = Tables.measures([
      ("abacabad", Tables.uniform), ("bed", Tables.uniform), ("gaffe", Tables.uniform), ("e", Tables.uniform),
    ])
    for measure in measures.all {
      #expect(isClose(measure?.value, measure?.chance ?? .nan) && isClose(measure?.ratio, 1))
    }
  }

  @Test func aHeadThatLooksAtTheStart() {
    let measures = Tables.measures([("abba", { _, key in key == 0 ? 1 : 0 })])
    #expect(measures.positional?.value == 1 && measures.previous?.value == 0 && measures.current?.value == 0)
    #expect(measures.copy?.value == 0 && measures.entropyBits?.value == 0 && measures.entropyShare?.value == 0)
    // No attention on letters, so no share of it.
    #expect(measures.vowelShare == nil)
  }

  @Test func aHeadThatLooksAtTheLetterBefore() {
    let measures = Tables.measures([("abba", { query, key in key == max(0, query - 1) ? 1 : 0 })])
    #expect(measures.previous?.value == 1 && measures.current?.value == 0)
    // The first letter's letter before is BOS.
    #expect(isClose(measures.positional?.value, 0.25))
    // b b: at the first b, b comes next and stands there; at the second, a comes next and stands two back.
    #expect(measures.copy?.value == 0)
  }

  @Test func aHeadThatLooksAtItself() {
    let measures = Tables.measures([("abba", { query, key in key == query ? 1 : 0 })])
    #expect(measures.current?.value == 1 && measures.previous?.value == 0 && measures.positional?.value == 0)
    // The first b finds its next letter in itself, the second does not.
    HeadMeasuresTests.check(measures.copy, 0.5, chance: (1.0 / 3 + 1.0 / 4) / 2)
    HeadMeasuresTests.check(measures.vowelShare, 0.5, chance: 0.5)
  }

  /// Two places of the next letter count together, END never.
  @Test func everyEarlierPlaceOfTheNextLetterCounts() {
    let measures = Tables.measures([
      ("aaba", Tables.rows([[1], [0, 1], [0, 0.25, 0.75], [0.5, 0.125, 0.25, 0.125]]))
    ])
    // a: next a (key 1: 1). a: next b, not there. b: next a (keys 1 and 2: 0.375).
    HeadMeasuresTests.check(measures.copy, (1 + 0.375) / 2, chance: (1.0 / 2 + 2.0 / 4) / 2)
  }

  @Test func measuresWithoutACaseAreNothing() {
    let measures = Tables.measures([("b", Tables.uniform), ("a", Tables.uniform)])
    #expect(measures.previous == nil && measures.copy == nil && measures.positional != nil)
    #expect(Tables.sums([("ab", Tables.uniform)], isVowel: []).measures.vowelShare == nil)
  }

  /// Cut names have one more letter to find and no END.
  @Test func cutNamesAreMeasuredAsFarAsTheModelSeesThem() {
    let measures = Tables.measures([("abab", Tables.rows([[1], [0.5, 0.5], [0.25, 0.5, 0.25]]))], blockSize: 3)
    HeadMeasuresTests.check(measures.positional, (0.5 + 0.25) / 2, chance: (1.0 / 2 + 1.0 / 3) / 2)
    HeadMeasuresTests.check(measures.copy, 0.5, chance: 1.0 / 3)
  }
}

/// What a head leans to, at the thresholds.
struct LeanTests {
  private static func lean(_ halves: [[(name: String, share: Tables.Share)]]) -> Lean? {
    Lean(all: Tables.measures(halves.flatMap { $0 }), halves: halves.map { Tables.measures($0) })
  }

  /// Each row gives `share` to one key and the rest evenly to the others.
  private static func most(_ share: Double, _ key: @escaping @Sendable (Int) -> Int?) -> Tables.Share {
    { query, other in
      guard query > 0, let key = key(query) else { return 1 / Double(query + 1) }
      return other == key ? share : (1 - share) / Double(query)
    }
  }

  @Test func aClearLeanNeeds175PercentOfChanceInBothHalves() {
    // A name of one letter: chance is 0.5, so 0.875 is 1.75 times as much.
    let enough = ("b", Tables.rows([[1], [0.875, 0.125]]))
    let less = ("b", Tables.rows([[1], [0.874, 0.126]]))
    let more = ("b", Tables.rows([[1], [1, 0]]))
    let lean = LeanTests.lean([[enough], [enough]])
    #expect(lean?.direction == .start && lean?.isMostly == true)
    #expect(LeanTests.lean([[enough], [less]]) == nil)
    #expect(LeanTests.lean([[less], [more]]) == nil)
    #expect(LeanTests.lean([[more], []]) == nil)
  }

  @Test func everyDirectionIsNamed() {
    let long = "abcdfg"
    let before = LeanTests.most(0.4) { $0 > 1 ? $0 - 1 : nil }
    let lean = LeanTests.lean([[(long, before)], [(long, before)]])
    // 0.4 is 1.8 times chance and less than half.
    #expect(lean?.direction == .letterBefore && lean?.isMostly == false)
    let surely = LeanTests.most(0.5) { $0 > 1 ? $0 - 1 : nil }
    #expect(LeanTests.lean([[(long, surely)], [(long, surely)]])?.isMostly == true)
    let itself = LeanTests.most(0.9) { $0 }
    #expect(LeanTests.lean([[(long, itself)], [(long, itself)]])?.direction == .itself)
    let start = LeanTests.most(0.9) { _ in 0 }
    #expect(LeanTests.lean([[(long, start)], [(long, start)]])?.direction == .start)
    // At the fourth letter the first comes again.
    let repeats = LeanTests.most(0.9) { $0 == 4 ? 1 : nil }
    let lean4 = LeanTests.lean([[("abcda", repeats)], [("abcda", repeats)]])
    #expect(lean4?.direction == .repeats && lean4?.isMostly == true)
  }

  @Test func theLargestRatioNamesIt() {
    // Itself and the letter before share everything.
    let both: (Double) -> Tables.Share = { share in
      { query, key in
        if query < 2 { return 1 / Double(query + 1) }
        return key == query ? share : key == query - 1 ? 1 - share : 0
      }
    }
    let long = "abcdfgb"
    #expect(LeanTests.lean([[(long, both(0.4))], [(long, both(0.4))]])?.direction == .letterBefore)
    #expect(LeanTests.lean([[(long, both(0.6))], [(long, both(0.6))]])?.direction == .itself)
  }

  @Test(arguments: [(0.61, Lean.Direction?.some(.vowels)), (0.59, nil), (0.39, .consonants), (0.41, nil)])
  func vowelsNeedATenthMoreOrLessThanChance(share: Double, direction: Lean.Direction?) {
    // Two names of one letter, a vowel and a consonant: blind, the head gives either half of what it gives to letters.
    let half: [(name: String, share: Tables.Share)] = [
      ("a", Tables.rows([[1], [1 - share, share]])), ("b", Tables.rows([[1], [share, 1 - share]])),
    ]
    #expect(LeanTests.lean([half, half])?.direction == direction)
    #expect(LeanTests.lean([half, half])?.isMostly != true)
    let even: [(name: String, share: Tables.Share)] = [("a", Tables.uniform), ("b", Tables.uniform)]
    #expect(LeanTests.lean([half, even]) == nil)
    #expect(LeanTests.lean([even, half]) == nil)
  }

  @Test func halvesThatDisagreeAreNoLean() {
    let vowels: [(name: String, share: Tables.Share)] = [
      ("a", Tables.rows([[1], [0.2, 0.8]])), ("b", Tables.rows([[1], [0.8, 0.2]])),
    ]
    let consonants: [(name: String, share: Tables.Share)] = [
      ("a", Tables.rows([[1], [0.8, 0.2]])), ("b", Tables.rows([[1], [0.2, 0.8]])),
    ]
    #expect(LeanTests.lean([vowels, consonants]) == nil)
    #expect(LeanTests.lean([vowels, vowels])?.direction == .vowels)
    #expect(LeanTests.lean([consonants, consonants])?.direction == .consonants)
  }

  @Test func uniformAttentionLeansNowhere() {
    let names: [(name: String, share: Tables.Share)] = [("abacad", Tables.uniform), ("bed", Tables.uniform)]
    #expect(LeanTests.lean([names, names]) == nil)
  }
}
