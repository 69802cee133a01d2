// region: rms-norm
/// Scales each position to unit root mean square: `y = x · scale`, `scale = 1 / √(mean(x²) + ε)`, ε = 1e-5, no gain.
///
/// - Parameters:
///   - x: activations, (C, T): channels down, positions in the lanes.
///   - y: output, (C, T); may be `x` itself.
///   - scale: output, (1, T); kept for ``rmsNormBackward(_:y:scale:into:)``.
/// - Note: Source: microgpt `rmsnorm`; Zhang & Sennrich 2019, arXiv:1910.07467.
package func rmsNorm(_ x: Matrix, into y: Matrix, scale: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns && scale.columns == x.columns, "rmsNorm: shapes must fit")
  var t = 0
  while t < x.columns {
    let squares = foldedSum(x.rows) { c in
      let value = x.lanes(c, t)
      return value * value
    }
    let s = 1 / squareRoot(squares / Float(x.rows) + 1e-5)
    scale.store(s, 0, t)
    for c in 0..<x.rows { y.store(x.lanes(c, t) * s, c, t) }
    t &+= laneCount
  }
}
// end region

// region: rms-norm-backward
/// Adds the gradient of x: `dx += scale · (dy - y · mean(dy · y))`.
///
/// In the forward pass this was `y = x · scale`; a change of x also changes the scale, which takes away the part of dy
/// that points along y.
///
/// - Parameters:
///   - dy: gradient of y, (C, T).
///   - y: output of the forward pass, (C, T).
///   - scale: as kept by ``rmsNorm(_:into:scale:)``, (1, T).
///   - dx: gradient of x, (C, T), added to; may be `dy` itself only when that is meant.
package func rmsNormBackward(_ dy: Matrix, y: Matrix, scale: Matrix, into dx: Matrix) {
  precondition(dy.rows == y.rows && dx.rows == y.rows && dx.columns == y.columns, "rmsNormBackward: shapes must fit")
  var t = 0
  while t < y.columns {
    let products = foldedSum(y.rows) { c in dy.lanes(c, t) * y.lanes(c, t) }
    let along = products / Float(y.rows)
    let s = scale.lanes(0, t)
    for c in 0..<y.rows {
      let change = (dy.lanes(c, t) - y.lanes(c, t) * along) * s
      dx.store(dx.lanes(c, t) + change, c, t)
    }
    t &+= laneCount
  }
}
// end region
