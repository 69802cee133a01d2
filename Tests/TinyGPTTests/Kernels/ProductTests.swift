import Testing
import TinyGPT

/// `multiply` is the simple triple loop, bit for bit, for every shape and stride, and writes nothing else.
struct ProductTests {
  /// The formula: from the start value, k ascending.
  private static func simple(_ x: Matrix, _ b: Matrix, from start: Matrix?) -> [Float] {
    var values: [Float] = []
    for row in 0..<x.rows {
      for column in 0..<b.columns {
        var sum = start?[row, column] ?? 0
        for k in 0..<x.columns { sum += x[row, k] * b[k, column] }
        values.append(sum)
      }
    }
    return values
  }

  /// Compares both, from zeros, from another matrix and from `out` itself.
  private static func expectSimple(_ x: Matrix, _ b: Matrix, _ start: PaddedMatrix) {
    let out = PaddedMatrix(rows: x.rows, columns: b.columns)
    multiply(x, b, into: out.view)
    #expect(out.values.bits == simple(x, b, from: nil).bits)
    multiply(x, b, from: start.view, into: out.view)
    let expected = simple(x, b, from: start.view)
    #expect(out.values.bits == expected.bits)
    let inPlace = start.copy()
    multiply(x, b, from: inPlace.view, into: inPlace.view)
    #expect(inPlace.values.bits == expected.bits)
    #expect(out.isIntact && inPlace.isIntact && start.isIntact, "wrote outside of its rows")
  }

  @Test func multipliesTwoByThree() {
    let x = PaddedMatrix([[1, 2, 3], [4, 5, 6]])
    let b = PaddedMatrix([[7, 8], [9, 10], [11, 12]])
    let start = PaddedMatrix([[1_000, 2_000], [3_000, 4_000]])
    let out = PaddedMatrix(rows: 2, columns: 2)
    multiply(x.view, b.view, into: out.view)
    #expect(out.values == [58, 64, 139, 154])
    multiply(x.view, b.view, from: start.view, into: out.view)
    #expect(out.values == [1_058, 2_064, 3_139, 4_154])
  }

  @Test(arguments: 0..<50)
  func isTheSimpleTripleLoop(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...40), random.count(1...40), random.count(1...40))
    let x = PaddedMatrix(rows: rows, columns: inner, &random)
    let b = PaddedMatrix(rows: inner, columns: columns, &random)
    ProductTests.expectSimple(x.view, b.view, PaddedMatrix(rows: rows, columns: columns, &random))
  }

  @Test(arguments: 0..<50)
  func isTheSimpleTripleLoopForATransposedFactor(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...40), random.count(1...40), random.count(1...40))
    let x = PaddedMatrix(rows: inner, columns: rows, &random)
    let b = PaddedMatrix(rows: inner, columns: columns, &random)
    ProductTests.expectSimple(x.view.transposed, b.view, PaddedMatrix(rows: rows, columns: columns, &random))
  }

  @Test(arguments: 0..<50)
  func isTheSimpleTripleLoopForCutFactors(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...20), random.count(1...20), random.count(1...20))
    let x = PaddedMatrix(rows: rows + 5, columns: inner + 5, &random)
    let turned = PaddedMatrix(rows: inner + 5, columns: rows + 5, &random)
    let b = PaddedMatrix(rows: inner + 5, columns: columns, &random)
    let start = PaddedMatrix(rows: rows, columns: columns, &random)
    ProductTests.expectSimple(x.view.rows(2, rows).columns(3, inner), b.view.rows(1, inner), start)
    ProductTests.expectSimple(turned.view.transposed.rows(3, rows).columns(2, inner), b.view.rows(4, inner), start)
  }

  /// Every way in which rows and columns can fail to fill a tile.
  @Test(arguments: 1...40)
  func everyTilingIsTheSimpleTripleLoop(columns: Int) {
    var random = RandomStream(case: columns)
    for rows in 1...17 {
      let inner = 1 + (rows + columns) % 4
      let x = PaddedMatrix(rows: rows, columns: inner, &random)
      let b = PaddedMatrix(rows: inner, columns: columns, &random)
      ProductTests.expectSimple(x.view, b.view, PaddedMatrix(rows: rows, columns: columns, &random))
    }
  }

  /// The widths that have their strides as constants, as rows follow each other without padding; x as it stands and transposed.
  @Test(arguments: [32, 96, 128])
  func theDefaultWidthsAreTheSimpleTripleLoop(columns: Int) {
    var random = RandomStream(case: columns)
    for rows in 1...18 {
      let b = Block((0..<12 * columns).map { _ in Float(random.normal()) })
      let start = Block((0..<rows * columns).map { _ in Float(random.normal()) })
      let out = Block<Float>(count: rows * columns)
      let x = PaddedMatrix(rows: rows, columns: 12, &random)
      let turned = PaddedMatrix(rows: 12, columns: rows, &random)
      let bRows = Matrix(b.view, rows: 12, columns: columns, rowStride: columns)
      let startRows = Matrix(start.view, rows: rows, columns: columns, rowStride: columns)
      let outRows = Matrix(out.view, rows: rows, columns: columns, rowStride: columns)
      for factor in [x.view, turned.view.transposed] {
        multiply(factor, bRows, into: outRows)
        #expect(out.view.array().bits == ProductTests.simple(factor, bRows, from: nil).bits)
        multiply(factor, bRows, from: startRows, into: outRows)
        #expect(out.view.array().bits == ProductTests.simple(factor, bRows, from: startRows).bits)
      }
      withExtendedLifetime((b, start, out)) {}
    }
  }
}
