/// out = xᵀ, copied: the only kernel that moves numbers across lanes.
///
/// - Parameters:
///   - x: (R, N), columns side by side, rows padded to whole lanes.
///   - out: (N, R), columns side by side, rows padded to 16; must not alias `x`. Its padding becomes 0.
package func transpose(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.columns && x.columns == out.rows, "transpose: shapes must fit")
  var row = 0
  while row < paddedTo16(out.columns) {
    var column = 0
    while column < x.columns {
      transposeTile(x, row, column, into: out)
      column &+= 4
    }
    row &+= 4
  }
}

/// Four by four, whatever the width of the lanes; rows past the last are zeros, columns past the last are left out.
@inline(always)
private func transposeTile(_ x: Matrix, _ row: Int, _ column: Int, into out: Matrix) {
  @inline(always) func four(_ row: Int) -> SIMD4<Float> { row < x.rows ? x.four(row, column) : .zero }
  let a = four(row)
  let b = four(row &+ 1)
  let c = four(row &+ 2)
  let d = four(row &+ 3)
  let count = x.columns &- column
  out.store(four: SIMD4(a[0], b[0], c[0], d[0]), column, row)
  if count > 1 { out.store(four: SIMD4(a[1], b[1], c[1], d[1]), column &+ 1, row) }
  if count > 2 { out.store(four: SIMD4(a[2], b[2], c[2], d[2]), column &+ 2, row) }
  if count > 3 { out.store(four: SIMD4(a[3], b[3], c[3], d[3]), column &+ 3, row) }
}
