import Testing
import TinyGPT

/// `multiplyColumns` beside `multiply` of the transposed weights.
struct ProductOfColumnsTests {
  /// Every way in which outputs and positions can fail to fill a tile.
  @Test(arguments: 1...20)
  func isTheProductOfTheTransposedWeights(positions: Int) {
    var random = RandomStream(case: positions)
    for outputs in 1...35 {
      let inner = random.count(1...40)
      let x = PaddedMatrix(rows: inner, columns: positions, &random)
      let w = PaddedMatrix(rows: inner, columns: outputs, &random)
      let start = PaddedMatrix(rows: outputs, columns: positions, &random)
      let expected = PaddedMatrix(rows: outputs, columns: positions)
      let out = PaddedMatrix(rows: outputs, columns: positions)
      multiply(w.view.transposed, x.view, into: expected.view)
      multiplyColumns(x.view, by: w.view, into: out.view)
      #expect(out.values.bits == expected.values.bits, "\(outputs) outputs")
      multiply(w.view.transposed, x.view, from: start.view, into: expected.view)
      multiplyColumns(x.view, by: w.view, from: start.view, into: out.view)
      #expect(out.values.bits == expected.values.bits, "\(outputs) outputs, with a start")
      #expect(out.isIntact && x.isIntact && w.isIntact && start.isIntact)
    }
  }
}
