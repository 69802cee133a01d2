/// The two passes through the model, for all positions of one name at once. Both the trainer and the tracer call these.
///
///     x = rmsnorm(wte[token] + wpe[position])
///     per layer:  x = x + wo · attention(rmsnorm(x))
///                 x = x + fc2 · relu(fc1 · rmsnorm(x))
///     logits = lm_head · x
///
/// Activations are (T, channels): a row for each position. A matrix that multiplies them stands in its block as (in, out), so
/// each product is `rows · matrix`, with outputs side by side in the lanes.
struct Network: Sendable {
  let config: Config
  let offsets: ParameterOffsets

  /// A matrix at `offset` of a block of weights or gradients.
  @inline(always)
  func matrix(_ block: Floats, at offset: Int, rows: Int, columns: Int) -> Matrix {
    Matrix(block.from(offset), rows: rows, columns: columns, rowStride: paddedTo16(columns))
  }

  /// (V, C).
  @inline(always)
  func wte(_ block: Floats) -> Matrix {
    matrix(block, at: offsets.wte, rows: config.vocabSize, columns: config.nEmbd)
  }

  /// (blockSize, C).
  @inline(always)
  func wpe(_ block: Floats) -> Matrix {
    matrix(block, at: offsets.wpe, rows: config.blockSize, columns: config.nEmbd)
  }

  /// (C, V).
  @inline(always)
  func lmHead(_ block: Floats) -> Matrix {
    matrix(block, at: offsets.lmHead, rows: config.nEmbd, columns: config.vocabSize)
  }

  @inline(always)
  func layer(_ index: Int, _ block: Floats) -> LayerWeights {
    LayerWeights(network: self, block: block, start: offsets.layer(index))
  }

  /// One layer's matrices in a block.
  struct LayerWeights {
    let network: Network
    let block: Floats
    let start: Int

    @inline(always)
    private func matrix(_ offset: Int, _ rows: Int, _ columns: Int) -> Matrix {
      network.matrix(block, at: start &+ offset, rows: rows, columns: columns)
    }

    /// wq, wk and wv side by side: (C, 3C).
    @inline(always)
    var qkv: Matrix { matrix(network.offsets.qkv, network.config.nEmbd, 3 &* network.config.nEmbd) }
    /// (C, C).
    @inline(always)
    var wo: Matrix { matrix(network.offsets.wo, network.config.nEmbd, network.config.nEmbd) }
    /// (F, C).
    @inline(always)
    var fc1: Matrix { matrix(network.offsets.fc1, network.config.mlpWidth, network.config.nEmbd) }
    /// (F, C).
    @inline(always)
    var fc2: Matrix { matrix(network.offsets.fc2, network.config.mlpWidth, network.config.nEmbd) }
  }
}
