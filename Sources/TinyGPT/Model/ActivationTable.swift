/// Where every activation of one name stands: one table over one block of floats, for all positions at once.
///
/// An activation is a matrix of channels by positions: channels down, positions side by side in the lanes. The gradients
/// of the activations are a block of the same shape. `T` is the number of positions of the name at hand; rows are as long
/// as whole lanes of the widest vector need, so that one layout serves all.
package struct ActivationTable: Sendable {
  package let config: Config
  /// Floats in a block for a name that fills the context.
  package let blockCount: Int

  package init(_ config: Config) {
    self.config = config
    let rows = ActivationTable.outerRows(config) + config.nLayer * ActivationTable.layerRows(config)
    blockCount = rows * paddedTo16(config.blockSize)
  }

  private static func outerRows(_ config: Config) -> Int { 2 * config.nEmbd + 2 * config.vocabSize + 3 }

  private static func layerRows(_ config: Config) -> Int {
    8 * config.nEmbd + 2 * config.mlpWidth + 2 * config.nHead * config.blockSize + 2
  }

  /// The views of a block that holds a name of `positions` positions.
  @inline(__always)
  package func activations(in block: Floats, positions: Int) -> Activations {
    precondition(positions >= 1 && positions <= config.blockSize, "ActivationTable: positions must fit the context")
    return Activations(block: block, config: config, positions: positions)
  }

  /// The views of one layer, starting `outerRows` rows in.
  @inline(always)
  static func firstRow(ofLayer layer: Int, _ config: Config) -> Int {
    outerRows(config) &+ layer &* layerRows(config)
  }
}

/// The activations of one name (or their gradients), by name. Shapes are (channels, T); scores and attention (T, T) per
/// head, key by query.
package struct Activations {
  let block: Floats
  let config: Config
  package let positions: Int

  @inline(always)
  private func matrix(row: Int, rows: Int) -> Matrix {
    let stride = paddedTo16(positions)
    return Matrix(block.slice(row &* stride, rows &* stride), rows: rows, columns: positions, rowStride: stride)
  }

  /// wte[token] + wpe[position].
  @inline(__always)
  package var embedding: Matrix { matrix(row: 0, rows: config.nEmbd) }
  /// The residual stream as it enters layer 0: the norm of the embedding.
  @inline(__always)
  package var stream: Matrix { matrix(row: config.nEmbd, rows: config.nEmbd) }
  /// (V, T).
  @inline(__always)
  package var logits: Matrix { matrix(row: 2 &* config.nEmbd, rows: config.vocabSize) }
  /// (V, T): softmax of the logits.
  @inline(__always)
  package var probabilities: Matrix { matrix(row: 2 &* config.nEmbd &+ config.vocabSize, rows: config.vocabSize) }
  @inline(__always)
  package var embeddingScale: Matrix { matrix(row: 2 &* (config.nEmbd &+ config.vocabSize), rows: 1) }
  @inline(__always)
  package var largestLogit: Matrix { matrix(row: 2 &* (config.nEmbd &+ config.vocabSize) &+ 1, rows: 1) }
  @inline(always)
  var sumOfExponentials: Matrix { matrix(row: 2 &* (config.nEmbd &+ config.vocabSize) &+ 2, rows: 1) }

  @inline(__always)
  package func layer(_ index: Int) -> Layer {
    Layer(activations: self, first: ActivationTable.firstRow(ofLayer: index, config))
  }

  /// The residual stream that layer `index` reads: what the layer before it wrote.
  @inline(always)
  func input(ofLayer index: Int) -> Matrix { index == 0 ? stream : layer(index &- 1).streamAfterMLP }

  /// The residual stream that the output head reads.
  @inline(always)
  var output: Matrix { input(ofLayer: config.nLayer) }

  /// The activations of one layer, in the order of the forward pass.
  package struct Layer {
    let activations: Activations
    let first: Int

    @inline(always)
    private var c: Int { activations.config.nEmbd }
    @inline(always)
    private var f: Int { activations.config.mlpWidth }
    @inline(always)
    private func matrix(_ row: Int, _ rows: Int) -> Matrix { activations.matrix(row: first &+ row, rows: rows) }

    /// Norm of the stream, read by q, k and v.
    @inline(__always)
    package var attentionNorm: Matrix { matrix(0, c) }
    /// q, k and v, one under the other: (3C, T).
    @inline(always)
    var qkv: Matrix { matrix(c, 3 &* c) }
    /// All heads' queries, head after head.
    @inline(__always)
    package var q: Matrix { matrix(c, c) }
    @inline(__always)
    package var k: Matrix { matrix(2 &* c, c) }
    @inline(__always)
    package var v: Matrix { matrix(3 &* c, c) }
    /// What the heads fetched, head after head, before wo.
    @inline(__always)
    package var heads: Matrix { matrix(4 &* c, c) }
    /// The stream with the attention's result added.
    @inline(__always)
    package var streamAfterAttention: Matrix { matrix(5 &* c, c) }
    /// Norm of the stream, read by the MLP.
    @inline(__always)
    package var mlpNorm: Matrix { matrix(6 &* c, c) }
    /// The stream with the MLP's result added.
    @inline(__always)
    package var streamAfterMLP: Matrix { matrix(7 &* c, c) }
    /// The MLP's hidden layer before ReLU.
    @inline(__always)
    package var mlpHidden: Matrix { matrix(8 &* c, f) }
    /// The MLP's hidden layer after ReLU.
    @inline(__always)
    package var mlpActive: Matrix { matrix(8 &* c &+ f, f) }
    @inline(__always)
    package var attentionScale: Matrix { matrix(8 &* c &+ 2 &* f, 1) }
    @inline(__always)
    package var mlpScale: Matrix { matrix(8 &* c &+ 2 &* f &+ 1, 1) }

    /// k · q / √D of one head, key by query; only what lies at or below the query is defined.
    @inline(__always)
    package func scores(_ head: Int) -> Matrix { square(head) }
    /// The shares of one head, key by query.
    @inline(__always)
    package func attention(_ head: Int) -> Matrix { square(activations.config.nHead &+ head) }

    @inline(always)
    private func square(_ index: Int) -> Matrix {
      matrix(8 &* c &+ 2 &* f &+ 2 &+ index &* activations.positions, activations.positions)
    }
  }
}
