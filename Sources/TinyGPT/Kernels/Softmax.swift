// region: softmax
/// `p = e^(z - max z) / ∑ e^(z - max z)` along each row: a score per outcome becomes a share of 1.
///
/// - Parameters:
///   - z: scores, (T, V): a row of outcomes for each position.
///   - p: output, (T, V), padding 0; may be `z` itself.
///   - largest: output, (1, T): max z.
///   - sum: output, (1, T): ∑ e^(z - max z). With it the loss of outcome v is `ln sum - (z[v] - largest)`, in nats.
package func softmax(_ z: Matrix, into p: Matrix, largest: Matrix, sum: Matrix) {
  precondition(z.rows == p.rows && z.columns == p.columns, "softmax: shapes must fit")
  for t in 0..<z.rows {
    @inline(always) func scores(_ v: Int) -> Lanes {
      z.lanes(t, v).replacing(with: -.infinity, where: numbers(from: v) .>= Float(z.columns))
    }
    var highest = scores(0)
    forEachLanes(ofRow: t, of: z) { v in highest = larger(highest, scores(v)) }
    let top = largestLane(highest)
    forEachLanes(ofRow: t, of: z) { v in p.store(exponential(scores(v) - top), t, v) }
    let total = foldedSum(across: z.columns) { v in p.lanes(t, v) }
    let inverse = 1 / total
    forEachLanes(ofRow: t, of: z) { v in p.store(p.lanes(t, v) * inverse, t, v) }
    largest[0, t] = top
    sum[0, t] = total
  }
}
// end region

// region: softmax-loss-backward
/// Gradient of the mean loss: `dz[t][v] = (p[t][v] - [v is t's target]) / n`.
///
/// In the forward pass this was `loss = mean over t of ln sum - (z[target] - max)`.
///
/// - Parameters:
///   - p: shares, (T, V), padding 0.
///   - targets: the token that came next at each of the n = T positions.
///   - dz: output, (T, V), overwritten; padding 0.
package func softmaxLossBackward(_ p: Matrix, targets: View<UInt16>, into dz: Matrix) {
  precondition(targets.count == p.rows && dz.columns == p.columns, "softmaxLossBackward: shapes must fit")
  let weight = 1 / Float(targets.count)
  forEachLanes(of: p) { t, v in dz.store(p.lanes(t, v) * weight, t, v) }
  for t in 0..<targets.count {
    let target = Int(targets[t])
    dz[t, target] = (p[t, target] - 1) * weight
  }
}
// end region

/// What the lanes at `i` count: i, i + 1, …
@inline(always)
func numbers(from i: Int) -> Lanes {
  #if LANES16
    Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + Float(i)
  #elseif LANES8
    Lanes(0, 1, 2, 3, 4, 5, 6, 7) + Float(i)
  #else
    Lanes(0, 1, 2, 3) + Float(i)
  #endif
}
