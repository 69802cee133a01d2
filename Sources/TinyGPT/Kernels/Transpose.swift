/// out = xᵀ, copied: the only kernel that moves numbers across lanes.
///
/// - Parameters:
///   - x: (R, N), columns side by side, rows padded to whole lanes.
///   - out: (N, R), columns side by side, rows padded to whole lanes; must not alias `x`. Its padding becomes 0.
package func transpose(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.columns && x.columns == out.rows, "transpose: shapes must fit")
  var row = 0
  while row &+ laneCount <= x.rows {
    var column = 0
    while column &+ laneCount <= x.columns {
      transposeTile(x, row, column, into: out)
      column &+= laneCount
    }
    while column < x.columns {
      out.store(Lanes(x[row, column], x[row &+ 1, column], x[row &+ 2, column], x[row &+ 3, column]), column, row)
      column &+= 1
    }
    row &+= laneCount
  }
  if row < x.rows {
    for column in 0..<x.columns {
      var lanes = Lanes.zero
      for r in row..<x.rows { lanes[r &- row] = x[r, column] }
      out.store(lanes, column, row)
    }
  }
}

@inline(always)
private func transposeTile(_ x: Matrix, _ row: Int, _ column: Int, into out: Matrix) {
  let a = x.lanes(row, column)
  let b = x.lanes(row &+ 1, column)
  let c = x.lanes(row &+ 2, column)
  let d = x.lanes(row &+ 3, column)
  out.store(Lanes(a[0], b[0], c[0], d[0]), column, row)
  out.store(Lanes(a[1], b[1], c[1], d[1]), column &+ 1, row)
  out.store(Lanes(a[2], b[2], c[2], d[2]), column &+ 2, row)
  out.store(Lanes(a[3], b[3], c[3], d[3]), column &+ 3, row)
}
