extension Network {
  /// Walks ``forward(_:_:_:_:off:)`` backwards: fills `d` with the gradient of every activation of the mean loss over the n
  /// predictions of one name, and hands out the gradient of every weight.
  ///
  /// - Parameters:
  ///   - tokens: input tokens, (T).
  ///   - targets: the token that came next, (T).
  ///   - p: weights.
  ///   - a: activations of the forward pass.
  ///   - d: their gradients, overwritten.
  ///   - gradients: what takes the gradients of the weights.
  ///   - scratch: memory to work in, as the forward pass left it.
  ///   - off: what was off in the forward pass.
  ///   - isTraced: whether all of `d` is asked for; if not, the gradients of the MLPs' hidden layers are left out of it.
  func backward(
    _ tokens: View<UInt16>, targets: View<UInt16>, _ p: Floats, _ a: Activations, _ d: Activations,
    into gradients: some WeightGradients, _ scratch: Scratch, off: Switches = Switches(), isTraced: Bool = false
  ) {
    softmaxLossBackward(a.probabilities, targets: targets, into: d.logits)
    // this was: logits = lm_head · x
    multiply(d.logits, transposed: lmHead(p), into: d.output, memory: scratch.matrix)
    weightGradient(d.logits, a.output, of: lmHead, into: gradients)
    for index in (0..<config.nLayer).reversed() {
      mlpBackward(index, p, a.layer(index), d.layer(index), gradients, scratch, off, isTraced)
      attentionBackward(index, p, a, d, gradients, scratch, off)
    }
    // this was: x = rmsnorm(wte[token] + wpe[position])
    clear(d.embedding)
    rmsNormBackward(d.stream, y: a.stream, scale: a.embeddingScale, into: d.embedding)
    embedBackward(tokens, d.embedding, gradients)
  }

  // region: mlp-backward
  private func mlpBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer,
    _ gradients: some WeightGradients, _ scratch: Scratch, _ off: Switches, _ isTraced: Bool
  ) {
    let w = layer(index)
    let active = scratch.active(ofLayer: index)
    active.findInAnyRow(of: a.mlpActive)
    // this was: streamAfterMLP = streamAfterAttention + fc2 · relu(fc1 · norm)
    let dHidden = hiddenBackward(index, p, a, d, scratch, off, isTraced)
    sparseWeightGradient(a.mlpActive, at: active, d.streamAfterMLP, of: w.fc2, into: gradients)
    multiplySparse(dHidden, at: active, w.fc1(p), into: d.mlpNorm)
    sparseWeightGradient(dHidden, at: active, a.mlpNorm, of: w.fc1, into: gradients)
    copy(d.streamAfterMLP, into: d.streamAfterAttention)
    rmsNormBackward(d.mlpNorm, y: a.mlpNorm, scale: a.mlpScale, into: d.streamAfterAttention)
  }

  /// The gradient of the hidden layer, (T, F), where units are on. Nothing but a trace asks for the gradients of those that are
  /// off, so rows of fc2 whose unit is on at no position are left out.
  private func hiddenBackward(
    _ index: Int, _ p: Floats, _ a: Activations.Layer, _ d: Activations.Layer, _ scratch: Scratch, _ off: Switches,
    _ isTraced: Bool
  ) -> Matrix {
    let fc2 = layer(index).fc2(p)
    if isTraced {
      multiply(d.streamAfterMLP, transposed: fc2, into: d.mlpActive, memory: scratch.matrix)
      if off.isMLPOff(layer: index) { clear(d.mlpActive) }
      reluBackward(d.mlpActive, y: a.mlpActive, into: d.mlpHidden)
      return d.mlpHidden
    }
    let positions = d.streamAfterMLP.rows
    let turnedStream = scratch.turnedStream(positions)
    let turnedHidden = scratch.turnedHidden(positions)
    transpose(d.streamAfterMLP, into: turnedStream)
    multiplyRows(of: fc2, at: scratch.active(ofLayer: index), turnedStream, into: turnedHidden)
    return turnedHidden.transposed
  }
  // end region

  // region: attention-backward
  private func attentionBackward(
    _ index: Int, _ p: Floats, _ activations: Activations, _ derivatives: Activations,
    _ gradients: some WeightGradients, _ scratch: Scratch, _ off: Switches
  ) {
    let w = layer(index)
    let a = activations.layer(index)
    let d = derivatives.layer(index)
    // this was: streamAfterAttention = x + wo · heads
    multiply(d.streamAfterAttention, transposed: w.wo(p), into: d.heads, memory: scratch.matrix)
    weightGradient(d.streamAfterAttention, a.heads, of: w.wo, into: gradients)
    headsBackward(index, a, d, scratch, off)
    // this was: q, k, v = wq, wk, wv · norm
    multiply(d.qkv, transposed: w.qkv(p), into: d.attentionNorm, memory: scratch.matrix)
    weightGradient(d.qkv, a.attentionNorm, of: w.qkv, into: gradients)
    let dx = derivatives.input(ofLayer: index)
    copy(d.streamAfterAttention, into: dx)
    rmsNormBackward(d.attentionNorm, y: a.attentionNorm, scale: a.attentionScale, into: dx)
  }

  /// From the gradient of what the heads fetched to those of q, k and v.
  private func headsBackward(
    _ index: Int, _ a: Activations.Layer, _ d: Activations.Layer, _ scratch: Scratch, _ off: Switches
  ) {
    transpose(d.heads, into: d.turnedHeads)
    if hasHeadsOfEights && off.areAllHeadsOn {
      for head in 0..<config.nHead {
        attendBackwardByEights(
          d.turnedFetched(byHead: head), rows: d.fetched(byHead: head), q: a.q(ofHead: head), k: a.k(ofHead: head),
          v: a.v(ofHead: head), attention: a.attention(head), dAttention: d.attention(head), dScores: d.scores(head),
          dq: d.turnedQ(ofHead: head), dk: d.k(ofHead: head), dv: d.v(ofHead: head))
      }
      transpose(d.turnedQ, into: d.q)
    } else {
      for head in 0..<config.nHead {
        if off.isHeadOff(layer: index, head: head, config) { clear(d.turnedFetched(byHead: head)) }
        attendBackward(
          d.turnedFetched(byHead: head), q: a.q(ofHead: head), k: a.k(ofHead: head), v: a.v(ofHead: head),
          attention: a.attention(head), dAttention: d.attention(head), dScores: d.scores(head),
          turned: scratch.square(d.heads.rows), dq: d.turnedQ(ofHead: head), dk: d.turnedK(ofHead: head),
          dv: d.turnedV(ofHead: head))
      }
      transpose(d.turnedQKV, into: d.qkv)
    }
  }
  // end region

  // region: embed-backward
  /// `dwte[token] += dx` and `dwpe[position] = dx`, position after position. This was: `x = wte[token] + wpe[position]`.
  private func embedBackward(_ tokens: View<UInt16>, _ dx: Matrix, _ gradients: some WeightGradients) {
    let dwte = gradients.room(for: wte)
    clear(dwte)
    forEachLanes(of: dx) { t, c in
      let token = Int(tokens[t])
      dwte.store(dwte.lanes(token, c) + dx.lanes(t, c), token, c)
    }
    gradients.take(wte)
    let dwpe = gradients.room(for: wpe)
    clear(dwpe)
    copy(dx, into: dwpe.rows(0, dx.rows))
    gradients.take(wpe)
  }
  // end region

  // region: weight-gradient
  /// Gradient of a weight matrix: `dW[i][o] = ∑ₜ x[t][i] dy[t][o]`, t ascending. This was: `y[t][o] = ∑ᵢ x[t][i] W[i][o]`.
  ///
  /// - Parameters:
  ///   - dy: gradient of y, (T, out).
  ///   - x: what W was multiplied with, (T, in).
  ///   - w: W, (in, out).
  ///   - gradients: what takes dW.
  private func weightGradient(_ dy: Matrix, _ x: Matrix, of w: WeightMatrix, into gradients: some WeightGradients) {
    multiply(x.transposed, dy, into: gradients.room(for: w))
    gradients.take(w)
  }
  // end region

  // region: sparse-weight-gradient
  /// The same of a matrix with a row for each hidden unit: `dW[f][c] = ∑ₜ hidden[t][f] other[t][c]`, most of hidden being 0.
  private func sparseWeightGradient(
    _ hidden: Matrix, at active: Nonzeros, _ other: Matrix, of w: WeightMatrix, into gradients: some WeightGradients
  ) {
    multiplySparse(transposed: hidden, at: active, other, addingTo: gradients.room(for: w, rows: active))
    gradients.take(w, rows: active)
  }
  // end region
}
