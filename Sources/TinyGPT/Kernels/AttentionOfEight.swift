// Attention for heads of eight channels, as the default shape has them: queries and sums stay in registers from one loop over
// the keys to the next. All sums are those of `attend` and `attendBackward`, in the same order, so the bits are the same.

// region: attend-of-eight
/// ``attend(q:k:v:scores:attention:into:)`` for D = 8.
package func attendOfEight(q: Matrix, k: Matrix, v: Matrix, scores: Matrix, attention: Matrix, into out: Matrix) {
  precondition(q.rows == 8 && k.columns == 8 && v.columns == 8 && out.rows == 8, "attendOfEight: eight channels")
  precondition(scores.rows == q.columns && attention.rows == q.columns, "attendOfEight: scores must be (T, T)")
  let scale = inverseRoot(8)
  forEachVector(of: q) { first, keys in
    let position = numbers(from: first)
    let query = EightRows(q, first)
    var top = Lanes(repeating: -.infinity)
    for s in 0..<keys {
      let score = query.sum(times: k.floats, at: s &* k.rowStride) * scale
      scores.store(score, s, first)
      top = larger(top, score.replacing(with: -.infinity, where: position .< Float(s)))
    }
    var sum = Lanes.zero
    for s in 0..<keys {
      let share = exponential(scores.lanes(s, first) - top).replacing(with: 0, where: position .< Float(s))
      attention.store(share, s, first)
      sum += share
    }
    let inverse = 1 / sum
    var fetched = EightRows()
    for s in 0..<keys {
      let share = attention.lanes(s, first) * inverse
      attention.store(share, s, first)
      fetched.add(share, times: v.floats, at: s &* v.rowStride)
    }
    fetched.store(in: out, first)
    for s in keys..<attention.rows { attention.store(.zero, s, first) }
  }
}
// end region

// region: attend-backward-of-eight
/// ``attendBackward(_:q:k:v:attention:dAttention:dScores:turned:dq:dk:dv:)`` for D = 8, but for where the gradients of k and v
/// go: each channel of theirs is a lane here.
///
/// - Parameters:
///   - dOut: gradient of out, (8, T).
///   - dRows: the same, (T, 8).
///   - q: queries, (T, 8).
///   - k: keys, (T, 8).
///   - v: values, (T, 8).
///   - attention: as in the forward pass.
///   - dAttention: output, (T, T).
///   - dScores: output, (T, T).
///   - dq: output, (8, T).
///   - dk: output, (T, 8).
///   - dv: output, (T, 8).
package func attendBackwardOfEight(
  _ dOut: Matrix, rows dRows: Matrix, q: Matrix, k: Matrix, v: Matrix, attention: Matrix, dAttention: Matrix,
  dScores: Matrix, dq: Matrix, dk: Matrix, dv: Matrix
) {
  precondition(
    dOut.rows == 8 && k.columns == 8 && v.columns == 8 && dq.rows == 8, "attendBackwardOfEight: eight channels")
  precondition(attention.rows == k.rows && dScores.rows == k.rows, "attendBackwardOfEight: scores must be (T, T)")
  let scale = inverseRoot(8)
  forEachVector(of: dOut) { first, keys in
    let dFetched = EightRows(dOut, first)
    var mean = Lanes.zero
    for s in 0..<keys {
      let dShare = dFetched.sum(times: v.floats, at: s &* v.rowStride)
      dAttention.store(dShare, s, first)
      mean += dShare * attention.lanes(s, first)
    }
    var dQuery = EightRows()
    for s in 0..<keys {
      let dScore = (dAttention.lanes(s, first) - mean) * attention.lanes(s, first) * scale
      dScores.store(dScore, s, first)
      dQuery.add(dScore, times: k.floats, at: s &* k.rowStride)
    }
    dQuery.store(in: dq, first)
    for s in keys..<dScores.rows { dScores.store(.zero, s, first) }
  }
  sumsOverQueries(dScores, q, into: dk)
  sumsOverQueries(attention, dRows, into: dv)
}

/// `out[s] = ∑ₜ shares[s][t] · x[t]` for t ≥ s, ascending: x and out (T, 8).
@inline(always)
private func sumsOverQueries(_ shares: Matrix, _ x: Matrix, into out: Matrix) {
  for s in 0..<out.rows {
    var sum = SIMD8<Float>.zero
    for t in s..<x.rows { sum += x.floats.eight(at: t &* x.rowStride) * shares[s, t] }
    out.floats.store(eight: sum, at: s &* out.rowStride)
  }
}
// end region

/// Vectors of queries, each with the number of keys that it can see.
@inline(always)
private func forEachVector(of queries: Matrix, _ body: (_ first: Int, _ keys: Int) -> Void) {
  var first = 0
  while first < queries.columns {
    body(first, min(queries.columns, first &+ laneCount))
    first &+= laneCount
  }
}
