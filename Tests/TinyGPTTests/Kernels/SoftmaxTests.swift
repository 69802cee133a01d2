import Foundation
import Testing
import TinyGPT

/// `softmax` down each column, and the gradient of the mean loss by the scores.
struct SoftmaxTests {
  /// Shares of a column of scores and what the loss needs of them.
  private struct Shares {
    let z: PaddedMatrix
    let p: PaddedMatrix
    let largest: PaddedMatrix
    let sum: PaddedMatrix

    init(_ z: PaddedMatrix) {
      self.z = z
      p = PaddedMatrix(rows: z.view.rows, columns: z.view.columns)
      largest = PaddedMatrix(rows: 1, columns: z.view.columns)
      sum = PaddedMatrix(rows: 1, columns: z.view.columns)
      compute()
    }

    func compute() { softmax(z.view, into: p.view, largest: largest.view, sum: sum.view) }

    func column(_ t: Int) -> [Float] { (0..<p.view.rows).map { p.view[$0, t] } }

    /// In nats: `ln sum - (z[target] - largest)`, the mean over the positions.
    func meanLoss(_ targets: [UInt16]) -> Double {
      let losses = targets.enumerated().map { t, target in
        log(Double(sum.view[0, t])) - Double(z.view[Int(target), t] - largest.view[0, t])
      }
      return losses.reduce(0, +) / Double(losses.count)
    }
  }

  @Test func sharesOutThreeByTwo() {
    let shares = Shares(PaddedMatrix([[0, 5], [Float(log(2.0)), 5], [Float(log(3.0)), 5]]))
    #expect(shares.column(0).distance(to: [1 / 6, 1 / 3, 1 / 2]) <= 1e-7)
    #expect(shares.column(1).distance(to: [1 / 3, 1 / 3, 1 / 3]) <= 1e-7)
    #expect(shares.largest.values == [Float(log(3.0)), 5])
    #expect(shares.sum.values.distance(to: [2, 3]) <= 1e-6)
    #expect(abs(shares.meanLoss([0, 2]) - (log(6.0) + log(3.0)) / 2) <= 1e-6)
    #expect(shares.p.isIntact && shares.largest.isIntact && shares.sum.isIntact)
  }

  @Test(arguments: 0..<50)
  func sharesSumToOne(seed: Int) {
    var random = RandomStream(case: seed)
    let shares = Shares(PaddedMatrix(rows: random.count(1...60), columns: random.count(1...20), &random))
    for t in 0..<shares.p.view.columns {
      #expect(abs(shares.column(t).reduce(0) { $0 + Double($1) } - 1) <= 5e-7)
      #expect(shares.column(t).allSatisfy { $0 > 0 && $0 <= 1 })
    }
  }

  /// Scores are whole 256ths, so that the shift rounds nothing and the shares keep their bits.
  @Test(arguments: 0..<50)
  func ignoresAShift(seed: Int) {
    var random = RandomStream(case: seed)
    let z = PaddedMatrix(rows: 27, columns: 6) { _, _ in Float(random.count(-2_000...2_000)) / 256 }
    let shift = Float(random.count(-1_000...1_000))
    let shifted = PaddedMatrix(rows: 27, columns: 6) { z.view[$0, $1] + shift }
    #expect(Shares(z).p.values.bits == Shares(shifted).p.values.bits)
  }

  @Test func extremeScoresStayFinite() {
    let shares = Shares(PaddedMatrix([[3e38, -3e38, 100, 0], [-3e38, -3e38, 0, -1e30], [0, -3e38, 12, 3e38]]))
    #expect(shares.column(0) == [1, 0, 0])
    #expect(shares.column(1).distance(to: [1 / 3, 1 / 3, 1 / 3]) <= 1e-7)
    #expect(shares.column(2) == [1, 0, 0], "e⁻⁸⁸ would be subnormal")
    #expect(shares.column(3) == [0, 0, 1])
  }

  @Test func notANumberShowsInEveryShare() {
    #expect(Shares(PaddedMatrix([[1], [.infinity], [0]])).column(0).contains { $0.isNaN })
    #expect(Shares(PaddedMatrix([[1], [.nan], [0]])).column(0).allSatisfy { $0.isNaN })
  }

  /// `dz = (p - [target]) / n`.
  @Test func gradientIsSharesMinusTargets() {
    let p = PaddedMatrix([[0.5, 0.25], [0.25, 0.25], [0.25, 0.5]])
    let targets = Block<UInt16>([0, 2])
    let dz = PaddedMatrix(rows: 3, columns: 2)
    softmaxLossBackward(p.view, targets: targets.view, into: dz.view)
    #expect(dz.values == [-0.25, 0.125, 0.125, 0.125, 0.125, -0.25])
    #expect(dz.isIntact)
    for v in 0..<3 { #expect(dz.view[v, 2] == 0 && dz.view[v, 3] == 0, "padding") }
  }

  @Test(arguments: 0..<50)
  func gradientAgreesWithDifferences(seed: Int) {
    var random = RandomStream(case: seed)
    let shares = Shares(PaddedMatrix(rows: random.count(2...40), columns: random.count(1...18), &random))
    let targets = (0..<shares.p.view.columns).map { _ in UInt16(random.below(shares.p.view.rows)) }
    let block = Block(targets)
    let dz = PaddedMatrix(rows: shares.p.view.rows, columns: targets.count)
    softmaxLossBackward(shares.p.view, targets: block.view, into: dz.view)
    for t in targets.indices {
      #expect(abs((0..<dz.view.rows).reduce(0) { $0 + Double(dz.view[$1, t]) }) <= 1e-7, "a column sums to 0")
    }
    GradientCheck(parts: [.init(values: shares.z.view, gradient: dz.view)]) {
      shares.compute()
      return shares.meanLoss(targets)
    }.expectAgreement(seed: seed, random: 1.5e-3, aligned: 1.5e-4)
  }
}
