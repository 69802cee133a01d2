/// out = start + x · b, element by element `out[r][n] = start[r][n] + ∑ₖ x[r][k] · b[k][n]` with k ascending.
///
/// Every product of the model, forward and backward, is this one. Lanes run along n; four rows of x share the loads of b.
/// The order of each sum is that of the formula whatever the tiling, so it is the same for every size and target.
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
  var row = 0
  while row < out.rows {
    switch out.rows &- row {
    case 1: strip(1, row, width, x, b, start, out)
    case 2: strip(2, row, width, x, b, start, out)
    case 3: strip(3, row, width, x, b, start, out)
    default: strip(4, row, width, x, b, start, out)
    }
    row &+= 4
  }
}

/// `rows` (1 to 4) rows of the product, over all columns.
@inline(__always)
private func strip(_ rows: Int, _ row: Int, _ width: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix) {
  var column = 0
  while column &+ 2 &* laneCount <= width {
    tile(rows, 2, row, column, x, b, start, out)
    column &+= 2 &* laneCount
  }
  if column < width { tile(rows, 1, row, column, x, b, start, out) }
}

/// `rows` × `vectors` (1 to 4, 1 to 2) accumulators in registers over the whole inner length. Both counts are constants
/// at each call, so the untaken branches vanish.
@inline(__always)
private func tile(
  _ rows: Int, _ vectors: Int, _ row: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix
) {
  @inline(__always) func initial(_ r: Int, _ v: Int) -> Lanes {
    guard r < rows, v < vectors, let start else { return .zero }
    return start.lanes(row &+ r, column &+ v &* laneCount)
  }
  var s00 = initial(0, 0), s01 = initial(0, 1)
  var s10 = initial(1, 0), s11 = initial(1, 1)
  var s20 = initial(2, 0), s21 = initial(2, 1)
  var s30 = initial(3, 0), s31 = initial(3, 1)
  let x0 = x.floats.from(row &* x.rowStride)
  let x1 = rows > 1 ? x.floats.from((row &+ 1) &* x.rowStride) : x0
  let x2 = rows > 2 ? x.floats.from((row &+ 2) &* x.rowStride) : x0
  let x3 = rows > 3 ? x.floats.from((row &+ 3) &* x.rowStride) : x0
  let b0 = b.floats.from(column)
  let b1 = vectors > 1 ? b.floats.from(column &+ laneCount) : b0
  var k = 0
  var atX = 0
  var atB = 0
  while k < x.columns {
    let v0 = b0.lanes(at: atB)
    let v1 = vectors > 1 ? b1.lanes(at: atB) : .zero
    s00 += v0 * x0[atX]
    if vectors > 1 { s01 += v1 * x0[atX] }
    if rows > 1 {
      s10 += v0 * x1[atX]
      if vectors > 1 { s11 += v1 * x1[atX] }
    }
    if rows > 2 {
      s20 += v0 * x2[atX]
      if vectors > 1 { s21 += v1 * x2[atX] }
    }
    if rows > 3 {
      s30 += v0 * x3[atX]
      if vectors > 1 { s31 += v1 * x3[atX] }
    }
    k &+= 1
    atX &+= x.columnStride
    atB &+= b.rowStride
  }
  @inline(__always) func finish(_ r: Int, _ s0: Lanes, _ s1: Lanes) {
    guard r < rows else { return }
    out.store(s0, row &+ r, column)
    if vectors > 1 { out.store(s1, row &+ r, column &+ laneCount) }
  }
  finish(0, s00, s01)
  finish(1, s10, s11)
  finish(2, s20, s21)
  finish(3, s30, s31)
}
