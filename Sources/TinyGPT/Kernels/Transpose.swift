import CMath

/// out = xᵀ, copied: the only kernel that moves numbers across lanes.
///
/// - Parameters:
///   - x: (R, N), columns side by side, rows padded to 4.
///   - out: (N, R), columns side by side, rows padded to whole lanes; must not alias `x`. Its padding becomes 0.
package func transpose(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.columns && x.columns == out.rows, "transpose: shapes must fit")
  precondition(x.columnStride == 1 && out.columnStride == 1, "transpose: columns must stand side by side")
  let turning = Turning(x, into: out)
  #if LANES16
    // A tile of 16 rows has more addresses than there are registers: constants of the default sizes' strides need none.
    switch x.rowStride {
    case 32: turning.with(stride: 32).all()
    case 96: turning.with(stride: 96).all()
    default: turning.all()
    }
  #else
    turning.all()
  #endif
}

/// The operands of ``transpose(_:into:)``, taken apart once, as in a product.
private struct Turning {
  let x: Floats
  var xStride: Int
  let out: Floats, outStride: Int
  let rows: Int, columns: Int

  @inline(always)
  init(_ x: Matrix, into out: Matrix) {
    (self.x, xStride, self.out, outStride) = (x.floats, x.rowStride, out.floats, out.rowStride)
    (rows, columns) = (x.rows, x.columns)
  }

  /// The same work, with the stride of x, which the caller knows, as a constant.
  @inline(always)
  func with(stride: Int) -> Turning {
    var turning = self
    turning.xStride = stride
    return turning
  }

  @inline(always)
  func all() {
    let wholeColumns = columns & ~3
    var row = 0
    while row < rows {
      var column = 0
      if row &+ laneCount <= rows {
        while column < wholeColumns {
          tile(row, column, rows: laneCount, columns: 4)
          column &+= 4
        }
      }
      while column < columns {
        tile(row, column, rows: rows &- row, columns: columns &- column)
        column &+= 4
      }
      row &+= laneCount
    }
  }

  /// As many rows as there are lanes, by four columns; rows past the last of `rows` are zeros, columns past the last of
  /// `columns` are left out.
  @inline(always)
  func tile(_ row: Int, _ column: Int, rows: Int, columns: Int) {
    let at = row &* xStride &+ column
    let a = fours(at, 0, rows)
    let b = fours(at, 1, rows)
    let c = fours(at, 2, rows)
    let d = fours(at, 3, rows)
    // ab has a₀ b₀ a₁ b₁, AB has a₂ b₂ a₃ b₃, in each four of the lanes.
    let (ab, AB) = (interleaveLow(a, b), interleaveHigh(a, b))
    let (cd, CD) = (interleaveLow(c, d), interleaveHigh(c, d))
    let to = column &* outStride &+ row
    out.store(joinLow(ab, cd), at: to)
    if columns > 1 { out.store(joinHigh(ab, cd), at: to &+ outStride) }
    if columns > 2 { out.store(joinLow(AB, CD), at: to &+ 2 &* outStride) }
    if columns > 3 { out.store(joinHigh(AB, CD), at: to &+ 3 &* outStride) }
  }

  /// Four columns of rows `row`, `row + 4`, … of a tile at `at`, as many as fill the lanes.
  @inline(always)
  private func fours(_ at: Int, _ row: Int, _ rows: Int) -> Lanes {
    @inline(always) func four(_ row: Int) -> SIMD4<Float> { row < rows ? x.four(at: at &+ row &* xStride) : .zero }
    #if LANES16
      return laneJoin(four(row), four(row &+ 4), four(row &+ 8), four(row &+ 12))
    #elseif LANES8
      return laneJoin(four(row), four(row &+ 4))
    #else
      return four(row)
    #endif
  }
}
