// Attention for heads of eight channels, as the default shape has them, or of a multiple of eight: eight at a time, whose
// queries and sums stay in registers from one loop over the keys to the next. All sums are those of `attend` and
// `attendBackward`, in the same order, so the bits are the same.

// region: attend-by-eights
/// ``attend(q:k:v:scores:attention:into:)`` for a D that is a multiple of 8.
package func attendByEights(q: Matrix, k: Matrix, v: Matrix, scores: Matrix, attention: Matrix, into out: Matrix) {
  precondition(q.rows == k.columns && q.rows == v.columns && q.rows == out.rows, "attendByEights: shapes must fit")
  precondition(q.rows % 8 == 0, "attendByEights: channels must come in eights")
  precondition(scores.rows == q.columns && attention.rows == q.columns, "attendByEights: scores must be (T, T)")
  let scale = inverseRoot(q.rows)
  let last = q.rows &- 8
  forEachVector(of: q) { first, keys in
    let position = numbers(from: first)
    sums(of: q, below: last, times: k, first, keys, into: scores)
    let query = EightRows(q, last, first)
    var top = Lanes(repeating: -.infinity)
    for s in 0..<keys {
      let start = last > 0 ? scores.lanes(s, first) : .zero
      let score = query.sum(from: start, times: k.floats, at: s &* k.rowStride &+ last) * scale
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
    fetched.store(in: out, 0, first)
    sums(of: attention, times: v, from: 8, first, keys, into: out)
    for s in keys..<attention.rows { attention.store(.zero, s, first) }
  }
}
// end region

// region: attend-backward-by-eights
/// ``attendBackward(_:q:k:v:attention:dAttention:dScores:turned:dq:dk:dv:)`` for a D that is a multiple of 8, but for where the
/// gradients of k and v go: each channel of theirs is a lane here.
///
/// - Parameters:
///   - dOut: gradient of out, (D, T).
///   - dRows: the same, (T, D).
///   - q: queries, (T, D).
///   - k: keys, (T, D).
///   - v: values, (T, D).
///   - attention: as in the forward pass.
///   - dAttention: output, (T, T).
///   - dScores: output, (T, T).
///   - dq: output, (D, T).
///   - dk: output, (T, D).
///   - dv: output, (T, D).
package func attendBackwardByEights(
  _ dOut: Matrix, rows dRows: Matrix, q: Matrix, k: Matrix, v: Matrix, attention: Matrix, dAttention: Matrix,
  dScores: Matrix, dq: Matrix, dk: Matrix, dv: Matrix
) {
  precondition(
    dOut.rows == k.columns && dOut.rows == v.columns && dOut.rows == dq.rows,
    "attendBackwardByEights: shapes must fit")
  precondition(dOut.rows % 8 == 0, "attendBackwardByEights: channels must come in eights")
  precondition(attention.rows == k.rows && dScores.rows == k.rows, "attendBackwardByEights: scores must be (T, T)")
  let scale = inverseRoot(dOut.rows)
  let last = dOut.rows &- 8
  forEachVector(of: dOut) { first, keys in
    sums(of: dOut, below: last, times: v, first, keys, into: dAttention)
    let dFetched = EightRows(dOut, last, first)
    var mean = Lanes.zero
    for s in 0..<keys {
      let start = last > 0 ? dAttention.lanes(s, first) : .zero
      let dShare = dFetched.sum(from: start, times: v.floats, at: s &* v.rowStride &+ last)
      dAttention.store(dShare, s, first)
      mean += dShare * attention.lanes(s, first)
    }
    var dQuery = EightRows()
    for s in 0..<keys {
      let dScore = (dAttention.lanes(s, first) - mean) * attention.lanes(s, first) * scale
      dScores.store(dScore, s, first)
      dQuery.add(dScore, times: k.floats, at: s &* k.rowStride)
    }
    dQuery.store(in: dq, 0, first)
    sums(of: dScores, times: k, from: 8, first, keys, into: dq)
    for s in keys..<dScores.rows { dScores.store(.zero, s, first) }
  }
  var channel = 0
  while channel < q.columns {
    for s in 0..<k.rows {
      var dKey = SIMD8<Float>.zero
      var dValue = SIMD8<Float>.zero
      for t in s..<q.rows {
        dKey += q.floats.eight(at: t &* q.rowStride &+ channel) * dScores[s, t]
        dValue += dRows.floats.eight(at: t &* dRows.rowStride &+ channel) * attention[s, t]
      }
      dk.floats.store(eight: dKey, at: s &* dk.rowStride &+ channel)
      dv.floats.store(eight: dValue, at: s &* dv.rowStride &+ channel)
    }
    channel &+= 8
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

/// `out[s][t] = ∑ᵢ x[i][t] · rows[s][i]` over the channels i < `end`, ascending, for the queries t of a vector; nothing where
/// `end` is 0.
@inline(always)
private func sums(of x: Matrix, below end: Int, times rows: Matrix, _ first: Int, _ keys: Int, into out: Matrix) {
  var channel = 0
  while channel < end {
    let eight = EightRows(x, channel, first)
    for s in 0..<keys {
      let start = channel > 0 ? out.lanes(s, first) : .zero
      out.store(eight.sum(from: start, times: rows.floats, at: s &* rows.rowStride &+ channel), s, first)
    }
    channel &+= 8
  }
}

/// `out[i][t] = ∑ₛ shares[s][t] · rows[s][i]` for the channels i ≥ `start`, and the queries t of a vector.
@inline(always)
private func sums(
  of shares: Matrix, times rows: Matrix, from start: Int, _ first: Int, _ keys: Int, into out: Matrix
) {
  var channel = start
  while channel < out.rows {
    var sums = EightRows()
    for s in 0..<keys { sums.add(shares.lanes(s, first), times: rows.floats, at: s &* rows.rowStride &+ channel) }
    sums.store(in: out, channel, first)
    channel &+= 8
  }
}
