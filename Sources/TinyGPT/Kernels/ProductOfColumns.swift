/// out = start + wᵀ · x, element by element `out[o][n] = start[o][n] + ∑ₖ w[k][o] · x[k][n]` with k ascending: the bits of
/// ``multiply(_:_:from:into:)`` of the transposed weights, for a few positions that stand in the lanes.
///
/// Outputs stand side by side in w, so that a tile of sums finds its weights side by side too.
///
/// - Parameters:
///   - x: (K, N), N at most a few lanes.
///   - w: (K, O).
///   - start: (O, N), or nil for zeros; must not alias `out`.
///   - out: (O, N); must not alias `x`.
/// - Precondition: rows of `x`, `start` and `out` are padded to whole lanes.
package func multiplyColumns(_ x: Matrix, by w: Matrix, from start: Matrix? = nil, into out: Matrix) {
  precondition(
    w.rows == x.rows && w.columns == out.rows && x.columns == out.columns, "multiplyColumns: shapes must fit")
  precondition((start?.rows ?? out.rows) == out.rows, "multiplyColumns: start must have the shape of out")
  guard out.rows >= 8 else { return multiply(w.transposed, x, from: start, into: out) }
  ColumnProduct(x, w, from: start, into: out).all(out.paddedColumns)
}

/// The operands of ``multiplyColumns(_:by:from:into:)``, taken apart once.
private struct ColumnProduct {
  let x: Floats, xStride: Int
  let w: Floats, wStride: Int
  let start: Floats?, startStride: Int
  let out: Floats, outStride: Int
  let rows: Int
  /// The inner length.
  let count: Int

  @inline(always)
  init(_ x: Matrix, _ w: Matrix, from start: Matrix?, into out: Matrix) {
    (self.x, xStride) = (x.floats, x.rowStride)
    (self.w, wStride) = (w.floats, w.rowStride)
    (self.start, startStride) = (start?.floats, start?.rowStride ?? 0)
    (self.out, outStride) = (out.floats, out.rowStride)
    (rows, count) = (out.rows, x.rows)
  }

  /// All of it, `width` columns in whole vectors.
  @inline(always)
  func all(_ width: Int) {
    var column = 0
    while column < width {
      switch (width &- column) / laneCount {
      case 1:
        rows(0, from: column)
        column &+= laneCount
      case 2, 3:
        rows(1, from: column)
        column &+= 2 &* laneCount
      default:
        rows(2, from: column)
        column &+= 4 &* laneCount
      }
    }
  }

  /// 2^`split` vectors of columns, a constant at each call. The last rows are computed as a full tile that overlaps the one
  /// before.
  @inline(always)
  private func rows(_ split: Int, from column: Int) {
    let height = 8 &>> split
    var row = 0
    while row &+ height <= rows {
      tile(split, row, column)
      row &+= height
    }
    if row < rows { tile(split, rows &- height, column) }
  }

  /// Eight sums in registers over the whole inner length: sum i belongs to row i / 2^split and vector i mod 2^split.
  @inline(always)
  private func tile(_ split: Int, _ row: Int, _ column: Int) {
    var s0 = first(0, split, row, column), s1 = first(1, split, row, column), s2 = first(2, split, row, column)
    var s3 = first(3, split, row, column), s4 = first(4, split, row, column), s5 = first(5, split, row, column)
    var s6 = first(6, split, row, column), s7 = first(7, split, row, column)
    var (atW, atX) = (row, column)
    for _ in 0..<count {
      s0 += term(0, split, atW, atX)
      s1 += term(1, split, atW, atX)
      s2 += term(2, split, atW, atX)
      s3 += term(3, split, atW, atX)
      s4 += term(4, split, atW, atX)
      s5 += term(5, split, atW, atX)
      s6 += term(6, split, atW, atX)
      s7 += term(7, split, atW, atX)
      atW &+= wStride
      atX &+= xStride
    }
    store(s0, 0, split, row, column)
    store(s1, 1, split, row, column)
    store(s2, 2, split, row, column)
    store(s3, 3, split, row, column)
    store(s4, 4, split, row, column)
    store(s5, 5, split, row, column)
    store(s6, 6, split, row, column)
    store(s7, 7, split, row, column)
  }

  /// Where sum i stands in a tile.
  @inline(always)
  private func place(_ i: Int, _ split: Int) -> (row: Int, column: Int) {
    (i &>> split, (i & (1 &<< split &- 1)) &* laneCount)
  }

  /// What sum i starts from.
  @inline(always)
  private func first(_ i: Int, _ split: Int, _ row: Int, _ column: Int) -> Lanes {
    guard let start else { return .zero }
    let place = place(i, split)
    return start.lanes(at: (row &+ place.row) &* startStride &+ column &+ place.column)
  }

  /// The next term of sum i, given where the inner index stands in w and x.
  @inline(always)
  private func term(_ i: Int, _ split: Int, _ atW: Int, _ atX: Int) -> Lanes {
    let place = place(i, split)
    return x.lanes(at: atX &+ place.column) * w[atW &+ place.row]
  }

  @inline(always)
  private func store(_ sum: Lanes, _ i: Int, _ split: Int, _ row: Int, _ column: Int) {
    let place = place(i, split)
    out.store(sum, at: (row &+ place.row) &* outStride &+ column &+ place.column)
  }
}
