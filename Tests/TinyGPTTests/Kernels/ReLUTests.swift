import Testing
import TinyGPT

/// `relu` and its gradient.
struct ReLUTests {
  @Test func keepsWhatIsPositive() {
    let x = PaddedMatrix([[1, -2, 0], [-0.5, 4, -1e-30]])
    let y = PaddedMatrix(rows: 2, columns: 3)
    relu(x.view, into: y.view)
    #expect(y.values == [1, 0, 0, 0, 4, 0])
    #expect(y.isIntact)
  }

  @Test func backwardPassesTheGradientWhereTheOutputIsPositive() {
    let y = PaddedMatrix([[1, 0, 0], [0, 4, 1e-30]])
    let dy = PaddedMatrix([[10, 20, 30], [40, 50, 60]])
    let dx = PaddedMatrix(rows: 2, columns: 3)
    reluBackward(dy.view, y: y.view, into: dx.view)
    #expect(dx.values == [10, 0, 0, 0, 50, 60])
    #expect(dx.isIntact)
  }

  @Test(arguments: 0..<50)
  func bothWorkInPlace(seed: Int) {
    var random = RandomStream(case: seed)
    let x = PaddedMatrix(rows: random.count(1...20), columns: random.count(1...20), &random)
    let dy = PaddedMatrix(rows: x.view.rows, columns: x.view.columns, &random)
    let expected = zip(x.values, dy.values).map { $0 > 0 ? $1 : 0 }
    let positive = x.values.map { max($0, 0) }
    relu(x.view, into: x.view)
    #expect(x.values == positive)
    reluBackward(dy.view, y: x.view, into: dy.view)
    #expect(dy.values == expected)
    #expect(x.isIntact && dy.isIntact)
  }

  /// A run that diverges must show it.
  @Test func notANumberStaysOne() {
    let x = PaddedMatrix([[.nan]])
    relu(x.view, into: x.view)
    #expect(x.view[0, 0].isNaN)
  }

  @Test(arguments: 0..<50)
  func gradientAgreesWithDifferences(seed: Int) {
    var random = RandomStream(case: seed)
    // A tenth away from the kink at 0, which is far more than a step of the check.
    let x = PaddedMatrix(rows: 9, columns: 7) { _, _ in
      let value = Float(random.normal())
      return value + (value < 0 ? -0.1 : 0.1)
    }
    let y = PaddedMatrix(rows: 9, columns: 7)
    let weights = PaddedMatrix(rows: 9, columns: 7, &random)
    let dx = PaddedMatrix(rows: 9, columns: 7)
    relu(x.view, into: y.view)
    reluBackward(weights.view, y: y.view, into: dx.view)
    GradientCheck(parts: [.init(values: x.view, gradient: dx.view)]) {
      relu(x.view, into: y.view)
      return y.view.weightedSum(weights.view)
    }.expectAgreement(seed: seed, random: 1e-9, aligned: 1e-9)
  }
}
