// region: relu
/// `y = max(x, 0)`, element by element.
///
/// - Parameters:
///   - x: (F, T).
///   - y: output, (F, T); may be `x` itself.
package func relu(_ x: Matrix, into y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "relu: shapes must fit")
  forEachLanes(of: x) { f, t in
    let value = x.lanes(f, t)
    y.store(value.replacing(with: 0, where: value .< 0), f, t)
  }
}
// end region

// region: relu-backward
/// Gradient of x: `dx = dy where y > 0, else 0`. In the forward pass this was `y = max(x, 0)`.
///
/// - Parameters:
///   - dy: gradient of y, (F, T).
///   - y: output of the forward pass, (F, T).
///   - dx: output, (F, T), overwritten; may be `dy` itself.
package func reluBackward(_ dy: Matrix, y: Matrix, into dx: Matrix) {
  precondition(dy.rows == y.rows && dx.rows == y.rows && dx.columns == y.columns, "reluBackward: shapes must fit")
  forEachLanes(of: y) { f, t in
    dx.store(dy.lanes(f, t).replacing(with: 0, where: y.lanes(f, t) .<= 0), f, t)
  }
}
// end region

/// Visits every row and every whole vector of columns.
@inline(always)
func forEachLanes(of matrix: Matrix, _ body: (_ row: Int, _ column: Int) -> Void) {
  for row in 0..<matrix.rows {
    var column = 0
    while column < matrix.columns {
      body(row, column)
      column &+= laneCount
    }
  }
}
