/// ``rmsNorm(_:into:scale:)`` of columns: each lane is a position, so no sum crosses lanes. The same bits.
///
/// - Parameters:
///   - x: activations, (C, N).
///   - y: output, (C, N); may be `x` itself.
package func rmsNormOfColumns(_ x: Matrix, into y: Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "rmsNormOfColumns: shapes must fit")
  forEachLanes(ofRow: 0, of: x) { n in
    let squares = foldedSum(x.rows) { c in
      let value = x.lanes(c, n)
      return value * value
    }
    let scale = 1 / squareRoot(squares / Float(x.rows) + 1e-5)
    for c in 0..<x.rows { y.store(x.lanes(c, n) * scale, c, n) }
  }
}
