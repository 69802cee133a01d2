// region: softmax
/// `p = e^(z - max z) / ∑ e^(z - max z)` down each column: a score per outcome becomes a share of 1.
///
/// - Parameters:
///   - z: scores, (V, T): outcomes down, positions in the lanes.
///   - p: output, (V, T); may be `z` itself.
///   - largest: output, (1, T): max z.
///   - sum: output, (1, T): ∑ e^(z - max z). With it the loss of outcome v is `ln sum - (z[v] - largest)`, in nats.
package func softmax(_ z: Matrix, into p: Matrix, largest: Matrix, sum: Matrix) {
  precondition(z.rows == p.rows && z.columns == p.columns, "softmax: shapes must fit")
  var t = 0
  while t < z.columns {
    var top = z.lanes(0, t)
    for v in 1..<z.rows { top = larger(top, z.lanes(v, t)) }
    for v in 0..<z.rows { p.store(exponential(z.lanes(v, t) - top), v, t) }
    let total = foldedSum(z.rows) { v in p.lanes(v, t) }
    let inverse = 1 / total
    for v in 0..<z.rows { p.store(p.lanes(v, t) * inverse, v, t) }
    largest.store(top, 0, t)
    sum.store(total, 0, t)
    t &+= laneCount
  }
}
// end region

// region: softmax-loss-backward
/// Gradient of the mean loss: `dz[v][t] = (p[v][t] - [v is t's target]) / n`, 0 in the padding.
///
/// In the forward pass this was `loss = mean over t of ln sum - (z[target] - max)`.
///
/// - Parameters:
///   - p: shares, (V, T).
///   - targets: the token that came next at each of the n = T positions.
///   - dz: output, (V, T), overwritten.
package func softmaxLossBackward(_ p: Matrix, targets: View<UInt16>, into dz: Matrix) {
  precondition(targets.count == p.columns && dz.rows == p.rows, "softmaxLossBackward: shapes must fit")
  let weight = 1 / Float(targets.count)
  for v in 0..<p.rows {
    var t = 0
    while t < p.columns {
      let inside = positions(from: t) .< Float(p.columns)
      dz.store(Lanes.zero.replacing(with: p.lanes(v, t) * weight, where: inside), v, t)
      t &+= laneCount
    }
  }
  for t in 0..<targets.count {
    let target = Int(targets[t])
    dz[target, t] = (p[target, t] - 1) * weight
  }
}
// end region

/// The positions that the lanes at column `t` hold: t, t + 1, …
@inline(always)
func positions(from t: Int) -> Lanes {
  #if LANES16
    Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + Float(t)
  #elseif LANES8
    Lanes(0, 1, 2, 3, 4, 5, 6, 7) + Float(t)
  #else
    Lanes(0, 1, 2, 3) + Float(t)
  #endif
}
