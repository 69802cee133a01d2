/// out = start + x · b, element by element `out[r][n] = start[r][n] + ∑ₖ x[r][k] · b[k][n]` with k ascending.
///
/// Every product of the model, forward and backward, is this one. Columns run along vectors of 16, 8 and 4, and as many
/// rows share the loads of b as registers hold. The order of each sum is that of the formula whatever the tiling, so it is
/// the same for every size and target.
///
/// - Parameters:
///   - x: (R, K), any strides.
///   - b: (K, N), columns side by side.
///   - start: (R, N), columns side by side, or nil for zeros; may be `out` itself.
///   - out: (R, N), columns side by side; must not alias `x` or `b`.
/// - Precondition: rows of `b`, `start` and `out` are padded to whole lanes: the padding is computed along.
package func multiply(_ x: Matrix, _ b: Matrix, from start: Matrix? = nil, into out: Matrix) {
  precondition(x.rows == out.rows && x.columns == b.rows && b.columns == out.columns, "multiply: shapes must fit")
  precondition(b.columnStride == 1 && out.columnStride == 1, "multiply: columns must stand side by side")
  precondition((start?.rows ?? out.rows) == out.rows, "multiply: start must have the shape of out")
  let width = out.paddedColumns
  var column = 0
  while column < width {
    switch (width &- column) / laneCount {
    case 1:
      columns(8, 1, column, x, b, start, out)
      column &+= laneCount
    case 2, 3:
      columns(4, 2, column, x, b, start, out)
      column &+= 2 &* laneCount
    default:
      columns(2, 4, column, x, b, start, out)
      column &+= 4 &* laneCount
    }
  }
}

/// `vectors` vectors of columns of the product, `rows` rows at a time.
@inline(always)
private func columns(
  _ rows: Int, _ vectors: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix
) {
  var row = 0
  while row &+ rows <= out.rows {
    tile(rows, vectors, row, column, x, b, start, out)
    row &+= rows
  }
  while row < out.rows {
    tile(1, vectors, row, column, x, b, start, out)
    row &+= 1
  }
}

/// `rows` × `vectors` sums, 8 at most, in registers over the whole inner length. Both counts are constants at each call,
/// so the untaken branches vanish; sum i is that of row i / vectors and vector i % vectors.
@inline(always)
private func tile(
  _ rows: Int, _ vectors: Int, _ row: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix
) {
  let count = rows &* vectors
  // region: product
  @inline(always) func initial(_ i: Int) -> Lanes {
    guard i < count, let start else { return .zero }
    return start.lanes(row &+ i / vectors, column &+ i % vectors &* laneCount)
  }
  var s0 = initial(0), s1 = initial(1), s2 = initial(2), s3 = initial(3)
  var s4 = initial(4), s5 = initial(5), s6 = initial(6), s7 = initial(7)
  let columnsOfB = b.floats.from(column)
  let rowsOfX = x.floats.from(row &* x.rowStride)
  var atX = 0
  var atB = 0
  @inline(always) func product(_ i: Int) -> Lanes {
    columnsOfB.lanes(at: atB &+ i % vectors &* laneCount) * rowsOfX[atX &+ i / vectors &* x.rowStride]
  }
  @inline(always) func addProducts() {
    s0 += product(0)
    if count > 1 { s1 += product(1) }
    if count > 2 { s2 += product(2) }
    if count > 3 { s3 += product(3) }
    if count > 4 { s4 += product(4) }
    if count > 5 { s5 += product(5) }
    if count > 6 { s6 += product(6) }
    if count > 7 { s7 += product(7) }
    atX &+= x.columnStride
    atB &+= b.rowStride
  }
  var k = 0
  while k &+ unrolling <= x.columns {
    addProducts()
    if unrolling == 2 { addProducts() }
    k &+= unrolling
  }
  if unrolling == 2, k < x.columns { addProducts() }
  // end region
  @inline(always) func finish(_ i: Int, _ sum: Lanes) {
    if i < count { out.store(sum, row &+ i / vectors, column &+ i % vectors &* laneCount) }
  }
  finish(0, s0)
  finish(1, s1)
  finish(2, s2)
  finish(3, s3)
  finish(4, s4)
  finish(5, s5)
  finish(6, s6)
  finish(7, s7)
}

/// Terms of the inner sum in one turn of the loop: two save copies between registers, but cost WebAssembly a fifth.
#if arch(wasm32)
  private let unrolling = 1
#else
  private let unrolling = 2
#endif
