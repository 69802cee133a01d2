// region: relu
/// `y = max(x, 0)`, element by element.
///
/// - Parameters:
///   - x: (T, F).
///   - y: output, (T, F); may be `x` itself.
package func relu(_ x: Matrix, into y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "relu: shapes must fit")
  forEachLanes(of: x) { t, f in
    let value = x.lanes(t, f)
    y.store(value.replacing(with: 0, where: value .< 0), t, f)
  }
}
// end region

// region: relu-backward
/// Gradient of x: `dx = dy where y > 0, else 0`. In the forward pass this was `y = max(x, 0)`.
///
/// - Parameters:
///   - dy: gradient of y, (T, F).
///   - y: output of the forward pass, (T, F).
///   - dx: output, (T, F), overwritten; may be `dy` itself.
package func reluBackward(_ dy: Matrix, y: Matrix, into dx: Matrix) {
  precondition(dy.rows == y.rows && dx.rows == y.rows && dx.columns == y.columns, "reluBackward: shapes must fit")
  forEachLanes(of: y) { t, f in
    dx.store(dy.lanes(t, f).replacing(with: 0, where: y.lanes(t, f) .<= 0), t, f)
  }
}
// end region

/// Visits every row and every whole vector of columns.
@inline(always)
func forEachLanes(of matrix: Matrix, _ body: (_ row: Int, _ column: Int) -> Void) {
  for row in 0..<matrix.rows { forEachLanes(ofRow: row, of: matrix) { column in body(row, column) } }
}

/// Visits every whole vector of columns of a row.
@inline(always)
func forEachLanes(ofRow row: Int, of matrix: Matrix, _ body: (_ column: Int) -> Void) {
  var column = 0
  while column < matrix.columns {
    body(column)
    column &+= laneCount
  }
}
