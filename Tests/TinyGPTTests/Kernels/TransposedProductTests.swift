import Testing
import TinyGPT

/// Both forms of a product by a transposed matrix beside `multiply`, bit for bit.
struct TransposedProductTests {
  /// Matrices that are turned, and matrices too large for it.
  @Test(arguments: 0..<60)
  func isTheProductByTheTurnedMatrix(seed: Int) {
    var random = RandomStream(case: seed)
    let most = seed % 2 == 0 ? 40 : 300
    let (rows, inner, columns) = (random.count(1...40), random.count(1...most), random.count(1...most))
    let x = PaddedMatrix(rows: rows, columns: inner, &random)
    let w = PaddedMatrix(rows: columns, columns: inner, &random)
    let turned = PaddedMatrix(rows: inner, columns: columns) { w.view[$1, $0] }
    let expected = PaddedMatrix(rows: rows, columns: columns)
    let out = PaddedMatrix(rows: rows, columns: columns)
    multiply(x.view, turned.view, into: expected.view)
    let count = transposedProductMemory(rows, columns, inner)
    let memory = Block<Float>(count: count + 1)
    memory.view.fill(.nan)
    memory.view[count] = 7
    multiply(x.view, transposed: w.view, into: out.view, memory: memory.view)
    #expect(out.values.bits == expected.values.bits)
    #expect(out.isIntact && x.isIntact && w.isIntact && memory.view[count] == 7)
  }
}
