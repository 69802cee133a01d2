import Foundation
import Testing
import TinyGPT

/// Which settings can be sampled with, and how a number between 0 and 1 picks an outcome.
struct SamplingTests {
  private static func sampling(_ change: (inout Sampling) -> Void) -> Sampling {
    var sampling = Sampling()
    sampling.temperature = 1
    change(&sampling)
    return sampling
  }

  /// Scores of outcomes with these probabilities, in the second of three columns.
  private static func scores(_ probabilities: [Double]) -> PaddedMatrix {
    PaddedMatrix(rows: probabilities.count, columns: 3) { row, column in
      column == 1 ? Float(log(probabilities[row])) : Float(row)
    }
  }

  private static func pick(_ scores: PaddedMatrix, u: Float, _ change: (inout Sampling) -> Void = { _ in }) -> Int {
    var sampler = Sampler(sampling(change), outcomes: scores.view.rows)
    return sampler.pick(scores.view, column: 1, u: u)
  }

  /// How often each outcome is picked by numbers that fill 0 ..< 1 evenly, which is the share that the sampler names.
  private static func shares(_ probabilities: [Double], _ change: (inout Sampling) -> Void = { _ in }) -> [Double] {
    let scores = scores(probabilities)
    var sampler = Sampler(sampling(change), outcomes: probabilities.count)
    var counts = Array(repeating: 0.0, count: probabilities.count)
    for step in 0..<1_000 { counts[sampler.pick(scores.view, column: 1, u: (Float(step) + 0.5) / 1_000)] += 1 }
    let picked = counts.map { $0 / 1_000 }
    #expect(isClose(sampler.shares(scores.view, column: 1).map { Double($0) }, picked))
    return picked
  }

  private static func isClose(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1.1e-3 }
  }

  @Test func picksTheFirstOutcomeWhoseCumulativeProbabilityExceedsU() {
    let scores = SamplingTests.scores([0.1, 0.2, 0.3, 0.4])
    let expected: [(Float, Int)] = [
      (0, 0), (0.099, 0), (0.101, 1), (0.299, 1), (0.301, 2), (0.599, 2), (0.601, 3), (0.999, 3), (1 - 0x1p-24, 3),
    ]
    for (u, id) in expected { #expect(SamplingTests.pick(scores, u: u) == id, "\(u)") }
  }

  @Test func neverPicksWhatIsImpossible() {
    let scores = SamplingTests.scores([0, 0.5, 0, 0.5, 0])
    #expect(SamplingTests.pick(scores, u: 0) == 1)
    #expect(SamplingTests.pick(scores, u: 1 - 0x1p-24) == 3)
    #expect(SamplingTests.isClose(SamplingTests.shares([0, 0.5, 0, 0.5, 0]), [0, 0.5, 0, 0.5, 0]))
  }

  @Test(arguments: [0.25, 0.5, 0.8, 1, 2, 10] as [Float])
  func temperatureDividesTheScores(temperature: Float) {
    let probabilities = [0.05, 0.4, 0.25, 0.3]
    let powers = probabilities.map { pow($0, 1 / Double(temperature)) }
    let expected = powers.map { $0 / powers.reduce(0, +) }
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.temperature = temperature }, expected))
  }

  @Test func temperatureZeroTakesTheMostProbableAndTheLowestOnATie() {
    for u in [0, 0.5, 0.999] as [Float] {
      #expect(SamplingTests.pick(SamplingTests.scores([0.1, 0.2, 0.4, 0.3]), u: u) { $0.temperature = 0 } == 2)
      #expect(SamplingTests.pick(SamplingTests.scores([0.2, 0.4, 0.4]), u: u) { $0.temperature = 0 } == 1)
    }
  }

  /// Down to the smallest number above zero the most probable outcome wins ever more.
  @Test(arguments: [1e-3, 1e-10, 1e-30, 1e-38, .leastNonzeroMagnitude] as [Float])
  func tinyTemperaturesTakeTheMostProbable(temperature: Float) {
    let scores = PaddedMatrix([[0, -2, 0], [0, 3, 0], [0, 5, 0], [0, 4, 0]])
    for u in [0, 0.5, 0.999] as [Float] {
      #expect(SamplingTests.pick(scores, u: u) { $0.temperature = temperature } == 2)
    }
  }

  @Test func topKKeepsTheMostProbable() {
    let probabilities = [0.1, 0.3, 0.4, 0.2]
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topK = 1 }, [0, 0, 1, 0]))
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topK = 2 }, [0, 3.0 / 7, 4.0 / 7, 0]))
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topK = 4 }, probabilities))
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topK = .max }, probabilities))
  }

  @Test func topPKeepsTheMostProbableThatReachIt() {
    let probabilities = [0.1, 0.3, 0.4, 0.2]
    let expected: [(Float, [Double])] = [
      (1e-9, [0, 0, 1, 0]), (0.39, [0, 0, 1, 0]), (0.41, [0, 3.0 / 7, 4.0 / 7, 0]),
      (0.89, [0, 3.0 / 9, 4.0 / 9, 2.0 / 9]), (1, probabilities),
    ]
    for (topP, shares) in expected {
      #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topP = topP }, shares), "\(topP)")
    }
  }

  @Test func sharesAreNamedAsTheyAreDrawn() {
    let scores = SamplingTests.scores([0.2, 0.5, 0.3])
    func shares(_ change: (inout Sampling) -> Void) -> [Float] {
      var sampler = Sampler(SamplingTests.sampling(change), outcomes: 3)
      return sampler.shares(scores.view, column: 1)
    }
    let expected: [Float] = [0.2, 0.5, 0.3]
    #expect(zip(shares { _ in }, expected).allSatisfy { abs($0 - $1) <= 1e-6 })
    #expect(shares { $0.temperature = 0 } == [0, 1, 0])
    #expect(zip(shares { $0.topK = 2 }, [0, 5.0 / 8, 3.0 / 8] as [Float]).allSatisfy { abs($0 - $1) <= 1e-6 })
    #expect(shares { $0.topP = 0.4 } == [0, 1, 0])
  }

  @Test func tiesGoToTheLowerId() {
    let even = [0.25, 0.25, 0.25, 0.25]
    #expect(SamplingTests.isClose(SamplingTests.shares(even) { $0.topK = 2 }, [0.5, 0.5, 0, 0]))
    #expect(SamplingTests.isClose(SamplingTests.shares(even) { $0.topP = 0.6 }, [1.0 / 3, 1.0 / 3, 1.0 / 3, 0]))
  }

  /// Temperature first, then top-k, then top-p: each works on what the one before left.
  @Test func cutOffsWorkInOrder() {
    let probabilities = [0.2, 0.5, 0.3]
    #expect(SamplingTests.isClose(SamplingTests.shares(probabilities) { $0.topP = 0.6 }, [0, 5.0 / 8, 3.0 / 8]))
    let cold = SamplingTests.shares(probabilities) { sampling in
      (sampling.temperature, sampling.topP) = (0.5, 0.6)
    }
    #expect(SamplingTests.isClose(cold, [0, 1, 0]), "squared, the first alone has 0.66")
    let few = SamplingTests.shares(probabilities) { sampling in
      (sampling.topK, sampling.topP) = (2, 0.6)
    }
    #expect(SamplingTests.isClose(few, [0, 1, 0]), "of the two that are left, the first has 0.625")
  }

  @Test func settingsHaveBounds() {
    #expect(Sampling().problem == nil)
    for temperature in [0, 1e-30, 100] as [Float] {
      #expect(SamplingTests.sampling { $0.temperature = temperature }.problem == nil)
    }
    for temperature in [-0.1, -.infinity, .infinity] as [Float] {
      #expect(SamplingTests.sampling { $0.temperature = temperature }.problem == .temperature(temperature))
    }
    for topK in [0, -1, .min] { #expect(SamplingTests.sampling { $0.topK = topK }.problem == .topK(topK)) }
    for topK in [1, 27, .max] { #expect(SamplingTests.sampling { $0.topK = topK }.problem == nil) }
    for topP in [0, -0.5, 1.01] as [Float] { #expect(SamplingTests.sampling { $0.topP = topP }.problem == .topP(topP)) }
    for topP in [1e-9, 0.5, 1] as [Float] { #expect(SamplingTests.sampling { $0.topP = topP }.problem == nil) }
    #expect(SamplingTests.sampling { $0.temperature = .nan }.problem != nil)
    #expect(SamplingTests.sampling { $0.topP = .nan }.problem != nil)
  }
}
