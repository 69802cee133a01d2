import Testing
import TinyGPT
import TinyGPTAnalysis

/// The mean over the last hundred steps.
struct RollingMeanTests {
  @Test func isNothingBeforeTheFirstStep() {
    #expect(RollingMean().mean == nil)
    #expect(RollingMean.window == 100)
  }

  @Test func weighsPredictionsNotNames() {
    var rolling = RollingMean()
    rolling.add(Loss(sum: 6, count: 2))
    #expect(rolling.mean == 3)
    rolling.add(Loss(sum: 6, count: 6))
    #expect(rolling.mean == 1.5)
  }

  @Test func holdsTheLastHundredAlone() {
    var rolling = RollingMean()
    for step in 1...350 {
      rolling.add(Loss(sum: Double(step), count: 1))
      let first = max(1, step - 99)
      // Sums of whole numbers are exact.
      #expect(rolling.mean == Double(first + step) / 2, "\(step)")
    }
  }

  @Test func dependsOnItsHundredLossesAlone() {
    var random = RandomStream(seed: 5, .names)
    let losses = (0..<250).map { _ in Loss(sum: abs(random.normal()), count: 1 + random.below(9)) }
    var rolling = RollingMean()
    for (index, loss) in losses.enumerated() {
      rolling.add(loss)
      // To the bit: added from the oldest on.
      let last = losses[max(0, index - 99)...index]
      #expect(rolling.mean == last.reduce(0) { $0 + $1.sum } / Double(last.reduce(0) { $0 + $1.count }), "\(index)")
    }
  }
}
