// region: rms-norm
/// Scales each position to unit root mean square: `y = x · scale`, `scale = 1 / √(mean(x²) + ε)`, ε = 1e-5, no gain.
///
/// - Parameters:
///   - x: activations, (T, C), padding 0.
///   - y: output, (T, C); may be `x` itself.
///   - scale: output, (1, T); kept for ``rmsNormBackward(_:y:scale:into:)``.
/// - Note: Source: microgpt `rmsnorm`; Zhang & Sennrich 2019, arXiv:1910.07467.
package func rmsNorm(_ x: Matrix, into y: Matrix, scale: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns && scale.columns == x.rows, "rmsNorm: shapes must fit")
  for t in 0..<x.rows {
    scale[0, t] = foldedSum(across: x.columns) { c in
      let value = x.lanes(t, c)
      return value * value
    }
  }
  forEachLanes(of: scale) { _, t in
    scale.store(1 / squareRoot(scale.lanes(0, t) / Float(x.columns) + 1e-5), 0, t)
  }
  for t in 0..<x.rows {
    let s = scale[0, t]
    forEachLanes(ofRow: t, of: x) { c in y.store(x.lanes(t, c) * s, t, c) }
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
///   - dy: gradient of y, (T, C), padding 0.
///   - y: output of the forward pass, (T, C), padding 0.
///   - scale: as kept by ``rmsNorm(_:into:scale:)``, (1, T).
///   - dx: gradient of x, (T, C), added to; may be `dy` itself only when that is meant.
package func rmsNormBackward(_ dy: Matrix, y: Matrix, scale: Matrix, into dx: Matrix) {
  precondition(dy.rows == y.rows && dx.rows == y.rows && dx.columns == y.columns, "rmsNormBackward: shapes must fit")
  for t in 0..<y.rows {
    let along = foldedSum(across: y.columns) { c in dy.lanes(t, c) * y.lanes(t, c) } / Float(y.columns)
    let s = scale[0, t]
    forEachLanes(ofRow: t, of: y) { c in
      let change = (dy.lanes(t, c) - y.lanes(t, c) * along) * s
      dx.store(dx.lanes(t, c) + change, t, c)
    }
  }
}
// end region
