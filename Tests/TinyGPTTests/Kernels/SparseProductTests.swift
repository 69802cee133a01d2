import Testing
import TinyGPT

/// `multiplySparse` and `multiplyRows` beside `multiply`, bit for bit, for every share of zeros.
struct SparseProductTests {
  /// Independent deviates, of which `share` in ten stay.
  private static func matrix(_ rows: Int, _ columns: Int, share: Int, _ random: inout RandomStream) -> PaddedMatrix {
    var values: [[Float]] = []
    for _ in 0..<rows {
      var row: [Float] = []
      for _ in 0..<columns { row.append(random.count(1...10) <= share ? Float(random.normal()) : 0) }
      values.append(row)
    }
    return PaddedMatrix(values, padding: 0)
  }

  /// Where a matrix is not 0, in memory of its own.
  private struct Found {
    let nonzeros: Nonzeros
    private let memory: Block<Float>

    init(in x: PaddedMatrix) {
      memory = Block(count: Nonzeros.count(rows: x.view.rows, columns: x.view.columns))
      nonzeros = Nonzeros(memory.view, columns: x.view.columns)
      nonzeros.find(in: x.view)
      nonzeros.findInAnyRow(of: x.view)
    }
  }

  @Test(arguments: 0..<60)
  func findsWhatIsNotZero(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, columns) = (random.count(1...20), random.count(1...200))
    let x = SparseProductTests.matrix(rows, columns, share: seed % 11, &random)
    let found = Found(in: x)
    for row in 0..<rows {
      let listed = found.nonzeros.places(ofRow: row).map { found.nonzeros.column(at: $0) }
      #expect(listed == (0..<columns).filter { x.view[row, $0] != 0 })
    }
    let any = found.nonzeros.placesOfAnyRow.map { found.nonzeros.column(at: $0) }
    #expect(any == (0..<columns).filter { column in (0..<rows).contains { x.view[$0, column] != 0 } })
    #expect(x.isIntact)
  }

  /// More than 64 inner places and more than one strip of columns among them.
  @Test(arguments: 0..<60)
  func isTheProduct(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...20), random.count(1...200), random.count(1...150))
    let x = SparseProductTests.matrix(rows, inner, share: seed % 11, &random)
    let b = PaddedMatrix(rows: inner, columns: columns, &random)
    let start = PaddedMatrix(rows: rows, columns: columns, &random)
    let expected = PaddedMatrix(rows: rows, columns: columns)
    let out = PaddedMatrix(rows: rows, columns: columns)
    let found = Found(in: x)
    multiply(x.view, b.view, into: expected.view)
    multiplySparse(x.view, at: found.nonzeros, b.view, into: out.view)
    #expect(out.values.bits == expected.values.bits)
    multiply(x.view, b.view, from: start.view, into: expected.view)
    multiplySparse(x.view, at: found.nonzeros, b.view, from: start.view, into: out.view)
    #expect(out.values.bits == expected.values.bits)
    let inPlace = start.copy()
    multiplySparse(x.view, at: found.nonzeros, b.view, from: inPlace.view, into: inPlace.view)
    #expect(inPlace.values.bits == expected.values.bits)
    #expect(out.isIntact && inPlace.isIntact && x.isIntact && b.isIntact && start.isIntact)
  }

  @Test(arguments: 0..<60)
  func transposedIsTheProductOfTheTransposed(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...200), random.count(1...20), random.count(1...150))
    let x = SparseProductTests.matrix(inner, rows, share: seed % 11, &random)
    let b = PaddedMatrix(rows: inner, columns: columns, &random)
    let out = PaddedMatrix(rows: rows, columns: columns, &random)
    let expected = out.copy()
    let found = Found(in: x)
    multiply(x.view.transposed, b.view, from: expected.view, into: expected.view)
    multiplySparse(transposed: x.view, at: found.nonzeros, b.view, addingTo: out.view)
    #expect(out.values.bits == expected.values.bits)
    #expect(out.isIntact && x.isIntact && b.isIntact)
  }

  /// Both kinds of product for an x that stands turned.
  @Test(arguments: 0..<60)
  func rowsOfXMayStandAside(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...20), random.count(1...100), random.count(1...50))
    let x = SparseProductTests.matrix(rows, inner, share: seed % 11, &random)
    let (turned, found) = (x.turned, Found(in: x))
    let b = PaddedMatrix(rows: inner, columns: columns, &random)
    let (out, expected) = (PaddedMatrix(rows: rows, columns: columns), PaddedMatrix(rows: rows, columns: columns))
    multiplySparse(x.view, at: found.nonzeros, b.view, into: expected.view)
    multiplySparse(turned.view.transposed, at: found.nonzeros, b.view, into: out.view)
    #expect(out.values.bits == expected.values.bits)
    let dy = PaddedMatrix(rows: rows, columns: columns, &random)
    let (dW, expectedW) = (b.copy(), b.copy())
    multiplySparse(transposed: x.view, at: found.nonzeros, dy.view, addingTo: expectedW.view)
    multiplySparse(transposed: turned.view.transposed, at: found.nonzeros, dy.view, addingTo: dW.view)
    #expect(dW.values.bits == expectedW.values.bits)
  }

  /// The rows of a product that are listed, up to three vectors wide.
  @Test(arguments: 0..<60)
  func listedRowsAreThoseOfTheProduct(seed: Int) {
    var random = RandomStream(case: seed)
    let (rows, inner, columns) = (random.count(1...100), random.count(1...60), random.count(1...40))
    let w = PaddedMatrix(rows: rows, columns: inner, &random)
    let x = PaddedMatrix(rows: inner, columns: columns, &random)
    let (out, expected) = (PaddedMatrix(rows: rows, columns: columns), PaddedMatrix(rows: rows, columns: columns))
    multiply(w.view, x.view, into: expected.view)
    let listed = Found(in: SparseProductTests.matrix(3, rows, share: seed % 11, &random))
    multiplyRows(of: w.view, at: listed.nonzeros, x.view, into: out.view)
    for place in listed.nonzeros.placesOfAnyRow {
      let row = listed.nonzeros.column(at: place)
      #expect((0..<columns).map { out.view[row, $0] }.bits == (0..<columns).map { expected.view[row, $0] }.bits)
    }
    #expect(out.isIntact && w.isIntact && x.isIntact)
  }

  /// What is multiplied by 0 is not looked at; what is not a number is no 0.
  @Test func leavesOutWhatIsMultipliedByZero() {
    let x = PaddedMatrix([[0, 2, 0], [.nan, 0, 0]], padding: 0)
    let b = PaddedMatrix([[1, 1], [3, 4], [.infinity, .nan]])
    let out = PaddedMatrix(rows: 2, columns: 2)
    let found = Found(in: x)
    multiplySparse(x.view, at: found.nonzeros, b.view, into: out.view)
    #expect(out.view[0, 0] == 6 && out.view[0, 1] == 8 && out.view[1, 0].isNaN && out.view[1, 1].isNaN)
    let dy = PaddedMatrix([[.infinity, 5], [7, 8]])
    let dW = PaddedMatrix([[0, 0], [0, 0], [0, 0]])
    multiplySparse(transposed: x.view, at: found.nonzeros, dy.view, addingTo: dW.view)
    #expect(dW.view[0, 0].isNaN && dW.view[1, 0] == .infinity && dW.view[1, 1] == 10)
    #expect(dW.view[2, 0] == 0 && dW.view[2, 1] == 0)
  }

  /// A hidden unit can be on and have a gradient of 0.
  @Test func worksWhereMoreIsZeroThanWasListed() {
    let found = Found(in: PaddedMatrix([[1, 1, 0], [1, 1, 1]], padding: 0))
    let x = PaddedMatrix([[2, 0, 0], [0, 0, 3]], padding: 0)
    let b = PaddedMatrix([[1, 2], [3, 4], [5, 6]])
    let out = PaddedMatrix(rows: 2, columns: 2)
    multiplySparse(x.view, at: found.nonzeros, b.view, into: out.view)
    #expect(out.values == [2, 4, 15, 18])
    let dy = PaddedMatrix([[1, 2], [3, 4]])
    let dW = PaddedMatrix([[0, 0], [0, 0], [0, 0]])
    multiplySparse(transposed: x.view, at: found.nonzeros, dy.view, addingTo: dW.view)
    #expect(dW.values == [2, 4, 0, 0, 9, 12])
  }
}
