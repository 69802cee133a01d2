import CMath

/// out = xᵀ, copied: the only kernel that moves numbers across lanes.
///
/// - Parameters:
///   - x: (R, N), columns side by side, rows padded to whole lanes.
///   - out: (N, R), columns side by side, rows padded to whole lanes; must not alias `x`. Its padding becomes 0.
package func transpose(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.columns && x.columns == out.rows, "transpose: shapes must fit")
  var row = 0
  while row < out.columns {
    let isWhole = row &+ laneCount <= x.rows
    var column = 0
    while column < x.columns {
      if isWhole {
        transposeTile(x, row, column, true, into: out)
      } else {
        transposeTile(x, row, column, false, into: out)
      }
      column &+= 4
    }
    row &+= laneCount
  }
}

/// As many rows as there are lanes, by four columns; rows past the last are zeros, columns past the last are left out.
@inline(always)
private func transposeTile(_ x: Matrix, _ row: Int, _ column: Int, _ isWhole: Bool, into out: Matrix) {
  let a = fours(x, row, column, isWhole)
  let b = fours(x, row &+ 1, column, isWhole)
  let c = fours(x, row &+ 2, column, isWhole)
  let d = fours(x, row &+ 3, column, isWhole)
  // ab has a₀ b₀ a₁ b₁, AB has a₂ b₂ a₃ b₃, in each four of the lanes.
  let (ab, AB) = (interleaveLow(a, b), interleaveHigh(a, b))
  let (cd, CD) = (interleaveLow(c, d), interleaveHigh(c, d))
  let count = x.columns &- column
  out.store(joinLow(ab, cd), column, row)
  if count > 1 { out.store(joinHigh(ab, cd), column &+ 1, row) }
  if count > 2 { out.store(joinLow(AB, CD), column &+ 2, row) }
  if count > 3 { out.store(joinHigh(AB, CD), column &+ 3, row) }
}

/// Four columns of rows `row`, `row + 4`, …, as many as fill the lanes.
@inline(always)
private func fours(_ x: Matrix, _ row: Int, _ column: Int, _ isWhole: Bool) -> Lanes {
  @inline(always) func four(_ row: Int) -> SIMD4<Float> { isWhole || row < x.rows ? x.four(row, column) : .zero }
  #if LANES16
    return Lanes(
      lowHalf: SIMD8(lowHalf: four(row), highHalf: four(row &+ 4)),
      highHalf: SIMD8(lowHalf: four(row &+ 8), highHalf: four(row &+ 12)))
  #elseif LANES8
    return Lanes(lowHalf: four(row), highHalf: four(row &+ 4))
  #else
    return four(row)
  #endif
}
