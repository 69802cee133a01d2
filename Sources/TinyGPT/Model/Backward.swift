/// Memory that the backward pass needs beside activations and gradients.
struct BackwardScratch {
  /// Activations turned position by channel, (T, widest): the weight gradients run over positions.
  let rows: Floats
  /// (T, T) twice: the gradient of one head's attention turned, and before the softmax.
  let square: Floats

  /// All of it in one block of ``count(_:)`` floats.
  init(_ block: Floats, _ config: Config) {
    let rowsCount = BackwardScratch.rowsCount(config)
    let squareCount = BackwardScratch.squareCount(config)
    rows = block.slice(0, rowsCount)
    square = block.slice(rowsCount, squareCount)
  }

  /// Room for x, turned.
  @inline(always)
  func turned(_ x: Matrix) -> Matrix {
    Matrix(rows, rows: x.columns, columns: x.rows, rowStride: paddedTo16(x.rows))
  }

  static func count(_ config: Config) -> Int { rowsCount(config) + squareCount(config) }
  private static func rowsCount(_ config: Config) -> Int {
    config.blockSize * paddedTo16(max(config.mlpWidth, config.nEmbd))
  }
  private static func squareCount(_ config: Config) -> Int { config.blockSize * paddedTo16(config.blockSize) }
}

// region: weight-gradient
/// Gradient of a weight matrix: `dW[o][i] = ∑ₜ dy[o][t] x[i][t]`, t ascending. This was: `y[o][t] = ∑ᵢ W[o][i] x[i][t]`.
///
/// - Parameters:
///   - dy: gradient of y, (out, T).
///   - x: what W was multiplied with, (in, T).
///   - dW: output, (out, in).
///   - scratch: where x is turned, so that dW's columns stand in the lanes.
private func weightGradient(_ dy: Matrix, _ x: Matrix, into dW: Matrix, _ scratch: BackwardScratch) {
  let turned = scratch.turned(x)
  transpose(x, into: turned)
  multiply(dy, turned, into: dW)
}
// end region

extension Network {
  /// Walks ``forward(_:_:_:off:)`` backwards: fills `d` with the gradient of every activation of the mean loss over the n
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
    _ scratch: BackwardScratch, off: Switches = Switches()
  ) {
    softmaxLossBackward(a.probabilities, targets: targets, into: d.logits)
    // this was: logits = lm_head · x
    multiply(lmHead(p).transposed, d.logits, into: d.output)
    weightGradient(d.logits, a.output, into: lmHead(g), scratch)
    for index in (0..<config.nLayer).reversed() {
      mlpBackward(index, p, a.layer(index), d.layer(index), g, scratch, off)
      attentionBackward(index, p, a, d, g, scratch, off)
    }
    // this was: x = rmsnorm(wte[token] + wpe[position])
    clear(d.embedding)
    rmsNormBackward(d.stream, y: a.stream, scale: a.embeddingScale, into: d.embedding)
    embedBackward(tokens, d.embedding, wte(g), wpe(g), scratch)
  }

  // region: mlp-backward
  private func mlpBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer, _ g: Floats,
    _ scratch: BackwardScratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    let dWeights = layer(index, g)
    // this was: streamAfterMLP = streamAfterAttention + fc2 · relu(fc1 · norm)
    multiply(weights.fc2.transposed, d.streamAfterMLP, into: d.mlpActive)
    weightGradient(d.streamAfterMLP, a.mlpActive, into: dWeights.fc2, scratch)
    if off.isMLPOff(layer: index) { clear(d.mlpActive) }
    reluBackward(d.mlpActive, y: a.mlpActive, into: d.mlpHidden)
    multiply(weights.fc1.transposed, d.mlpHidden, into: d.mlpNorm)
    weightGradient(d.mlpHidden, a.mlpNorm, into: dWeights.fc1, scratch)
    copy(d.streamAfterMLP, into: d.streamAfterAttention)
    rmsNormBackward(d.mlpNorm, y: a.mlpNorm, scale: a.mlpScale, into: d.streamAfterAttention)
  }
  // end region

  // region: attention-backward
  private func attentionBackward(
    _ index: Int, _ p: Floats, _ activations: Activations, _ gradients: Activations, _ g: Floats,
    _ scratch: BackwardScratch, _ off: Switches
  ) {
    let weights = layer(index, p)
    let dWeights = layer(index, g)
    let a = activations.layer(index)
    let d = gradients.layer(index)
    // this was: streamAfterAttention = x + wo · heads
    multiply(weights.wo.transposed, d.streamAfterAttention, into: d.heads)
    weightGradient(d.streamAfterAttention, a.heads, into: dWeights.wo, scratch)
    let t = activations.positions
    let turned = Matrix(scratch.square, rows: t, columns: t, rowStride: paddedTo16(t))
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
    multiply(weights.qkv.transposed, d.qkv, into: d.attentionNorm)
    weightGradient(d.qkv, a.attentionNorm, into: dWeights.qkv, scratch)
    let dx = gradients.input(ofLayer: index)
    copy(d.streamAfterAttention, into: dx)
    rmsNormBackward(d.attentionNorm, y: a.attentionNorm, scale: a.attentionScale, into: dx)
  }
  // end region

  // region: embed-backward
  /// `dwte[token] += dx` and `dwpe[position] = dx`, position after position. This was: `x = wte[token] + wpe[position]`.
  private func embedBackward(
    _ tokens: View<UInt16>, _ dx: Matrix, _ dwte: Matrix, _ dwpe: Matrix, _ scratch: BackwardScratch
  ) {
    let rows = scratch.turned(dx)
    transpose(dx, into: rows)
    clear(dwte)
    clear(dwpe)
    for t in 0..<tokens.count {
      let token = Int(tokens[t])
      forEachLanes(of: rows.rows(t, 1)) { _, c in
        dwte.store(dwte.lanes(token, c) + rows.lanes(t, c), token, c)
        dwpe.store(rows.lanes(t, c), t, c)
      }
    }
  }
  // end region
}
