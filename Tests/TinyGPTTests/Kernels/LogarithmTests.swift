import Foundation
import Testing
import TinyGPT

/// `logarithm` is within 2 ulp of the natural logarithm for positive normal numbers, and not a number below them.
struct LogarithmTests {
  @Test func isWithinTwoUlpFrom1eMinus300To1e300() {
    var random = RandomStream(case: 0)
    // 2⁻⁹⁹⁶ and 2⁹⁹⁶ lie just beyond: every exponent is met, with random digits.
    expectClose(Effort.of(1_000_000)) { index in
      Double(sign: .plus, exponent: index % 1_993 - 996, significand: 1 + Double(random.next() >> 12) * 0x1p-52)
    }
  }

  @Test func isWithinTwoUlpNearOne() {
    let count = Effort.of(500_000)
    expectClose(count) { 0.5 + 1.5 * Double($0) / Double(count - 1) }
    // Closer and closer to 1, from both sides.
    expectClose(count) { index in
      let distance = exp2(-53 * Double(index / 2) / Double(count / 2))
      return index % 2 == 0 ? 1 + distance : 1 - distance / 2
    }
    expectClose(2_001) { 1 + Double($0 - 1_000) * ($0 < 1_000 ? 0x1p-53 : 0x1p-52) }
  }

  /// At √2 times a power of two the exponent moves up.
  @Test func isWithinTwoUlpAroundEveryPower() {
    var points: [Double] = []
    for exponent in -1_000...1_000 {
      for middle in [1, 2.squareRoot()].map({ Double(sign: .plus, exponent: exponent, significand: $0) }) {
        for step in -5...5 { points.append(middle + Double(step) * middle.ulp) }
      }
    }
    expectClose(points.count) { points[$0] }
  }

  @Test func ofOneIsZero() { #expect(logarithm(1) == 0) }

  @Test func existsForPositiveNormalNumbersOnly() {
    for x in [0, -0.0, -1, -.infinity, .nan, .leastNonzeroMagnitude, Double.leastNormalMagnitude.nextDown] {
      #expect(logarithm(x).isNaN, "\(x)")
    }
    #expect(logarithm(.infinity) == .infinity)
    #expect(abs(logarithm(.leastNormalMagnitude) - log(.leastNormalMagnitude)) <= 2 * log(.leastNormalMagnitude).ulp)
    #expect(abs(logarithm(.greatestFiniteMagnitude) - log(.greatestFiniteMagnitude)) <= 2 * 709.0.ulp)
  }

  private func expectClose(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation, _ x: (Int) -> Double) {
    var worst = (error: 0.0, at: 0.0)
    for index in 0..<count {
      let point = x(index)
      let expected = log(point)
      let error = abs(logarithm(point) - expected) / expected.ulp
      if !(error <= worst.error) { worst = (error, point) }
    }
    #expect(worst.error <= 2, "\(worst.error) ulp at \(worst.at)", sourceLocation: sourceLocation)
  }
}
