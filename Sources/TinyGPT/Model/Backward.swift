/// Memory that the backward pass needs beside activations and gradients.
struct BackwardScratch {
  /// Activations turned position by channel, (T, widest): the weight gradients run over positions.
  let rows: Floats
  /// (T, T) twice: the gradient of one head's attention turned, and before the softmax.
  let square: Floats

  static func rowsCount(_ config: Config) -> Int { config.blockSize * paddedTo16(max(config.mlpWidth, config.nEmbd)) }
  static func squareCount(_ config: Config) -> Int { config.blockSize * paddedTo16(config.blockSize) }
}

extension Network {
  /// Walks ``forward(_:_:_:off:)`` backwards: fills `d` with the gradient of every activation and `g` with the gradient of
  /// every weight, of the mean loss over the n predictions of one name.
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
    _ scratch: BackwardScratch, off: Switches = Switches()
  ) {
    softmaxLossBackward(a.probabilities, targets: targets, into: d.logits)
    // this was: logits = lm_head · x
    weightGradient(d.logits, a.output, scratch, into: lmHead(g))
    multiply(lmHead(p).transposed, d.logits, into: d.output)
    for index in (0..<config.nLayer).reversed() {
      mlpBackward(index, p, a.layer(index), d.layer(index), into: layer(index, g), scratch, off)
      attentionBackward(index, p, a, d, into: layer(index, g), scratch, off)
    }
    // this was: x = rmsnorm(wte[token] + wpe[position])
    clear(d.embedding)
    rmsNormBackward(d.stream, y: a.stream, scale: a.embeddingScale, into: d.embedding)
    embedBackward(tokens, d.embedding, wte(g), wpe(g))
  }

  // region: weight-gradient
  /// `dW[o][i] = ∑ₜ dy[o][t] x[i][t]`, t ascending. This was: `y[o][t] = ∑ᵢ W[o][i] x[i][t]`.
  private func weightGradient(_ dy: Matrix, _ x: Matrix, _ scratch: BackwardScratch, into dW: Matrix) {
    let turned = Matrix(scratch.rows, rows: x.columns, columns: x.rows, rowStride: paddedTo16(x.rows))
    transpose(x, into: turned)
    multiply(dy, turned, into: dW)
  }
  // end region

  // region: mlp-backward
  private func mlpBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer, into g: LayerWeights,
    _ scratch: BackwardScratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    // this was: streamAfterMLP = streamAfterAttention + fc2 · relu(fc1 · norm)
    weightGradient(d.streamAfterMLP, a.mlpActive, scratch, into: g.fc2)
    multiply(weights.fc2.transposed, d.streamAfterMLP, into: d.mlpActive)
    if off.isMLPOff(layer: index) { clear(d.mlpActive) }
    reluBackward(d.mlpActive, y: a.mlpActive, into: d.mlpHidden)
    weightGradient(d.mlpHidden, a.mlpNorm, scratch, into: g.fc1)
    multiply(weights.fc1.transposed, d.mlpHidden, into: d.mlpNorm)
    copy(d.streamAfterMLP, into: d.streamAfterAttention)
    rmsNormBackward(d.mlpNorm, y: a.mlpNorm, scale: a.mlpScale, into: d.streamAfterAttention)
  }
  // end region

  // region: attention-backward
  private func attentionBackward(
    _ index: Int, _ p: Floats, _ activations: Activations, _ gradients: Activations, into g: LayerWeights,
    _ scratch: BackwardScratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    let a = activations.layer(index)
    let d = gradients.layer(index)
    // this was: streamAfterAttention = x + wo · heads
    weightGradient(d.streamAfterAttention, a.heads, scratch, into: g.wo)
    multiply(weights.wo.transposed, d.streamAfterAttention, into: d.heads)
    let t = activations.positions
    let turned = Matrix(scratch.square, rows: t, columns: t, rowStride: paddedToLanes(t))
    for head in 0..<config.nHead {
      let first = head &* config.headDim
      let size = config.headDim
      if off.isHeadOff(layer: index, head: head, config) { clear(d.heads.rows(first, size)) }
      attendBackward(
        d.heads.rows(first, size), q: a.q.rows(first, size), k: a.k.rows(first, size), v: a.v.rows(first, size),
        attention: a.attention(head), dAttention: d.attention(head), dScores: d.scores(head), turned: turned,
        dq: d.q.rows(first, size), dk: d.k.rows(first, size), dv: d.v.rows(first, size))
    }
    // this was: q, k, v = wq, wk, wv · norm
    weightGradient(d.qkv, a.attentionNorm, scratch, into: g.qkv)
    multiply(weights.qkv.transposed, d.qkv, into: d.attentionNorm)
    let dx = gradients.input(ofLayer: index)
    copy(d.streamAfterAttention, into: dx)
    rmsNormBackward(d.attentionNorm, y: a.attentionNorm, scale: a.attentionScale, into: dx)
  }
  // end region

  // region: embed-backward
  /// `dwte[token] += dx` and `dwpe[position] = dx`, position after position. This was: `x = wte[token] + wpe[position]`.
  private func embedBackward(_ tokens: View<UInt16>, _ dx: Matrix, _ dwte: Matrix, _ dwpe: Matrix) {
    for row in 0..<dwte.rows {
      for c in 0..<dwte.columns { dwte[row, c] = 0 }
    }
    for row in tokens.count..<dwpe.rows {
      for c in 0..<dwpe.columns { dwpe[row, c] = 0 }
    }
    for t in 0..<tokens.count {
      let token = Int(tokens[t])
      for c in 0..<dx.rows {
        dwte[token, c] += dx[c, t]
        dwpe[t, c] = dx[c, t]
      }
    }
  }
  // end region
}
