/// out = x · wᵀ, element by element `out[r][n] = ∑ₖ x[r][k] · w[n][k]` with k ascending: the bits of ``multiply(_:_:from:into:)``
/// of the turned matrix.
///
/// A w that the nearest cache has room for is turned. A large one is read once, as it stands, and x and out are turned instead.
///
/// - Parameters:
///   - x: (R, K), columns side by side.
///   - w: (N, K), columns side by side, rows padded to 4.
///   - out: (R, N), columns side by side, rows padded to whole lanes; must not alias `x` or `w`.
///   - memory: ``transposedProductMemory(_:_:_:)`` floats to work in.
package func multiply(_ x: Matrix, transposed w: Matrix, into out: Matrix, memory: Floats) {
  precondition(
    x.rows == out.rows && x.columns == w.columns && w.rows == out.columns, "multiply: shapes must fit")
  func turned(_ rows: Int, _ columns: Int, in memory: Floats) -> Matrix {
    Matrix(memory, rows: rows, columns: columns, rowStride: paddedTo16(columns))
  }
  if w.isLarge {
    let turnedX = turned(x.columns, x.rows, in: memory)
    let turnedOut = turned(out.columns, out.rows, in: memory.from(x.columns &* turnedX.rowStride))
    transpose(x, into: turnedX)
    multiply(w, turnedX, into: turnedOut)
    transpose(turnedOut, into: out)
  } else {
    let turnedW = turned(w.columns, w.rows, in: memory)
    transpose(w, into: turnedW)
    multiply(x, turnedW, into: out)
  }
}

/// Floats that a product of R rows at most by a transposed (N, K) or (K, N) works in.
package func transposedProductMemory(_ r: Int, _ n: Int, _ k: Int) -> Int {
  max((n + k) * paddedTo16(r), n * paddedTo16(k), k * paddedTo16(n))
}
