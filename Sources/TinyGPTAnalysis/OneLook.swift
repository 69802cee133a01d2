import TinyGPT

/// What attention does in one look: where each share comes from and what the heads add to the residual stream.
///
/// - Precondition: the model's weights are still those of the trace.
package struct OneLook {
  private let trace: Trace

  package init(_ trace: Trace) { self.trace = trace }

  /// One key that a head looks at.
  package struct Key: Equatable {
    /// k · q / √headDim.
    package let score: Float
    /// Softmax of the scores: the attention.
    package let share: Float
    /// Length of share · woₕ vₖ: what this key's value adds to the residual stream. 0 where the head is off.
    package let addedLength: Double
    /// Length of vₖ.
    package let valueLength: Double
  }

  /// How the heads of a layer come together at one position.
  package struct Merge: Equatable {
    /// The heads' outputs, head after head, (C).
    package let heads: [Float]
    /// wo · heads: what attention adds to the stream, (C).
    package let added: [Double]
    /// Length of each head's part of it, woₕ headsₕ: they don't add up, as heads may pull against each other.
    package let lengths: [Double]
  }

  /// The attention averaged over the layers, (head, query, key); 0 where a key comes after its query.
  package var averageAttention: [Float] {
    let config = trace.model.config
    let positions = trace.tokens.count
    var shares: [Float] = []
    for head in 0..<config.nHead {
      for query in 0..<positions {
        for key in 0..<positions {
          var sum = 0.0
          for layer in 0..<config.nLayer where key <= query {
            sum += Double(trace.share(layer: layer, head: head, query: query, key: key))
          }
          shares.append(Float(sum / Double(config.nLayer)))
        }
      }
    }
    return shares
  }

  /// The keys 0 ... query of one head.
  package func keys(layer: Int, head: Int, query: Int) -> [Key] {
    let views = trace.views.layer(layer)
    let size = trace.model.config.headDim
    let isOff = trace.off.isHeadOff(layer: layer, head: head, trace.model.config)
    return (0...query).map { key in
      let value = (0..<size).map { Double(views.v[key, head * size + $0]) }
      let share = views.attention(head)[key, query]
      return Key(
        score: views.scores(head)[key, query], share: share,
        addedLength: isOff ? 0 : Double(share) * length(added(value, layer: layer, head: head)),
        valueLength: length(value))
    }
  }

  /// How the heads of `layer` come together at `query`.
  package func merge(layer: Int, query: Int) -> Merge {
    let config = trace.model.config
    let views = trace.views.layer(layer)
    let heads = (0..<config.nEmbd).map { views.heads[query, $0] }
    var sum = Array(repeating: 0.0, count: config.nEmbd)
    var lengths: [Double] = []
    for head in 0..<config.nHead {
      let output = (0..<config.headDim).map { Double(heads[head * config.headDim + $0]) }
      let part = added(output, layer: layer, head: head)
      for channel in sum.indices { sum[channel] += part[channel] }
      lengths.append(length(part))
    }
    return Merge(heads: heads, added: sum, lengths: lengths)
  }

  /// woₕ x, (C): what x, in the channels of one head, adds to the stream.
  private func added(_ x: [Double], layer: Int, head: Int) -> [Double] {
    let wo = trace.model.wo(layer: layer)
    return (0..<wo.rows).map { row in
      var sum = 0.0
      for channel in x.indices { sum += Double(wo[row, head * x.count + channel]) * x[channel] }
      return sum
    }
  }

  private func length(_ x: [Double]) -> Double {
    var sum = 0.0
    for value in x { sum += value * value }
    return squareRoot(sum)
  }
}
