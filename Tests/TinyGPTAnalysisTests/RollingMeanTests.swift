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
    let losses = (0..<177).map { _ in Loss(sum: 3 * Double(random.uniform()), count: 1 + random.below(9)) }
    var all = RollingMean()
    for loss in losses { all.add(loss) }
    var last = RollingMean()
    for loss in losses.suffix(100) { last.add(loss) }
    #expect(all.mean == last.mean)
  }
}
