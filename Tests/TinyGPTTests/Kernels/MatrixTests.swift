import Testing
import TinyGPT

/// Transposing and cutting change the view and move nothing.
struct MatrixTests {
  private let numbers = PaddedMatrix([[1, 2, 3], [4, 5, 6]])

  @Test func transposingSwapsRowsAndColumns() {
    let transposed = numbers.view.transposed
    #expect(transposed.rows == 3 && transposed.columns == 2)
    #expect(transposed.values == [1, 4, 2, 5, 3, 6])
    #expect(transposed.transposed.values == numbers.values)
  }

  @Test func cutsSeeTheSameNumbers() {
    #expect(numbers.view.rows(1, 1).values == [4, 5, 6])
    #expect(numbers.view.columns(1, 2).values == [2, 3, 5, 6])
    #expect(numbers.view.transposed.rows(1, 2).columns(1, 1).values == [5, 6])
    numbers.view.columns(2, 1)[1, 0] = 60
    #expect(numbers.values == [1, 2, 3, 4, 5, 60])
    #expect(numbers.isIntact)
  }
}
