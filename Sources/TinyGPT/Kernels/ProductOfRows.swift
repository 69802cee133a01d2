/// out = w · x for some rows of w alone: `out[n][r] = ∑ₖ w[n][k] · x[k][r]` with k ascending, the bits of
/// ``multiply(_:_:from:into:)``, for the n that are listed. Other rows of out are not defined.
///
/// - Parameters:
///   - w: (N, K), columns side by side.
///   - rows: its columns that are not 0 in any row are the rows of w to multiply.
///   - x: (K, R), columns side by side.
///   - out: (N, R), columns side by side; must not alias `w` or `x`.
/// - Precondition: rows of `x` and `out` are padded to whole lanes: the padding is computed along.
package func multiplyRows(of w: Matrix, at rows: Nonzeros, _ x: Matrix, into out: Matrix) {
  precondition(w.rows == out.rows && w.columns == x.rows && x.columns == out.columns, "multiplyRows: shapes must fit")
  precondition(
    w.columnStride == 1 && x.columnStride == 1 && out.columnStride == 1, "multiplyRows: columns must stand side by side"
  )
  let product = RowProduct(
    w: w.floats, wStride: w.rowStride, x: x.floats, xStride: x.rowStride, out: out.floats, outStride: out.rowStride,
    count: x.rows, rows: rows)
  var column = 0
  while column < out.columns {
    if out.columns &- column > laneCount {
      product.tiles(1, from: column)
      column &+= 2 &* laneCount
    } else {
      product.tiles(0, from: column)
      column &+= laneCount
    }
  }
}

/// The operands of ``multiplyRows(of:at:_:into:)``, taken apart once.
private struct RowProduct {
  let w: Floats, wStride: Int
  let x: Floats, xStride: Int
  let out: Floats, outStride: Int
  /// The inner length.
  let count: Int
  let rows: Nonzeros

  /// 2^`split` vectors of columns, a constant at each call. After the last row the list says 0: that row is computed along.
  @inline(always)
  func tiles(_ split: Int, from column: Int) {
    let places = rows.placesOfAnyRow
    var place = places.lowerBound
    while place < places.upperBound {
      tile(split, place, column)
      place &+= 8 &>> split
    }
  }

  /// Eight sums in registers over the whole inner length: sum i belongs to the row at place i / 2^split and vector
  /// i mod 2^split.
  @inline(always)
  private func tile(_ split: Int, _ place: Int, _ column: Int) {
    let row0 = rows.column(at: place), row1 = rows.column(at: place &+ 1 &>> split)
    let row2 = rows.column(at: place &+ 2 &>> split), row3 = rows.column(at: place &+ 3 &>> split)
    let row4 = rows.column(at: place &+ 4 &>> split), row5 = rows.column(at: place &+ 5 &>> split)
    let row6 = rows.column(at: place &+ 6 &>> split), row7 = rows.column(at: place &+ 7 &>> split)
    let (w0, w1, w2, w3) = (row0 &* wStride, row1 &* wStride, row2 &* wStride, row3 &* wStride)
    let (w4, w5, w6, w7) = (row4 &* wStride, row5 &* wStride, row6 &* wStride, row7 &* wStride)
    let odd = (1 &<< split &- 1) &* laneCount
    var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero, s3 = Lanes.zero
    var s4 = Lanes.zero, s5 = Lanes.zero, s6 = Lanes.zero, s7 = Lanes.zero
    var atX = column
    for k in 0..<count {
      s0 += x.lanes(at: atX) * w[w0 &+ k]
      s1 += x.lanes(at: atX &+ odd) * w[w1 &+ k]
      s2 += x.lanes(at: atX) * w[w2 &+ k]
      s3 += x.lanes(at: atX &+ odd) * w[w3 &+ k]
      s4 += x.lanes(at: atX) * w[w4 &+ k]
      s5 += x.lanes(at: atX &+ odd) * w[w5 &+ k]
      s6 += x.lanes(at: atX) * w[w6 &+ k]
      s7 += x.lanes(at: atX &+ odd) * w[w7 &+ k]
      atX &+= xStride
    }
    out.store(s0, at: row0 &* outStride &+ column)
    out.store(s1, at: row1 &* outStride &+ column &+ odd)
    out.store(s2, at: row2 &* outStride &+ column)
    out.store(s3, at: row3 &* outStride &+ column &+ odd)
    out.store(s4, at: row4 &* outStride &+ column)
    out.store(s5, at: row5 &* outStride &+ column &+ odd)
    out.store(s6, at: row6 &* outStride &+ column)
    out.store(s7, at: row7 &* outStride &+ column &+ odd)
  }
}
