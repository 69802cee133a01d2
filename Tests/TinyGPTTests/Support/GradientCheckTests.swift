import Testing
import TinyGPT

/// The gradient check itself: it accepts a right gradient and finds wrong ones.
struct GradientCheckTests {
  /// `L = ∑ x³ / 3`, whose gradient is x².
  private static func check(_ random: inout RandomStream, gradient: (Int, Float) -> Float) -> GradientCheck {
    let x = PaddedMatrix(rows: 8, columns: 5, &random)
    let dx = PaddedMatrix(rows: 8, columns: 5) { row, column in gradient(row, x.view[row, column]) }
    return GradientCheck(parts: [.init(values: x.view, gradient: dx.view)]) {
      withExtendedLifetime((x, dx)) { x.values.reduce(0) { $0 + Double($1) * Double($1) * Double($1) / 3 } }
    }
  }

  @Test(arguments: 0..<50)
  func acceptsTheGradient(seed: Int) {
    var random = RandomStream(case: seed)
    let check = GradientCheckTests.check(&random) { _, x in x * x }
    check.expectAgreement(seed: seed, random: 1e-6, aligned: 1e-6)
  }

  @Test(arguments: 0..<50)
  func findsARowThatIsZero(seed: Int) {
    var random = RandomStream(case: seed)
    let check = GradientCheckTests.check(&random) { row, x in row == 3 ? 0 : x * x }
    #expect(check.error(.random, seed: seed) > 1e-2)
  }

  @Test(arguments: 0..<50)
  func findsAFactor(seed: Int) {
    var random = RandomStream(case: seed)
    let check = GradientCheckTests.check(&random) { _, x in 1.01 * x * x }
    #expect(check.error(.aligned, seed: seed) > 1e-3)
  }

  @Test func refusesToCompareZeros() {
    var random = RandomStream(case: 0)
    let zeroGradient = GradientCheckTests.check(&random) { _, _ in 0 }
    #expect(zeroGradient.error(.random, seed: 0) == .infinity)
    #expect(zeroGradient.error(.aligned, seed: 0) == .infinity)
    let right = GradientCheckTests.check(&random) { _, x in x * x }
    let flat = GradientCheck(parts: right.parts) { withExtendedLifetime(right) { 1 } }
    #expect(flat.error(.random, seed: 0) == .infinity)
    #expect(flat.error(.aligned, seed: 0) == .infinity)
  }
}
