import TinyGPT

/// How one number came about: its terms, in the engine's own order and with the engine's own roundings, so that the last sum
/// is the number to the bit.
///
/// Every product and every sum is rounded to 32 bits before the next one begins.
package struct CellSum {
  /// One product and the sum after it.
  package struct Term: Equatable {
    package let a: Float
    package let b: Float
    /// a · b, rounded.
    package let product: Float
    /// The sum so far with this product, rounded. In folded sums the product: there is no order to follow.
    package let sum: Float
  }

  /// The number itself, as the trace has it.
  package var value: Float
  /// What the sum began with: 0, or the residual stream.
  package var start: Float = 0
  package var terms: [Term] = []
  /// The sum of all terms.
  package var total: Float = 0
  /// What the total, or the number it is about, was multiplied with at last: 1 / √headDim of a score, 1 / √(mean + ε) of a norm,
  /// 1 / ∑ of a softmax; else 1.
  package var factor: Float = 1
  /// The largest score, which a softmax takes away from all; else 0.
  package var largest: Float = 0

  init(_ value: Float, start: Float = 0) {
    self.value = value
    self.start = start
    total = start
  }

  /// Adds a · b to the sum.
  mutating func add(_ a: Float, _ b: Float) {
    let product = a * b
    total += product
    terms.append(Term(a: a, b: b, product: product, sum: total))
  }

  /// Adds a number to the sum as it is.
  mutating func add(_ a: Float) { add(a, 1) }

  /// Lists a · b as a term of a sum that is folded.
  mutating func list(_ a: Float, _ b: Float, _ product: Float) {
    terms.append(Term(a: a, b: b, product: product, sum: product))
  }
}

extension OnePass {
  /// How number `index` of a row came about; nil if the row has no such number.
  package func sum(_ activation: Activation, at index: Int) -> CellSum? {
    let row = values(activation)
    guard row.indices ~= index else { return nil }
    let views = trace.views
    let t = position
    switch activation {
    case .embedding:
      var sum = CellSum(row[index])
      sum.add(weights(0)[trace.tokens[t], index])
      sum.add(weights(1)[t, index])
      return sum
    case .stream: return norm(row[index], of: views.embedding, at: index, scale: views.embeddingScale)
    case .logits: return product(row[index], weights(2), index, input(ofLayer: config.nLayer, in: views))
    case .probabilities:
      return softmax(row, at: index, scores: values(.logits), largest: views.largestLogit[0, t], isFolded: true)
    case .layer(let layer, let part): return sum(row, layer, part, index)
    }
  }

  private func sum(_ row: [Float], _ layer: Int, _ part: LayerActivation, _ index: Int) -> CellSum {
    let views = trace.views.layer(layer)
    let x = input(ofLayer: layer, in: trace.views)
    let first = 3 + 6 * layer
    let t = position
    let size = config.headDim
    switch part {
    case .attentionNorm: return norm(row[index], of: x, at: index, scale: views.attentionScale)
    case .q: return product(row[index], weights(first), index, views.attentionNorm)
    case .k: return product(row[index], weights(first + 1), index, views.attentionNorm)
    case .v: return product(row[index], weights(first + 2), index, views.attentionNorm)
    case .scores:
      let (head, key) = (index / (t + 1), index % (t + 1))
      var sum = CellSum(row[index])
      for d in head * size..<(head + 1) * size { sum.add(views.k[key, d], views.q[t, d]) }
      sum.factor = inverseRoot(size)
      return sum
    case .attention:
      let keys = t + 1
      let from = index / keys * keys
      let scores = values(.layer(layer, .scores))
      let range = from..<from + keys
      return softmax(
        Array(row[range]), at: index - from, scores: Array(scores[range]), largest: nil, isFolded: false)
    case .heads:
      var sum = CellSum(row[index])
      let attention = views.attention(index / size)
      guard !trace.off.isHeadOff(layer: layer, head: index / size, config) else { return sum }
      for key in 0...t { sum.add(views.v[key, index], attention[key, t]) }
      return sum
    case .streamAfterAttention: return product(row[index], weights(first + 3), index, views.heads, from: x)
    case .mlpNorm: return norm(row[index], of: views.streamAfterAttention, at: index, scale: views.mlpScale)
    case .mlpHidden: return product(row[index], weights(first + 4), index, views.mlpNorm)
    case .mlpActive:
      var sum = CellSum(row[index])
      sum.add(views.mlpHidden[t, index])
      return sum
    case .streamAfterMLP:
      return product(row[index], weights(first + 5), index, views.mlpActive, from: views.streamAfterAttention)
    }
  }

  /// start + ∑ₖ w[row][k] x[k], k ascending.
  private func product(_ value: Float, _ w: Matrix, _ row: Int, _ x: Matrix, from start: Matrix? = nil) -> CellSum {
    var sum = CellSum(value, start: start.map { $0[position, row] } ?? 0)
    for k in 0..<w.columns { sum.add(w[row, k], x[position, k]) }
    return sum
  }

  /// x · 1 / √(mean(x²) + ε): the terms are the squares, folded.
  private func norm(_ value: Float, of x: Matrix, at index: Int, scale: Matrix) -> CellSum {
    var sum = CellSum(value, start: x[position, index])
    for c in 0..<x.columns { sum.list(x[position, c], x[position, c], x[position, c] * x[position, c]) }
    sum.total = folded(sum.terms.map { $0.product })
    sum.factor = scale[0, position]
    return sum
  }

  /// ∑ terms, folded.
  private func folded(_ terms: [Float]) -> Float { foldedSum(terms.count) { Lanes(repeating: terms[$0]) }[0] }

  /// e^(z - max z) · 1 / ∑ e^(z - max z): the terms are the powers, of shares the first to the last, of probabilities folded.
  private func softmax(_ row: [Float], at index: Int, scores: [Float], largest: Float?, isFolded: Bool) -> CellSum {
    var top = scores[0]
    for score in scores where score > top { top = score }
    var sum = CellSum(row[index])
    sum.largest = largest ?? top
    let powers = scores.map { exponential(Lanes(repeating: $0 - sum.largest))[0] }
    sum.start = powers[index]
    for (score, power) in zip(scores, powers) { sum.list(score, 1, power) }
    if isFolded {
      sum.total = folded(powers)
    } else {
      sum.total = 0
      for power in powers { sum.total += power }
    }
    sum.factor = 1 / sum.total
    return sum
  }
}
