import Testing
import TinyGPTAnalysis

/// Every status of page-spec section 3, on both sides of its boundary.
struct RunStatusTests {
  private static let ladder = RunStatus.Ladder(uniform: 3.3, unigram: 2.8, bigram: 2.2, trigram: 1.9)

  private static func status(_ readings: [(Int, Double)], brokenStep: Int? = nil) -> RunStatus {
    RunStatus(
      readings.map { RunStatus.Reading(step: $0.0, loss: $0.1) }, ladder: ladder, brokenStep: brokenStep)
  }

  @Test func untrainedAtStep0() {
    #expect(RunStatusTests.status([]) == .untrained)
    #expect(RunStatusTests.status([(0, 3.4)]) == .untrained)
    #expect(RunStatusTests.status([(0, 3.4), (1, 3.39)]) == .learningFrequencies)
  }

  /// A rung is passed after two readings below it, not at it.
  @Test(arguments: [
    (2.8, RunStatus.learningFrequencies, RunStatus.learningPairs), (2.2, .learningPairs, .pastPairs),
    (1.9, .pastPairs, .pastTriples),
  ])
  func aRungIsPassedAfterTwoReadingsBelowIt(rung: Double, before: RunStatus, after: RunStatus) {
    let start = [(0, 3.4), (10, rung + 0.04), (20, rung + 0.03)]
    #expect(RunStatusTests.status(start) == before)
    #expect(RunStatusTests.status(start + [(30, rung)]) == before)
    #expect(RunStatusTests.status(start + [(30, rung), (40, rung)]) == before)
    #expect(RunStatusTests.status(start + [(30, rung - 0.01)]) == before)
    #expect(RunStatusTests.status(start + [(30, rung - 0.01), (40, rung)]) == before)
    #expect(RunStatusTests.status(start + [(30, rung - 0.01), (40, rung - 0.01)]) == after)
    #expect(RunStatusTests.status(start + [(30, rung - 0.01), (40, rung), (50, rung - 0.01)]) == after)
    // Once passed it stays passed.
    #expect(RunStatusTests.status(start + [(30, rung - 0.01), (40, rung - 0.01), (50, rung + 0.03)]) == after)
  }

  private let learned = [(0, 3.4), (100, 2.5), (200, 1.8), (300, 1.75), (1_000, 1.6)]

  @Test func nearItsBestAfter1500StepsWithoutANewOne() {
    #expect(RunStatusTests.status(learned + [(2_499, 1.61)]) == .pastTriples)
    #expect(RunStatusTests.status(learned + [(2_500, 1.61)]) == .nearBest)
    #expect(RunStatusTests.status(learned + [(2_500, 1.6299)]) == .nearBest)
    #expect(RunStatusTests.status(learned + [(2_500, 1.6301)]) == .pastTriples)
    #expect(RunStatusTests.status(learned + [(2_400, 1.7), (2_500, 1.6)]) == .nearBest)
    #expect(RunStatusTests.status(learned + [(2_400, 1.59), (2_500, 1.6)]) == .pastTriples)
  }

  @Test func overfittingWhereItIsClearlyAboveItsBest() {
    #expect(RunStatusTests.status(learned + [(1_300, 1.6499)]) == .pastTriples)
    #expect(RunStatusTests.status(learned + [(1_300, 1.6501)]) == .overfitting(bestStep: 1_000))
    #expect(RunStatusTests.status(learned + [(9_000, 5)]) == .overfitting(bestStep: 1_000))
    // Within 200 steps of the best it is noise.
    #expect(RunStatusTests.status(learned + [(1_199, 1.8)]) == .pastTriples)
    #expect(RunStatusTests.status(learned + [(1_200, 1.8)]) == .overfitting(bestStep: 1_000))
    // The first of equal bests counts, and only the last reading is judged.
    #expect(RunStatusTests.status(learned + [(1_100, 1.6), (1_200, 1.7)]) == .overfitting(bestStep: 1_000))
    #expect(RunStatusTests.status(learned + [(1_200, 1.8), (1_300, 1.62)]) == .pastTriples)
    #expect(RunStatusTests.status(learned + [(1_200, 1.8), (1_300, 1.5)]) == .pastTriples)
  }

  @Test func aBumpBeforeLetterFrequenciesIsNotOverfitting() {
    let bump = [(0, 3.4), (10, 2.9), (20, 2.79), (300, 3.2)]
    #expect(RunStatusTests.status(bump) == .learningFrequencies)
    #expect(RunStatusTests.status(bump + [(310, 2.79), (600, 3.2)]) == .overfitting(bestStep: 20))
  }

  @Test func worseThanBlindAfterStep20() {
    #expect(RunStatusTests.status([(0, 3.4), (20, 3.5)]) == .learningFrequencies)
    #expect(RunStatusTests.status([(0, 3.4), (21, 3.5)]) == .worseThanBlind)
    #expect(RunStatusTests.status([(0, 3.4), (21, 3.3)]) == .learningFrequencies)
    #expect(RunStatusTests.status([(0, 3.4), (21, 3.3001)]) == .worseThanBlind)
    #expect(RunStatusTests.status([(0, 3.4), (10, 2.7), (500, 3.5)]) == .worseThanBlind)
    // What once passed letter frequencies has overfitted.
    #expect(RunStatusTests.status([(0, 3.4), (10, 2.7), (20, 2.6), (500, 3.5)]) == .overfitting(bestStep: 20))
  }

  @Test func brokenBeforeAllElse() {
    #expect(RunStatusTests.status([], brokenStep: 1) == .broken(step: 1))
    #expect(RunStatusTests.status(learned, brokenStep: 1_001) == .broken(step: 1_001))
  }
}
