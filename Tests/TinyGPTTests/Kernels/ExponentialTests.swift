import Foundation
import Testing
import TinyGPT

/// `exponential` is within 2 ulp of the exponential function for -50 ≤ x ≤ 88 and exactly 0 below.
struct ExponentialTests {
  private static let least: Float = -50
  private static let most: Float = 88

  @Test func isWithinTwoUlpAtEvenlySpacedPoints() {
    let count = Effort.of(1_500_000)
    let width = Double(ExponentialTests.most) - Double(ExponentialTests.least)
    expectClose(count) { Float(Double(ExponentialTests.least) + width * Double($0) / Double(count - 1)) }
  }

  @Test func isWithinTwoUlpAtEveryMagnitude() {
    let count = Effort.of(500_000)
    for end in [ExponentialTests.least, ExponentialTests.most] {
      let bits = UInt64(end.magnitude.bitPattern)
      expectClose(count) { index in
        let magnitude = Float(bitPattern: UInt32(bits * UInt64(index) / UInt64(count - 1)))
        return end < 0 ? -magnitude : magnitude
      }
    }
  }

  /// Where the power of two changes: at odd halves of ln 2, and at its multiples, where the rest changes its sign.
  @Test func isWithinTwoUlpAroundEveryPower() {
    var points: [Float] = []
    for half in -252...254 {
      let middle = Float(Double(half) / 2 * log(2))
      for step in -20...20 {
        let x = middle + Float(step) * middle.ulp
        if x >= ExponentialTests.least && x <= ExponentialTests.most { points.append(x) }
      }
    }
    expectClose(points.count) { points[$0] }
  }

  @Test func isExactlyZeroBelowItsRange() {
    let below: [Float] = [ExponentialTests.least.nextDown, -50.1, -87.3, -88, -100, -1e4, -1e30, -Float.infinity]
    for x in below {
      #expect(exponential(Lanes(repeating: x)) == .zero, "\(x)")
    }
    #expect(exponential(Lanes(repeating: ExponentialTests.least))[0] > 0)
  }

  @Test func ofZeroIsOne() {
    #expect(exponential(.zero) == .one)
    #expect(exponential(-.zero) == .one)
  }

  @Test(arguments: 0..<50)
  func lanesAgreeWithEachOther(seed: Int) {
    var random = RandomStream(case: seed)
    var x = Lanes.zero
    for lane in 0..<laneCount { x[lane] = -100 + 180 * random.uniform() }
    let together = exponential(x)
    for lane in 0..<laneCount {
      let alone = exponential(Lanes(repeating: x[lane]))
      for other in 0..<laneCount { #expect(together[lane].bitPattern == alone[other].bitPattern) }
    }
  }

  private func expectClose(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation, _ x: (Int) -> Float) {
    var worst = (error: 0.0, at: Float.zero)
    for first in stride(from: 0, to: count, by: laneCount) {
      var points = Lanes.zero
      for lane in 0..<laneCount { points[lane] = x(min(first + lane, count - 1)) }
      let ours = exponential(points)
      for lane in 0..<laneCount {
        let exact = exp(Double(points[lane]))
        let error = abs(Double(ours[lane]) - exact) / Double(Float(exact).ulp)
        if !(error <= worst.error) { worst = (error, points[lane]) }
      }
    }
    #expect(worst.error <= 2, "\(worst.error) ulp at \(worst.at)", sourceLocation: sourceLocation)
  }
}
