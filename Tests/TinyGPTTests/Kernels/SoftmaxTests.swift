import Foundation
import Testing
import TinyGPT

/// `softmax` along each row, and the gradient of the mean loss by the scores.
struct SoftmaxTests {
  /// Shares of rows of scores and what the loss needs of them.
  private struct Shares {
    let z: PaddedMatrix
    let p: PaddedMatrix
    let largest: PaddedMatrix
    let sum: PaddedMatrix

    init(_ z: PaddedMatrix) {
      self.z = z
      p = PaddedMatrix(rows: z.view.rows, columns: z.view.columns)
      largest = PaddedMatrix(rows: 1, columns: z.view.rows)
      sum = PaddedMatrix(rows: 1, columns: z.view.rows)
      compute()
    }

    func compute() { softmax(z.view, into: p.view, largest: largest.view, sum: sum.view) }

    func row(_ t: Int) -> [Float] { (0..<p.view.columns).map { p.view[t, $0] } }

    /// In nats: `ln sum - (z[target] - largest)`, the mean over the positions.
    func meanLoss(_ targets: [UInt16]) -> Double {
      let losses = targets.enumerated().map { t, target in
        log(Double(sum.view[0, t])) - Double(z.view[t, Int(target)] - largest.view[0, t])
      }
      return losses.reduce(0, +) / Double(losses.count)
    }
  }

  @Test func sharesOutTwoByThree() {
    let shares = Shares(PaddedMatrix([[0, Float(log(2.0)), Float(log(3.0))], [5, 5, 5]]))
    #expect(shares.row(0).distance(to: [1 / 6, 1 / 3, 1 / 2]) <= 1e-7)
    #expect(shares.row(1).distance(to: [1 / 3, 1 / 3, 1 / 3]) <= 1e-7)
    #expect(shares.largest.values == [Float(log(3.0)), 5])
    #expect(shares.sum.values.distance(to: [2, 3]) <= 1e-6)
    #expect(abs(shares.meanLoss([0, 2]) - (log(6.0) + log(3.0)) / 2) <= 1e-6)
    #expect(shares.p.isIntact && shares.largest.isIntact && shares.sum.isIntact && shares.p.isPaddedWithZeros)
  }

  @Test(arguments: 0..<50)
  func sharesSumToOne(seed: Int) {
    var random = RandomStream(case: seed)
    let shares = Shares(PaddedMatrix(rows: random.count(1...20), columns: random.count(1...60), &random))
    for t in 0..<shares.p.view.rows {
      #expect(abs(shares.row(t).reduce(0) { $0 + Double($1) } - 1) <= 5e-7)
      #expect(shares.row(t).allSatisfy { $0 > 0 && $0 <= 1 })
    }
  }

  /// Scores are whole 256ths, so that the shift rounds nothing and the shares keep their bits.
  @Test(arguments: 0..<50)
  func ignoresAShift(seed: Int) {
    var random = RandomStream(case: seed)
    let z = PaddedMatrix(rows: 6, columns: 27) { _, _ in Float(random.count(-2_000...2_000)) / 256 }
    let shift = Float(random.count(-1_000...1_000))
    let shifted = PaddedMatrix(rows: 6, columns: 27) { z.view[$0, $1] + shift }
    #expect(Shares(z).p.values.bits == Shares(shifted).p.values.bits)
  }

  @Test func extremeScoresStayFinite() {
    let shares = Shares(PaddedMatrix([[3e38, -3e38, 0], [-3e38, -3e38, -3e38], [100, 0, 12], [0, -1e30, 3e38]]))
    #expect(shares.row(0) == [1, 0, 0])
    #expect(shares.row(1).distance(to: [1 / 3, 1 / 3, 1 / 3]) <= 1e-7)
    #expect(shares.row(2) == [1, 0, 0], "e⁻⁸⁸ would be subnormal")
    #expect(shares.row(3) == [0, 0, 1])
  }

  @Test func notANumberShowsInEveryShare() {
    #expect(Shares(PaddedMatrix([[1, .infinity, 0]])).row(0).contains { $0.isNaN })
    #expect(Shares(PaddedMatrix([[1, .nan, 0]])).row(0).allSatisfy { $0.isNaN })
  }

  /// `dz = (p - [target]) / n`.
  @Test func gradientIsSharesMinusTargets() {
    let p = PaddedMatrix([[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]], padding: 0)
    let targets = Block<UInt16>([0, 2])
    let dz = PaddedMatrix(rows: 2, columns: 3)
    softmaxLossBackward(p.view, targets: targets.view, into: dz.view)
    #expect(dz.values == [-0.25, 0.125, 0.125, 0.125, 0.125, -0.25])
    #expect(dz.isIntact && dz.isPaddedWithZeros)
  }

  @Test(arguments: 0..<50)
  func gradientAgreesWithDifferences(seed: Int) {
    var random = RandomStream(case: seed)
    let shares = Shares(PaddedMatrix(rows: random.count(1...18), columns: random.count(2...40), &random))
    let targets = (0..<shares.p.view.rows).map { _ in UInt16(random.below(shares.p.view.columns)) }
    let block = Block(targets)
    let dz = PaddedMatrix(rows: targets.count, columns: shares.p.view.columns)
    softmaxLossBackward(shares.p.view, targets: block.view, into: dz.view)
    for t in targets.indices {
      #expect(abs((0..<dz.view.columns).reduce(0) { $0 + Double(dz.view[t, $1]) }) <= 1e-7, "a row sums to 0")
    }
    GradientCheck(parts: [.init(values: shares.z.view, gradient: dz.view)]) {
      shares.compute()
      return shares.meanLoss(targets)
    }.expectAgreement(seed: seed, random: 1.5e-3, aligned: 1.5e-4)
  }
}
