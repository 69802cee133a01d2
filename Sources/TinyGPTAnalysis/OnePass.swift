import TinyGPT

/// What the last position of a trace computes on its way through the model: a row of numbers for each activation, each number
/// with the sum that made it.
///
/// - Precondition: the model's weights are still those of the trace.
package struct OnePass {
  let trace: Trace
  /// The position that is followed: the last one.
  let position: Int

  package init(_ trace: Trace) {
    self.trace = trace
    position = trace.tokens.count - 1
  }

  var config: Config { trace.model.config }

  /// Rows of numbers, first to last: embedding, stream, the parts of each layer, logits, probabilities.
  package var rowCount: Int { 4 + config.nLayer * LayerActivation.allCases.count }

  /// The activation in row `number`; nil if there is none.
  package func activation(_ number: Int) -> Activation? {
    let parts = LayerActivation.allCases
    let place = number - 2
    switch number {
    case 0: return .embedding
    case 1: return .stream
    case rowCount - 2: return .logits
    case rowCount - 1: return .probabilities
    case 2..<rowCount: return .layer(place / parts.count, parts[place % parts.count])
    default: return nil
    }
  }

  /// The numbers of a row: channels; for scores and attention head after head the keys 0 ... position.
  package func values(_ activation: Activation) -> [Float] { values(activation, in: trace.views) }

  /// The gradient of the mean loss by the numbers of a row; nil if the trace has none. That of the scores is by k · q, before
  /// the division by √headDim; that of the probabilities is left at 0, as the loss is worked out from the logits.
  package func gradients(_ activation: Activation) -> [Float]? {
    guard let views = trace.gradientViews else { return nil }
    return values(activation, in: views)
  }

  private func values(_ activation: Activation, in views: Activations) -> [Float] {
    switch activation {
    case .embedding: return row(of: views.embedding)
    case .stream: return row(of: views.stream)
    case .logits: return row(of: views.logits)
    case .probabilities: return row(of: views.probabilities)
    case .layer(let index, let part):
      let layer = views.layer(index)
      guard part == .scores || part == .attention else { return row(of: matrix(part, of: layer)) }
      var values: [Float] = []
      for head in 0..<config.nHead {
        let square = part == .scores ? layer.scores(head) : layer.attention(head)
        for key in 0...position { values.append(square[key, position]) }
      }
      return values
    }
  }

  private func row(of matrix: Matrix) -> [Float] {
    (0..<matrix.columns).map { matrix[position, $0] }
  }

  /// The matrix (T, channels) of a part that is one: all but scores and attention.
  func matrix(_ part: LayerActivation, of layer: Activations.Layer) -> Matrix {
    switch part {
    case .attentionNorm: return layer.attentionNorm
    case .q: return layer.q
    case .k: return layer.k
    case .v: return layer.v
    case .heads, .scores, .attention: return layer.heads
    case .streamAfterAttention: return layer.streamAfterAttention
    case .mlpNorm: return layer.mlpNorm
    case .mlpHidden: return layer.mlpHidden
    case .mlpActive: return layer.mlpActive
    case .streamAfterMLP: return layer.streamAfterMLP
    }
  }

  /// The stream that layer `index` reads; that of `nLayer` is read by lm_head.
  func input(ofLayer index: Int, in views: Activations) -> Matrix {
    index == 0 ? views.stream : views.layer(index - 1).streamAfterMLP
  }

  /// Tensor of the parameter table: wte, wpe, lm_head, then six for each layer.
  func weights(_ tensor: Int) -> Matrix {
    trace.model.table.tensors[tensor].matrix(in: trace.model.weights.view)
  }
}
