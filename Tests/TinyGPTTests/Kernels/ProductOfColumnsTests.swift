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

  /// Eight positions and the strides of the default sizes, which are constants in WebAssembly.
  @Test(arguments: [32, 96])
  func eightPositionsByTheDefaultWidths(outputs: Int) {
    var random = RandomStream(case: outputs)
    func numbers(_ count: Int) -> Block<Float> { Block((0..<count).map { _ in Float(random.normal()) }) }
    let (x, w, start, out) = (numbers(40 * 8), numbers(40 * outputs), numbers(outputs * 8), numbers(outputs * 8))
    let xRows = Matrix(x.view, rows: 40, columns: 8, rowStride: 8)
    let wRows = Matrix(w.view, rows: 40, columns: outputs, rowStride: outputs)
    let startRows = Matrix(start.view, rows: outputs, columns: 8, rowStride: 8)
    let outRows = Matrix(out.view, rows: outputs, columns: 8, rowStride: 8)
    let expected = PaddedMatrix(rows: outputs, columns: 8)
    multiply(wRows.transposed, xRows, into: expected.view)
    multiplyColumns(xRows, by: wRows, into: outRows)
    #expect(outRows.values.bits == expected.values.bits)
    multiply(wRows.transposed, xRows, from: startRows, into: expected.view)
    multiplyColumns(xRows, by: wRows, from: startRows, into: outRows)
    #expect(outRows.values.bits == expected.values.bits)
    withExtendedLifetime((x, w, start, out)) {}
  }
}
