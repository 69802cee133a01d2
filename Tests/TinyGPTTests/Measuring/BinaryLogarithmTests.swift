import Foundation
import Testing
import TinyGPT

/// `binaryLogarithm` is within 2e-14 or 2 ulp of the binary logarithm for positive normal numbers.
struct BinaryLogarithmTests {
  @Test func isCloseAtEveryMagnitude() {
    var random = RandomStream(case: 0)
    expectClose(Effort.of(1_000_000)) { index in
      Double(sign: .plus, exponent: index % 2_046 - 1_022, significand: 1 + Double(random.next() >> 12) * 0x1p-52)
    }
  }

  @Test func isCloseForShares() {
    let count = Effort.of(1_000_000)
    expectClose(count) { Double($0 + 1) / Double(count) }
    var random = RandomStream(case: 1)
    expectClose(count) { _ in Double(Float(exp(-87 * Double(random.uniform())))) }
  }

  /// At √½ times a power of two the exponent moves up.
  @Test func isCloseAroundEveryPower() {
    var points: [Double] = []
    for exponent in -1_000...1_000 {
      for middle in [1, 0.5.squareRoot()].map({ Double(sign: .plus, exponent: exponent, significand: $0) }) {
        for step in -5...5 { points.append(middle + Double(step) * middle.ulp) }
      }
    }
    expectClose(points.count) { points[$0] }
  }

  @Test func ofPowersOfTwoIsExact() {
    for exponent in -1_022...1_023 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(binaryLogarithm(SIMD4(repeating: power)) == SIMD4(repeating: Double(exponent)))
    }
  }

  /// A share that is 0 carries no information, one that is nearly 0 next to none.
  @Test func sharesThatVanishCarryNoInformation() {
    for share in [0, .leastNonzeroMagnitude, Double.leastNormalMagnitude] {
      let information = share * binaryLogarithm(SIMD4(repeating: share))[0]
      #expect(information <= 0 && information > -1e-304)
    }
  }

  @Test(arguments: 0..<50)
  func lanesAgreeWithEachOther(seed: Int) {
    var random = RandomStream(case: seed)
    let x = SIMD4((0..<4).map { _ in Double(random.uniform()) })
    for lane in 0..<4 {
      #expect(binaryLogarithm(SIMD4(repeating: x[lane])) == SIMD4(repeating: binaryLogarithm(x)[lane]))
    }
  }

  private func expectClose(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation, _ x: (Int) -> Double) {
    var worst = (error: 0.0, at: 0.0)
    for first in stride(from: 0, to: count, by: 4) {
      let points = SIMD4((0..<4).map { x(min(first + $0, count - 1)) })
      let ours = binaryLogarithm(points)
      for lane in 0..<4 {
        let exact = log2(points[lane])
        let error = abs(ours[lane] - exact) / max(2e-14, 2 * exact.ulp)
        if !(error <= worst.error) { worst = (error, points[lane]) }
      }
    }
    #expect(worst.error <= 1, "\(worst.error) of the bound at \(worst.at)", sourceLocation: sourceLocation)
  }
}
