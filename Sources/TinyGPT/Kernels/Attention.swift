// region: attend
/// Causal attention of one head: every position looks back at itself and the positions before it.
///
///     scores[s][t] = k[s] · q[t] / √D        for s ≤ t
///     attention[s][t] = softmax over s       exactly 0 for s > t
///     out[t] = ∑ₛ attention[s][t] v[s]
///
/// Queries stand in the lanes, so no sum runs across lanes; the sum over keys runs in their order.
///
/// - Parameters:
///   - q: queries, (D, T): the head's channels down, positions in the lanes.
///   - k: keys, (T, D).
///   - v: values, (T, D).
///   - scores: output, (T, T), key by query; what lies above the diagonal is not defined.
///   - attention: output, (T, T), key by query.
///   - out: output, (D, T).
/// - Note: Source: Vaswani et al. 2017, arXiv:1706.03762, section 3.2.1.
package func attend(q: Matrix, k: Matrix, v: Matrix, scores: Matrix, attention: Matrix, into out: Matrix) {
  precondition(scores.rows == q.columns && attention.rows == q.columns, "attend: scores must be (T, T)")
  forEachQueryBlock(q.columns) { first, count, keys in
    let blockScores = scores.rows(0, keys).columns(first, count)
    let blockAttention = attention.columns(first, count)
    multiply(k.rows(0, keys), q.columns(first, count), into: blockScores)
    causalSoftmax(blockScores, firstQuery: first, headDim: q.rows, into: blockAttention)
    multiply(v.rows(0, keys).transposed, blockAttention.rows(0, keys), into: out.columns(first, count))
  }
}
// end region

// region: attend-backward
/// Gradients of q, k and v, overwritten, walking ``attend(q:k:v:scores:attention:into:)`` backwards.
///
/// - Parameters:
///   - dOut: gradient of out, (D, T).
///   - q: queries, (T, D).
///   - k: keys, (T, D).
///   - v: values, (T, D).
///   - attention: as in the forward pass.
///   - dAttention: output, (T, T): gradient of attention, `dAttention[s][t] = v[s] · dOut[t]`.
///   - dScores: output, (T, T): gradient of the scores, exactly 0 for s > t.
///   - turned: scratch, (T, T), rows padded to whole lanes.
///   - dq: output, (D, T).
///   - dk: output, (D, T).
///   - dv: output, (D, T).
@inline(never)  // Two forms of the backward pass share it.
package func attendBackward(
  _ dOut: Matrix, q: Matrix, k: Matrix, v: Matrix, attention: Matrix, dAttention: Matrix, dScores: Matrix,
  turned: Matrix, dq: Matrix, dk: Matrix, dv: Matrix
) {
  precondition(attention.rows == q.rows && dScores.rows == q.rows, "attendBackward: scores must be (T, T)")
  forEachQueryBlock(q.rows) { first, count, keys in
    let blockGradients = dAttention.rows(0, keys).columns(first, count)
    let blockScores = dScores.columns(first, count)
    // this was: out[t] = ∑ₛ attention[s][t] v[s]
    multiply(v.rows(0, keys), dOut.columns(first, count), into: blockGradients)
    // this was: attention = softmax(scores), scores = (k · q) / √D
    causalSoftmaxBackward(
      blockGradients, attention: attention.columns(first, count), firstQuery: first, headDim: dq.rows,
      into: blockScores)
    multiply(k.rows(0, keys).transposed, blockScores.rows(0, keys), into: dq.columns(first, count))
  }
  // k and v meet all later queries: their sums run over t, so keys move into the lanes.
  transpose(dScores, into: turned)
  multiply(q.transposed, turned, into: dk)
  transpose(attention, into: turned)
  multiply(dOut, turned, into: dv)
}
// end region

/// Queries in blocks of whole lanes, each with the keys that it can see: this leaves out up to half of the work.
@inline(always)
private func forEachQueryBlock(_ length: Int, _ body: (_ first: Int, _ count: Int, _ keys: Int) -> Void) {
  var first = 0
  while first < length {
    let count = min(2 &* laneCount, length &- first)
    body(first, count, first &+ count)
    first &+= count
  }
}

// region: causal-softmax
/// Scales scores (K, N) by 1 / √D in place and turns each column into shares; `firstQuery` is the position of column 0.
/// Rows of `attention` (T, N) past the last key become 0.
@inline(always)
private func causalSoftmax(_ scores: Matrix, firstQuery: Int, headDim: Int, into attention: Matrix) {
  let scale = inverseRoot(headDim)
  var column = 0
  while column < scores.columns {
    let query = numbers(from: firstQuery &+ column)
    let keys = min(scores.rows, firstQuery &+ column &+ laneCount)
    var top = Lanes(repeating: -.infinity)
    for s in 0..<keys {
      let score = scores.lanes(s, column) * scale
      scores.store(score, s, column)
      top = larger(top, score.replacing(with: -.infinity, where: query .< Float(s)))
    }
    var sum = Lanes.zero
    for s in 0..<keys {
      let share = exponential(scores.lanes(s, column) - top).replacing(with: 0, where: query .< Float(s))
      attention.store(share, s, column)
      sum += share
    }
    let inverse = 1 / sum
    for s in 0..<keys { attention.store(attention.lanes(s, column) * inverse, s, column) }
    for s in keys..<attention.rows { attention.store(.zero, s, column) }
    column &+= laneCount
  }
}
// end region

// region: causal-softmax-backward
/// `dScores[s][t] = attention[s][t] (dAttention[s][t] - ∑ᵣ attention[r][t] dAttention[r][t]) / √D`.
@inline(always)
private func causalSoftmaxBackward(
  _ dAttention: Matrix, attention: Matrix, firstQuery: Int, headDim: Int, into dScores: Matrix
) {
  let scale = inverseRoot(headDim)
  var column = 0
  while column < dAttention.columns {
    let keys = min(dAttention.rows, firstQuery &+ column &+ laneCount)
    var mean = Lanes.zero
    for s in 0..<keys { mean += dAttention.lanes(s, column) * attention.lanes(s, column) }
    for s in 0..<keys {
      dScores.store((dAttention.lanes(s, column) - mean) * attention.lanes(s, column) * scale, s, column)
    }
    for s in keys..<dScores.rows { dScores.store(.zero, s, column) }
    column &+= laneCount
  }
}
// end region

/// 1 / √D, rounded once to float.
@inline(__always)
package func inverseRoot(_ headDim: Int) -> Float { Float(1 / squareRoot(Double(headDim))) }
