extension Network {
  // region: forward
  /// Fills `a` for the name whose input tokens are `tokens` (T), reading the weights of block `p`.
  func forward(_ tokens: View<UInt16>, _ p: Floats, _ a: Activations, off: Switches = Switches()) {
    embed(tokens, p, into: a.embedding)
    rmsNorm(a.embedding, into: a.stream, scale: a.embeddingScale)
    for index in 0..<config.nLayer {
      let x = a.input(ofLayer: index)
      attention(index, x, p, a.layer(index), off)
      mlp(index, p, a.layer(index), off)
    }
    multiply(lmHead(p), a.output, into: a.logits)
    softmax(a.logits, into: a.probabilities, largest: a.largestLogit, sum: a.sumOfExponentials)
  }
  // end region

  // region: embed
  /// `out[c][t] = wte[token t][c] + wpe[t][c]`, zeros in the padding.
  private func embed(_ tokens: View<UInt16>, _ p: Floats, into out: Matrix) {
    precondition(tokens.count == out.columns, "embed: a position for each token")
    let wte = wte(p)
    let wpe = wpe(p)
    for c in 0..<out.rows {
      let row = out.floats.from(c &* out.rowStride)
      for t in 0..<tokens.count { row[t] = wte[Int(tokens[t]), c] + wpe[t, c] }
      for t in tokens.count..<out.paddedColumns { row[t] = 0 }
    }
  }
  // end region

  // region: attention-layer
  /// x + wo · attention(rmsnorm(x)).
  private func attention(_ index: Int, _ x: Matrix, _ p: Floats, _ a: Activations.Layer, _ off: Switches) {
    let weights = layer(index, p)
    rmsNorm(x, into: a.attentionNorm, scale: a.attentionScale)
    multiply(weights.qkv, a.attentionNorm, into: a.qkv)
    for head in 0..<config.nHead {
      let first = head &* config.headDim
      attend(
        q: a.q.rows(first, config.headDim), k: a.k.rows(first, config.headDim), v: a.v.rows(first, config.headDim),
        scores: a.scores(head), attention: a.attention(head), into: a.heads.rows(first, config.headDim))
      if off.isHeadOff(layer: index, head: head, config) { clear(a.heads.rows(first, config.headDim)) }
    }
    multiply(weights.wo, a.heads, from: x, into: a.streamAfterAttention)
  }
  // end region

  // region: mlp-layer
  /// x + fc2 · relu(fc1 · rmsnorm(x)).
  private func mlp(_ index: Int, _ p: Floats, _ a: Activations.Layer, _ off: Switches) {
    let weights = layer(index, p)
    rmsNorm(a.streamAfterAttention, into: a.mlpNorm, scale: a.mlpScale)
    multiply(weights.fc1, a.mlpNorm, into: a.mlpHidden)
    relu(a.mlpHidden, into: a.mlpActive)
    if off.isMLPOff(layer: index) { clear(a.mlpActive) }
    multiply(weights.fc2, a.mlpActive, from: a.streamAfterAttention, into: a.streamAfterMLP)
  }
  // end region
}

/// Zeros, padding included.
func clear(_ x: Matrix) {
  forEachLanes(of: x) { row, column in x.store(.zero, row, column) }
}

/// out = x.
func copy(_ x: Matrix, into out: Matrix) {
  precondition(x.rows == out.rows && x.columns == out.columns, "copy: shapes must fit")
  forEachLanes(of: x) { row, column in out.store(x.lanes(row, column), row, column) }
}
