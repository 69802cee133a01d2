extension Network {
  // region: forward
  /// Fills `a` for the name whose input tokens are `tokens` (T), reading the weights of block `p`.
  func forward(_ tokens: View<UInt16>, _ p: Floats, _ a: Activations, _ scratch: Scratch, off: Switches = Switches()) {
    embed(tokens, p, into: a.embedding)
    rmsNorm(a.embedding, into: a.stream, scale: a.embeddingScale)
    for index in 0..<config.nLayer {
      let x = a.input(ofLayer: index)
      attention(index, x, p, a.layer(index), off)
      mlp(index, p, a.layer(index), scratch, off)
    }
    multiply(a.output, lmHead(p), into: a.logits)
    softmax(a.logits, into: a.probabilities, largest: a.largestLogit, sum: a.sumOfExponentials)
  }
  // end region

  // region: embed
  /// `out[t] = wte[token t] + wpe[t]`.
  private func embed(_ tokens: View<UInt16>, _ p: Floats, into out: Matrix) {
    precondition(tokens.count == out.rows, "embed: a position for each token")
    let wte = wte(p)
    let wpe = wpe(p)
    forEachLanes(of: out) { t, c in out.store(wte.lanes(Int(tokens[t]), c) + wpe.lanes(t, c), t, c) }
  }
  // end region

  // region: attention-layer
  /// x + wo · attention(rmsnorm(x)).
  private func attention(_ index: Int, _ x: Matrix, _ p: Floats, _ a: Activations.Layer, _ off: Switches) {
    let w = layer(index)
    rmsNorm(x, into: a.attentionNorm, scale: a.attentionScale)
    multiply(a.attentionNorm, w.qkv(p), into: a.qkv)
    transpose(a.q, into: a.turnedQ)
    for head in 0..<config.nHead {
      let (q, k, v) = (a.turnedQ(ofHead: head), a.k(ofHead: head), a.v(ofHead: head))
      let (scores, shares, fetched) = (a.scores(head), a.attention(head), a.turnedFetched(byHead: head))
      if hasHeadsOfEights {
        attendByEights(q: q, k: k, v: v, scores: scores, attention: shares, into: fetched)
      } else {
        attend(q: q, k: k, v: v, scores: scores, attention: shares, into: fetched)
      }
      if off.isHeadOff(layer: index, head: head, config) { clear(fetched) }
    }
    transpose(a.turnedHeads, into: a.heads)
    multiply(a.heads, w.wo(p), from: x, into: a.streamAfterAttention)
  }
  // end region

  // region: mlp-layer
  /// x + fc2 · relu(fc1 · rmsnorm(x)).
  private func mlp(_ index: Int, _ p: Floats, _ a: Activations.Layer, _ scratch: Scratch, _ off: Switches) {
    let w = layer(index)
    rmsNorm(a.streamAfterAttention, into: a.mlpNorm, scale: a.mlpScale)
    multiply(a.mlpNorm, transposed: w.fc1(p), into: a.mlpHidden, memory: scratch.matrix)
    relu(a.mlpHidden, into: a.mlpActive)
    if off.isMLPOff(layer: index) { clear(a.mlpActive) }
    let active = scratch.active(ofLayer: index)
    active.find(in: a.mlpActive)
    multiplySparse(a.mlpActive, at: active, w.fc2(p), from: a.streamAfterAttention, into: a.streamAfterMLP)
  }
  // end region
}

/// Zeros, padding included.
func clear(_ x: Matrix) {
  if x.paddedColumns == x.rowStride { return x.floats.slice(0, x.rows &* x.rowStride).fill(0) }
  forEachLanes(of: x) { row, column in x.store(.zero, row, column) }
}

/// out = x.
func copy(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.rows && x.columns == out.columns, "copy: shapes must fit")
  forEachLanes(of: x) { row, column in out.store(x.lanes(row, column), row, column) }
}
