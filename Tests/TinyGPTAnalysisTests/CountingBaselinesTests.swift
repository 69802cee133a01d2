import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// What counting reaches, worked out by hand over the letters a and b and the end: V = 3.
struct CountingBaselinesTests {
  /// The names with all of them to train on, or with the one that `heldOut` names held out.
  private static func documents(_ text: String, heldOut: String? = nil) throws -> Documents {
    let names = try Small.names(text)
    let vocabulary = try Vocabulary(letters: Small.scalars("ab"))
    // Some seed's order has it last.
    for seed in 0..<UInt32(1_000) {
      let documents = Documents(
        names: names, vocabulary: vocabulary, blockSize: 18, holdOut: heldOut == nil ? 0 : 1.5 / Double(names.count),
        seed: seed)
      guard let heldOut, let last = documents.order.last else { return documents }
      if Array(names[last]) == Small.scalars(heldOut) { return documents }
    }
    preconditionFailure("no order has \(heldOut ?? "") last")
  }

  private static func mean(_ shares: [Double]) -> Double {
    -shares.reduce(0) { $0 + log($1) } / Double(shares.count)
  }

  @Test func heldOutNamesAreScoredWithTheCountsOfTheOthers() throws {
    let baselines = CountingBaselines(
      try CountingBaselinesTests.documents("ab\nba\nb", heldOut: "ba"), vocabSize: 3)
    #expect(baselines.scoredOnHeldOut)
    #expect(isClose(baselines.uniform, log(3)))
    // Counted over "ab" and "b": a once, b twice, the end twice. To predict: b, a, the end.
    #expect(isClose(baselines.unigram, CountingBaselinesTests.mean([2.5 / 6.5, 1.5 / 6.5, 2.5 / 6.5])))
    // After BOS a, b; after a b; after b the end, the end.
    #expect(isClose(baselines.bigram, CountingBaselinesTests.mean([1.5 / 3.5, 0.5 / 3.5, 0.5 / 2.5])))
    // After BOS b the end; "ba" was never seen.
    #expect(isClose(baselines.trigram, CountingBaselinesTests.mean([1.5 / 3.5, 0.5 / 2.5, 0.5 / 1.5])))
    #expect(baselines.fourgram == baselines.trigram)
    #expect(baselines.byContext == [baselines.unigram, baselines.bigram, baselines.trigram, baselines.fourgram])
  }

  @Test func withoutHeldOutNamesEachIsScoredWithoutItsOwnCounts() throws {
    let baselines = CountingBaselines(try CountingBaselinesTests.documents("a\naa\naaa"), vocabSize: 3)
    #expect(!baselines.scoredOnHeldOut)
    // Six a and three ends, less the name's own.
    #expect(
      isClose(
        baselines.unigram,
        CountingBaselinesTests.mean([
          5.5 / 8.5, 2.5 / 8.5,  // a
          4.5 / 7.5, 4.5 / 7.5, 2.5 / 7.5,  // aa
          3.5 / 6.5, 3.5 / 6.5, 3.5 / 6.5, 2.5 / 6.5,  // aaa
        ])))
    // After BOS a three times; after a three a and three ends.
    #expect(
      isClose(
        baselines.bigram,
        CountingBaselinesTests.mean([
          2.5 / 3.5, 2.5 / 6.5,
          2.5 / 3.5, 2.5 / 5.5, 2.5 / 5.5,
          2.5 / 3.5, 1.5 / 4.5, 1.5 / 4.5, 2.5 / 4.5,
        ])))
    // After BOS a: end, a, a. After aa: end; a, end.
    #expect(
      isClose(
        baselines.trigram,
        CountingBaselinesTests.mean([
          2.5 / 3.5, 0.5 / 3.5,
          2.5 / 3.5, 1.5 / 3.5, 1.5 / 3.5,
          2.5 / 3.5, 1.5 / 3.5, 0.5 / 2.5, 1.5 / 2.5,
        ])))
    // After BOS aa: end, a. After aaa: end.
    #expect(
      isClose(
        baselines.fourgram,
        CountingBaselinesTests.mean([
          2.5 / 3.5, 0.5 / 3.5,
          2.5 / 3.5, 1.5 / 3.5, 0.5 / 2.5,
          2.5 / 3.5, 1.5 / 3.5, 0.5 / 2.5, 0.5 / 1.5,
        ])))
  }

  @Test func aNameThatIsAloneIsScoredBlind() throws {
    let baselines = CountingBaselines(try CountingBaselinesTests.documents("ab"), vocabSize: 3)
    for loss in baselines.byContext { #expect(isClose(loss, log(3))) }
  }

  @Test func namesLongerThanTheContextAreCut() throws {
    let names = try Small.names("abababab\nab")
    let vocabulary = try Vocabulary(letters: Small.scalars("ab"))
    let documents = Documents(names: names, vocabulary: vocabulary, blockSize: 2, holdOut: 0, seed: 1)
    let baselines = CountingBaselines(documents, vocabSize: 3)
    // Each predicts a, b and no end, and the other is the same.
    #expect(isClose(baselines.unigram, log(3.5 / 1.5)))
    #expect(isClose(baselines.bigram, log(2.5 / 1.5)))
    #expect(isClose(baselines.fourgram, log(2.5 / 1.5)))
  }

  /// Numbers in base V must tell contexts apart in the largest vocabulary, too.
  @Test func theLargestVocabularyMixesNothingUp() throws {
    let letters = (0..<UInt32(Vocabulary.mostLetters)).map { 0x4E00 + $0 }
    let names = NameListOf(letters.indices.map { [letters[$0], letters[199 - $0], letters[$0 / 2], letters[$0]] })
    let list = try names.list
    let documents = Documents(
      names: list, vocabulary: try Vocabulary(letters: letters), blockSize: 18, holdOut: 0, seed: 1)
    let baselines = CountingBaselines(documents, vocabSize: 201)
    // Contexts of three letters occur once each: blind, but for the first prediction, which sees 199 different others.
    let first = -log(0.5 / (199 + 100.5))
    #expect(isClose(baselines.fourgram, (first + 4 * log(201)) / 5, within: 1e-10))
  }
}

/// Names by their scalars.
private struct NameListOf {
  let names: [[UInt32]]

  init(_ names: [[UInt32]]) { self.names = names }

  var list: NameList {
    get throws {
      var text = String.UnicodeScalarView()
      for name in names {
        for scalar in name { text.append(try #require(Unicode.Scalar(scalar))) }
        text.append("\n")
      }
      return try NameList(utf8: Array(String(text).utf8))
    }
  }
}
