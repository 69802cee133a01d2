extension Network {
  /// Walks ``forward(_:_:_:_:off:)`` backwards: fills `d` with the gradient of every activation of the mean loss over the n
  /// predictions of one name, and `g` with the gradient of every weight.
  ///
  /// - Parameters:
  ///   - tokens: input tokens, (T).
  ///   - targets: the token that came next, (T).
  ///   - p: weights.
  ///   - a: activations of the forward pass.
  ///   - d: their gradients, overwritten.
  ///   - g: gradients of the weights, overwritten (padding excepted, which stays 0).
  ///   - scratch: memory to work in.
  ///   - off: what was off in the forward pass.
  func backward(
    _ tokens: View<UInt16>, targets: View<UInt16>, _ p: Floats, _ a: Activations, _ d: Activations, into g: Floats,
    _ scratch: Scratch, off: Switches = Switches()
  ) {
    softmaxLossBackward(a.probabilities, targets: targets, into: d.logits)
    // this was: logits = lm_head · x
    multiply(d.logits, scratch.turned(lmHead(p)), into: d.output)
    weightGradient(d.logits, a.output, into: lmHead(g))
    for index in (0..<config.nLayer).reversed() {
      mlpBackward(index, p, a.layer(index), d.layer(index), g, scratch, off)
      attentionBackward(index, p, a, d, g, scratch, off)
    }
    // this was: x = rmsnorm(wte[token] + wpe[position])
    clear(d.embedding)
    rmsNormBackward(d.stream, y: a.stream, scale: a.embeddingScale, into: d.embedding)
    embedBackward(tokens, d.embedding, wte(g), wpe(g))
  }

  // region: mlp-backward
  private func mlpBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer, _ g: Floats,
    _ scratch: Scratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    let dWeights = layer(index, g)
    // this was: streamAfterMLP = streamAfterAttention + fc2 · relu(fc1 · norm)
    multiply(d.streamAfterMLP, scratch.turned(weights.fc2), into: d.mlpActive)
    multiplySparse(transposed: a.mlpActive, d.streamAfterMLP, into: dWeights.fc2)
    if off.isMLPOff(layer: index) { clear(d.mlpActive) }
    reluBackward(d.mlpActive, y: a.mlpActive, into: d.mlpHidden)
    multiplySparse(d.mlpHidden, weights.fc1, into: d.mlpNorm)
    multiplySparse(transposed: d.mlpHidden, a.mlpNorm, into: dWeights.fc1)
    copy(d.streamAfterMLP, into: d.streamAfterAttention)
    rmsNormBackward(d.mlpNorm, y: a.mlpNorm, scale: a.mlpScale, into: d.streamAfterAttention)
  }
  // end region

  // region: attention-backward
  private func attentionBackward(
    _ index: Int, _ p: Floats, _ activations: Activations, _ gradients: Activations, _ g: Floats,
    _ scratch: Scratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    let dWeights = layer(index, g)
    let a = activations.layer(index)
    let d = gradients.layer(index)
    // this was: streamAfterAttention = x + wo · heads
    multiply(d.streamAfterAttention, scratch.turned(weights.wo), into: d.heads)
    weightGradient(d.streamAfterAttention, a.heads, into: dWeights.wo)
    transpose(d.heads, into: d.turnedHeads)
    for head in 0..<config.nHead {
      if off.isHeadOff(layer: index, head: head, config) { clear(d.out(ofHead: head)) }
      attendBackward(
        d.out(ofHead: head), q: a.q(ofHead: head), k: a.k(ofHead: head), v: a.v(ofHead: head),
        attention: a.attention(head), dAttention: d.attention(head), dScores: d.scores(head),
        turned: scratch.square(activations.positions), dq: d.q(ofHead: head), dk: d.k(ofHead: head),
        dv: d.v(ofHead: head))
    }
    transpose(d.turnedQKV, into: d.qkv)
    // this was: q, k, v = wq, wk, wv · norm
    multiply(d.qkv, scratch.turned(weights.qkv), into: d.attentionNorm)
    weightGradient(d.qkv, a.attentionNorm, into: dWeights.qkv)
    let dx = gradients.input(ofLayer: index)
    copy(d.streamAfterAttention, into: dx)
    rmsNormBackward(d.attentionNorm, y: a.attentionNorm, scale: a.attentionScale, into: dx)
  }
  // end region

  // region: embed-backward
  /// `dwte[token] += dx` and `dwpe[position] = dx`, position after position. This was: `x = wte[token] + wpe[position]`.
  private func embedBackward(_ tokens: View<UInt16>, _ dx: Matrix, _ dwte: Matrix, _ dwpe: Matrix) {
    clear(dwte)
    clear(dwpe)
    forEachLanes(of: dx) { t, c in
      let token = Int(tokens[t])
      dwte.store(dwte.lanes(token, c) + dx.lanes(t, c), token, c)
      dwpe.store(dx.lanes(t, c), t, c)
    }
  }
  // end region
}

// region: weight-gradient
/// Gradient of a weight matrix: `dW[i][o] = ∑ₜ x[t][i] dy[t][o]`, t ascending. This was: `y[t][o] = ∑ᵢ x[t][i] W[i][o]`.
///
/// - Parameters:
///   - dy: gradient of y, (T, out).
///   - x: what W was multiplied with, (T, in).
///   - dW: output, (in, out).
private func weightGradient(_ dy: Matrix, _ x: Matrix, into dW: Matrix) { multiply(x.transposed, dy, into: dW) }
// end region
