/// The two passes through the model, for all positions of one name at once. Both the trainer and the tracer call these.
///
///     x = rmsnorm(wte[token] + wpe[position])
///     per layer:  x = x + wo · attention(rmsnorm(x))
///                 x = x + fc2 · relu(fc1 · rmsnorm(x))
///     logits = lm_head · x
///
/// Activations are (T, channels): a row for each position. A matrix that multiplies them stands in its block as (in, out), so
/// each product is `rows · matrix`, with outputs side by side in the lanes. The exception is fc1: it is (out, in), as its outputs
/// are the hidden units, most of which are 0 after ReLU, and rows that belong to a 0 can be left out.
struct Network: Sendable {
  let config: Config
  let offsets: ParameterOffsets

  /// (V, C).
  @inline(always)
  var wte: WeightMatrix { WeightMatrix(offset: offsets.wte, rows: config.vocabSize, columns: config.nEmbd) }
  /// (blockSize, C).
  @inline(always)
  var wpe: WeightMatrix { WeightMatrix(offset: offsets.wpe, rows: config.blockSize, columns: config.nEmbd) }
  /// (C, V).
  @inline(always)
  var lmHead: WeightMatrix { WeightMatrix(offset: offsets.lmHead, rows: config.nEmbd, columns: config.vocabSize) }

  @inline(always)
  func layer(_ index: Int) -> Layer { Layer(network: self, start: offsets.layer(index)) }

  /// Whether heads have eight channels, as those of the default shape, or a multiple, and fill whole vectors of any width.
  @inline(always)
  var hasHeadsOfEights: Bool { config.headDim % 8 == 0 && config.nEmbd % 16 == 0 }

  /// One layer's matrices.
  struct Layer {
    let network: Network
    let start: Int

    @inline(always)
    private func matrix(_ offset: Int, _ rows: Int, _ columns: Int) -> WeightMatrix {
      WeightMatrix(offset: start &+ offset, rows: rows, columns: columns)
    }

    /// wq, wk and wv side by side: (C, 3C).
    @inline(always)
    var qkv: WeightMatrix { matrix(network.offsets.qkv, network.config.nEmbd, 3 &* network.config.nEmbd) }
    /// (C, C).
    @inline(always)
    var wo: WeightMatrix { matrix(network.offsets.wo, network.config.nEmbd, network.config.nEmbd) }
    /// (F, C).
    @inline(always)
    var fc1: WeightMatrix { matrix(network.offsets.fc1, network.config.mlpWidth, network.config.nEmbd) }
    /// (F, C).
    @inline(always)
    var fc2: WeightMatrix { matrix(network.offsets.fc2, network.config.mlpWidth, network.config.nEmbd) }
  }
}

/// Where a matrix of weights stands in a block of weights, or of their gradients or moments.
struct WeightMatrix {
  let offset: Int
  let rows: Int
  let columns: Int

  /// Rows are padded for the widest vectors.
  @inline(always)
  var rowStride: Int { paddedTo16(columns) }
  /// Floats, padding included.
  @inline(always)
  var count: Int { rows &* rowStride }
  /// Whether the nearest cache has no room for it.
  @inline(always)
  var isLarge: Bool { count > nearestCache }

  /// The matrix in a block of the whole model.
  @inline(always)
  func callAsFunction(_ block: Floats) -> Matrix { alone(in: block.slice(offset, count)) }

  /// A matrix of this shape in memory of its own.
  @inline(always)
  func alone(in memory: Floats) -> Matrix { Matrix(memory, rows: rows, columns: columns, rowStride: rowStride) }
}
