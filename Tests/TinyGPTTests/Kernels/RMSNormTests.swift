import Foundation
import Testing
import TinyGPT

/// `rmsNorm` and its gradient.
struct RMSNormTests {
  @Test func scalesThreeByTwo() {
    // Mean squares of the rows: 12.5, 2, 0.
    let x = PaddedMatrix([[3, 4], [2, 0], [0, 0]], padding: 0)
    let y = PaddedMatrix(rows: 3, columns: 2)
    let scale = PaddedMatrix(rows: 1, columns: 3)
    rmsNorm(x.view, into: y.view, scale: scale.view)
    let scales = [12.5, 2, 0].map { Float(1 / ($0 + 1e-5).squareRoot()) }
    #expect(scale.values.distance(to: scales) <= 1e-7 * 317)
    #expect(y.values.distance(to: [0.848528, 1.1313704, 1.4142101, 0, 0, 0]) <= 1e-6)
    #expect(y.isIntact && scale.isIntact && y.isPaddedWithZeros)
  }

  /// The order of the sum is the specification's for every width.
  @Test(arguments: 1...70)
  func isThePlainFormula(channels: Int) {
    var random = RandomStream(case: channels)
    let positions = random.count(1...9)
    let x = PaddedMatrix(rows: positions, columns: channels, padding: 0, &random)
    let y = PaddedMatrix(rows: positions, columns: channels)
    let scale = PaddedMatrix(rows: 1, columns: positions)
    rmsNorm(x.view, into: y.view, scale: scale.view)
    for t in 0..<positions {
      let squares = (0..<channels).map { x.view[t, $0] * x.view[t, $0] }
      let expected = 1 / (LanesTests.plainFoldedSum(squares) / Float(channels) + 1e-5).squareRoot()
      #expect(scale.view[0, t].bitPattern == expected.bitPattern)
      #expect((0..<channels).allSatisfy { y.view[t, $0].bitPattern == (x.view[t, $0] * expected).bitPattern })
    }
    rmsNorm(x.view, into: x.view, scale: scale.view)
    #expect(x.values.bits == y.values.bits, "in place")
    #expect(x.isIntact && y.isIntact && y.isPaddedWithZeros)
  }

  /// Positions in the lanes give the bits that positions in rows give.
  @Test(arguments: 1...70)
  func columnsAreNormalizedAsRows(channels: Int) {
    var random = RandomStream(case: channels)
    let positions = random.count(1...9)
    let x = PaddedMatrix(rows: positions, columns: channels, padding: 0, &random)
    let y = PaddedMatrix(rows: positions, columns: channels)
    let scale = PaddedMatrix(rows: 1, columns: positions)
    rmsNorm(x.view, into: y.view, scale: scale.view)
    let columns = PaddedMatrix(rows: channels, columns: positions) { x.view[$1, $0] }
    let out = PaddedMatrix(rows: channels, columns: positions)
    rmsNormOfColumns(columns.view, into: out.view)
    #expect(out.view.transposed.values.bits == y.values.bits)
    rmsNormOfColumns(columns.view, into: columns.view)
    #expect(columns.values.bits == out.values.bits, "in place")
    #expect(columns.isIntact && out.isIntact)
  }

  @Test(arguments: 0..<50)
  func ignoresPositiveScaleUpToEpsilon(seed: Int) {
    var random = RandomStream(case: seed)
    let factor = 1 + 1_000 * random.uniform()
    let x = PaddedMatrix(rows: 5, columns: 32, padding: 0, &random)
    let scaled = PaddedMatrix(rows: 5, columns: 32, padding: 0) { x.view[$0, $1] * factor }
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
    let x = PaddedMatrix(rows: positions, columns: channels, padding: 0, &random)
    let y = PaddedMatrix(rows: positions, columns: channels)
    let scale = PaddedMatrix(rows: 1, columns: positions)
    let weights = PaddedMatrix(rows: positions, columns: channels, padding: 0, &random)
    let dx = PaddedMatrix(rows: positions, columns: channels) { _, _ in 0 }
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
    func drawn() -> PaddedMatrix { PaddedMatrix(rows: 6, columns: 11, padding: 0, &random) }
    let (y, dy, dx) = (drawn(), drawn(), drawn())
    let scale = PaddedMatrix(rows: 1, columns: 6, &random)
    let alone = PaddedMatrix(rows: 6, columns: 11, padding: 0) { _, _ in 0 }
    rmsNormBackward(dy.view, y: y.view, scale: scale.view, into: alone.view)
    let before = dx.values
    rmsNormBackward(dy.view, y: y.view, scale: scale.view, into: dx.view)
    #expect(dx.values.bits == zip(before, alone.values).map { $0 + $1 }.bits)
    #expect(dx.isIntact && alone.isIntact && dx.isPaddedWithZeros)
  }
}
