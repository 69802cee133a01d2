import Foundation
import Testing
import TinyGPT

/// `rmsNorm` and its gradient.
struct RMSNormTests {
  @Test func scalesTwoByThree() {
    // Mean squares of the columns: 12.5, 2, 0.
    let x = PaddedMatrix([[3, 2, 0], [4, 0, 0]])
    let y = PaddedMatrix(rows: 2, columns: 3)
    let scale = PaddedMatrix(rows: 1, columns: 3)
    rmsNorm(x.view, into: y.view, scale: scale.view)
    let scales = [12.5, 2, 0].map { Float(1 / ($0 + 1e-5).squareRoot()) }
    #expect(scale.values.distance(to: scales) <= 1e-7 * 317)
    #expect(y.values.distance(to: [0.848528, 1.4142101, 0, 1.1313704, 0, 0]) <= 1e-6)
    #expect(y.isIntact && scale.isIntact)
  }

  /// The order of the sum is the specification's for every width.
  @Test(arguments: 1...70)
  func isThePlainFormula(channels: Int) {
    var random = RandomStream(case: channels)
    let x = PaddedMatrix(rows: channels, columns: random.count(1...9), &random)
    let y = PaddedMatrix(rows: channels, columns: x.view.columns)
    let scale = PaddedMatrix(rows: 1, columns: x.view.columns)
    rmsNorm(x.view, into: y.view, scale: scale.view)
    for t in 0..<x.view.columns {
      let squares = (0..<channels).map { x.view[$0, t] * x.view[$0, t] }
      let expected = 1 / (LanesTests.plainFoldedSum(squares) / Float(channels) + 1e-5).squareRoot()
      #expect(scale.view[0, t].bitPattern == expected.bitPattern)
      #expect((0..<channels).allSatisfy { y.view[$0, t].bitPattern == (x.view[$0, t] * expected).bitPattern })
    }
    rmsNorm(x.view, into: x.view, scale: scale.view)
    #expect(x.values.bits == y.values.bits, "in place")
    #expect(x.isIntact && y.isIntact)
  }

  @Test(arguments: 0..<50)
  func ignoresPositiveScaleUpToEpsilon(seed: Int) {
    var random = RandomStream(case: seed)
    let factor = 1 + 1_000 * random.uniform()
    let x = PaddedMatrix(rows: 32, columns: 5, &random)
    let scaled = PaddedMatrix(rows: 32, columns: 5) { x.view[$0, $1] * factor }
    let (y, scaledY, scale) = (x.copy(), scaled.copy(), PaddedMatrix(rows: 1, columns: 5))
    rmsNorm(x.view, into: y.view, scale: scale.view)
    // ε takes a share of ε / 2 mean(x²) = ε scale² / 2 away from y, and nearly none from the scaled one.
    let share = 1e-5 * (scale.values.max() ?? .infinity) * (scale.values.max() ?? .infinity) / 2
    rmsNorm(scaled.view, into: scaledY.view, scale: scale.view)
    let largest = y.values.map(abs).max() ?? 0
    #expect(y.values.distance(to: scaledY.values) <= largest * (share + 1e-6))
  }

  @Test(arguments: 0..<50)
  func gradientAgreesWithDifferences(seed: Int) {
    var random = RandomStream(case: seed)
    let (channels, positions) = (random.count(2...40), random.count(1...9))
    let x = PaddedMatrix(rows: channels, columns: positions, &random)
    let y = PaddedMatrix(rows: channels, columns: positions)
    let scale = PaddedMatrix(rows: 1, columns: positions)
    let weights = PaddedMatrix(rows: channels, columns: positions, &random)
    let dx = PaddedMatrix(rows: channels, columns: positions) { _, _ in 0 }
    rmsNorm(x.view, into: y.view, scale: scale.view)
    rmsNormBackward(weights.view, y: y.view, scale: scale.view, into: dx.view)
    GradientCheck(parts: [.init(values: x.view, gradient: dx.view)]) {
      rmsNorm(x.view, into: y.view, scale: scale.view)
      return y.view.weightedSum(weights.view)
    }.expectAgreement(seed: seed, random: 1e-3, aligned: 1e-4)
  }

  @Test(arguments: 0..<50)
  func backwardAdds(seed: Int) {
    var random = RandomStream(case: seed)
    let y = PaddedMatrix(rows: 12, columns: 6, &random)
    let dy = PaddedMatrix(rows: 12, columns: 6, &random)
    let scale = PaddedMatrix(rows: 1, columns: 6, &random)
    let alone = PaddedMatrix(rows: 12, columns: 6) { _, _ in 0 }
    rmsNormBackward(dy.view, y: y.view, scale: scale.view, into: alone.view)
    let dx = PaddedMatrix(rows: 12, columns: 6, &random)
    let before = dx.values
    rmsNormBackward(dy.view, y: y.view, scale: scale.view, into: dx.view)
    #expect(dx.values.bits == zip(before, alone.values).map { $0 + $1 }.bits)
    #expect(dx.isIntact && alone.isIntact)
  }
}
