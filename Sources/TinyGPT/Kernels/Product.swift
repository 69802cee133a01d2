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
    let rest = width &- column
    if rest >= 16 {
      columns(SIMD16<Float>.self, 2, column, x, b, start, out)
      column &+= 16
    } else if rest >= 8 {
      columns(SIMD8<Float>.self, 4, column, x, b, start, out)
      column &+= 8
    } else {
      columns(SIMD4<Float>.self, 6, column, x, b, start, out)
      column &+= 4
    }
  }
}

/// One vector of columns of the product, `height` rows at a time.
@inline(always)
private func columns<V: SIMD>(
  _: V.Type, _ height: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix
) where V.Scalar == Float {
  var row = 0
  while row &+ height <= out.rows {
    tile(V.self, height, row, column, x, b, start, out)
    row &+= height
  }
  switch out.rows &- row {
  case 1: tile(V.self, 1, row, column, x, b, start, out)
  case 2: tile(V.self, 2, row, column, x, b, start, out)
  case 3: tile(V.self, 3, row, column, x, b, start, out)
  case 4: tile(V.self, 4, row, column, x, b, start, out)
  case 5: tile(V.self, 5, row, column, x, b, start, out)
  default: break
  }
}

/// `rows` (1 to 6) rows of one vector, in registers over the whole inner length. `rows` is a constant at each call, so the
/// untaken branches vanish.
@inline(always)
private func tile<V: SIMD>(
  _: V.Type, _ rows: Int, _ row: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix
) where V.Scalar == Float {
  @inline(always) func initial(_ r: Int) -> V {
    guard r < rows, let start else { return V(repeating: 0) }
    return start.floats.vector(V.self, at: (row &+ r) &* start.rowStride &+ column)
  }
  @inline(always) func xRow(_ r: Int) -> Floats { x.floats.from((r < rows ? row &+ r : row) &* x.rowStride) }
  var s0 = initial(0), s1 = initial(1), s2 = initial(2), s3 = initial(3), s4 = initial(4), s5 = initial(5)
  let x0 = xRow(0), x1 = xRow(1), x2 = xRow(2), x3 = xRow(3), x4 = xRow(4), x5 = xRow(5)
  let b0 = b.floats.from(column)
  var k = 0
  var atX = 0
  var atB = 0
  while k < x.columns {
    let v = b0.vector(V.self, at: atB)
    s0 += v * x0[atX]
    if rows > 1 { s1 += v * x1[atX] }
    if rows > 2 { s2 += v * x2[atX] }
    if rows > 3 { s3 += v * x3[atX] }
    if rows > 4 { s4 += v * x4[atX] }
    if rows > 5 { s5 += v * x5[atX] }
    k &+= 1
    atX &+= x.columnStride
    atB &+= b.rowStride
  }
  @inline(always) func finish(_ r: Int, _ sum: V) {
    if r < rows { out.floats.store(sum, at: (row &+ r) &* out.rowStride &+ column) }
  }
  finish(0, s0)
  finish(1, s1)
  finish(2, s2)
  finish(3, s3)
  finish(4, s4)
  finish(5, s5)
}
