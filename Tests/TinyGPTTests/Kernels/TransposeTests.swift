import Testing
import TinyGPT

/// `transpose` moves every number, zeroes its padding and writes nothing else.
struct TransposeTests {
  @Test func turnsTwoByThree() {
    let x = PaddedMatrix([[1, 2, 3], [4, 5, 6]])
    let out = PaddedMatrix(rows: 3, columns: 2)
    transpose(x.view, into: out.view)
    #expect(out.values == [1, 4, 2, 5, 3, 6])
  }

  @Test(arguments: 0..<50)
  func turnsEveryShape(seed: Int) {
    var random = RandomStream(case: seed)
    let x = PaddedMatrix(rows: random.count(1...40), columns: random.count(1...40), &random)
    let out = PaddedMatrix(rows: x.view.columns, columns: x.view.rows)
    transpose(x.view, into: out.view)
    #expect(out.values.bits == x.view.transposed.values.bits)
    #expect(out.isIntact && x.isIntact)
    #expect(out.isPaddedWithZeros)
    let back = PaddedMatrix(rows: x.view.rows, columns: x.view.columns)
    transpose(out.view, into: back.view)
    #expect(back.values.bits == x.values.bits)
  }
}
