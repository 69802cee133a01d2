import Testing
import TinyGPT

/// `multiplySparse` beside `multiply`, bit for bit, for every share of zeros.
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
    let expected = PaddedMatrix(rows: rows, columns: columns)
    let out = PaddedMatrix(rows: rows, columns: columns)
    let found = Found(in: x)
    multiply(x.view.transposed, b.view, into: expected.view)
    multiplySparse(transposed: x.view, at: found.nonzeros, b.view, into: out.view)
    #expect(out.values.bits == expected.values.bits)
    #expect(out.isIntact && x.isIntact && b.isIntact)
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
    let dW = PaddedMatrix(rows: 3, columns: 2)
    multiplySparse(transposed: x.view, at: found.nonzeros, dy.view, into: dW.view)
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
    let dW = PaddedMatrix(rows: 3, columns: 2)
    multiplySparse(transposed: x.view, at: found.nonzeros, dy.view, into: dW.view)
    #expect(dW.values == [2, 4, 0, 0, 9, 12])
  }
}
