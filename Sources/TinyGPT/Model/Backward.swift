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

  static func count(_ config: Config) -> Int { rowsCount(config) + squareCount(config) }
  private static func rowsCount(_ config: Config) -> Int {
    config.blockSize * paddedTo16(max(config.mlpWidth, config.nEmbd))
  }
  private static func squareCount(_ config: Config) -> Int { config.blockSize * paddedTo16(config.blockSize) }
}

/// What becomes of the gradient of a weight matrix: it is stored, or Adam takes it at once.
struct GradientUse {
  let weights: Floats
  let gradients: Floats
  let optimizer: Optimizer?
  let scratch: BackwardScratch

  // region: weight-gradient
  /// Takes `dW[o][i] = ∑ₜ dy[o][t] x[i][t]`, t ascending. This was: `y[o][t] = ∑ᵢ W[o][i] x[i][t]`.
  ///
  /// - Parameters:
  ///   - dy: gradient of y.
  ///   - x: what W was multiplied with.
  ///   - tensor: where W stands in a block.
  @inline(always)
  func gradient(of dy: Matrix, _ x: Matrix, _ tensor: (Floats) -> Matrix) {
    let turned = Matrix(scratch.rows, rows: x.columns, columns: x.rows, rowStride: paddedTo16(x.rows))
    transpose(x, into: turned)
    guard let optimizer else { return multiply(dy, turned, into: tensor(gradients)) }
    #if arch(wasm32)
      // With eight sums there are no registers left for Adam's constants: one after the other is faster, and smaller.
      @inline(always) func rows(_ block: Floats) -> Floats {
        let matrix = tensor(block)
        return matrix.floats.slice(0, matrix.rows &* matrix.rowStride)
      }
      multiply(dy, turned, into: tensor(gradients))
      adam(
        rows(weights), m: rows(optimizer.m), v: rows(optimizer.v), g: rows(gradients), optimizer.coefficients,
        into: rows(weights), keepMoments: true)
    #else
      update(
        tensor(weights), gradient: dy, turned, m: tensor(optimizer.m), v: tensor(optimizer.v), optimizer.coefficients)
    #endif
  }
  // end region
}

extension Network {
  /// Walks ``forward(_:_:_:off:)`` backwards: fills `d` with the gradient of every activation of the mean loss over the n
  /// predictions of one name, and `g` with the gradient of every weight; or, given an optimizer, makes one update of the
  /// weights with it. The gradient of a matrix is then stored nowhere, and no matrix is read after its update.
  ///
  /// - Parameters:
  ///   - tokens: input tokens, (T).
  ///   - targets: the token that came next, (T).
  ///   - p: weights.
  ///   - a: activations of the forward pass.
  ///   - d: their gradients, overwritten.
  ///   - g: gradients of the weights, overwritten (padding excepted, which stays 0); with
  ///     an optimizer only those of wte and wpe are defined.
  ///   - scratch: memory to work in.
  ///   - off: what was off in the forward pass.
  ///   - optimizer: moments and coefficients of the update; nil to get gradients and change no weight.
  func backward(
    _ tokens: View<UInt16>, targets: View<UInt16>, _ p: Floats, _ a: Activations, _ d: Activations, into g: Floats,
    _ scratch: BackwardScratch, off: Switches = Switches(), optimizer: Optimizer? = nil
  ) {
    let use = GradientUse(weights: p, gradients: g, optimizer: optimizer, scratch: scratch)
    softmaxLossBackward(a.probabilities, targets: targets, into: d.logits)
    // this was: logits = lm_head · x
    multiply(lmHead(p).transposed, d.logits, into: d.output)
    use.gradient(of: d.logits, a.output) { lmHead($0) }
    for index in (0..<config.nLayer).reversed() {
      mlpBackward(index, p, a.layer(index), d.layer(index), use, off)
      attentionBackward(index, p, a, d, use, scratch.square, off)
    }
    // this was: x = rmsnorm(wte[token] + wpe[position])
    clear(d.embedding)
    rmsNormBackward(d.stream, y: a.stream, scale: a.embeddingScale, into: d.embedding)
    embedBackward(tokens, d.embedding, wte(g), wpe(g))
    // wte and wpe stand first in a block, one after the other.
    if let optimizer {
      @inline(always) func embeddings(_ block: Floats) -> Floats { block.slice(0, offsets.lmHead) }
      adam(
        embeddings(p), m: embeddings(optimizer.m), v: embeddings(optimizer.v), g: embeddings(g), optimizer.coefficients,
        into: embeddings(p), keepMoments: true)
    }
  }

  // region: mlp-backward
  private func mlpBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer, _ use: GradientUse, _ off: Switches
  ) {
    let weights = layer(index, p)
    // this was: streamAfterMLP = streamAfterAttention + fc2 · relu(fc1 · norm)
    multiply(weights.fc2.transposed, d.streamAfterMLP, into: d.mlpActive)
    use.gradient(of: d.streamAfterMLP, a.mlpActive) { layer(index, $0).fc2 }
    if off.isMLPOff(layer: index) { clear(d.mlpActive) }
    reluBackward(d.mlpActive, y: a.mlpActive, into: d.mlpHidden)
    multiply(weights.fc1.transposed, d.mlpHidden, into: d.mlpNorm)
    use.gradient(of: d.mlpHidden, a.mlpNorm) { layer(index, $0).fc1 }
    copy(d.streamAfterMLP, into: d.streamAfterAttention)
    rmsNormBackward(d.mlpNorm, y: a.mlpNorm, scale: a.mlpScale, into: d.streamAfterAttention)
  }
  // end region

  // region: attention-backward
  private func attentionBackward(
    _ index: Int, _ p: Floats, _ activations: Activations, _ gradients: Activations, _ use: GradientUse,
    _ square: Floats, _ off: Switches
  ) {
    let weights = layer(index, p)
    let a = activations.layer(index)
    let d = gradients.layer(index)
    // this was: streamAfterAttention = x + wo · heads
    multiply(weights.wo.transposed, d.streamAfterAttention, into: d.heads)
    use.gradient(of: d.streamAfterAttention, a.heads) { layer(index, $0).wo }
    let t = activations.positions
    let turned = Matrix(square, rows: t, columns: t, rowStride: paddedTo16(t))
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
    use.gradient(of: d.qkv, a.attentionNorm) { layer(index, $0).qkv }
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
