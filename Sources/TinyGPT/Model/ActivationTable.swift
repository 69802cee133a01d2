/// Where every activation of one name stands: one table over one block of floats, for all positions at once.
///
/// An activation is a matrix with a row for each of the T positions of the name at hand, channels side by side in the lanes.
/// Only attention also has its operands turned, with positions in the lanes. The gradients of the activations are a block of
/// the same shape. Rows are as long as whole lanes of the widest vector need, so that one layout serves all; what pads rows of
/// channels is 0.
package struct ActivationTable: Sendable {
  package let config: Config
  /// Floats in a block for a name that fills the context.
  package let blockCount: Int

  /// Floats of an activation as wide as the residual stream, q, k and v, the MLP or the logits.
  fileprivate let stream: Int
  fileprivate let qkv: Int
  fileprivate let mlp: Int
  fileprivate let logits: Int
  /// Floats of a number for each position.
  fileprivate let row: Int
  /// Floats before the layers, and of a layer.
  fileprivate let outer: Int
  fileprivate let layer: Int

  package init(_ config: Config) {
    self.config = config
    stream = config.blockSize * paddedTo16(config.nEmbd)
    qkv = config.blockSize * paddedTo16(3 * config.nEmbd)
    mlp = config.blockSize * paddedTo16(config.mlpWidth)
    logits = config.blockSize * paddedTo16(config.vocabSize)
    row = paddedPositions(config.blockSize)
    outer = 2 * stream + 2 * logits + 3 * row
    layer = 5 * stream + qkv + 2 * mlp + (4 * config.nEmbd + 2 * config.nHead * config.blockSize + 2) * row
    blockCount = outer + config.nLayer * layer
  }

  /// The views of a block that holds a name of `positions` positions.
  @inline(__always)
  package func activations(in block: Floats, positions: Int) -> Activations {
    precondition(positions >= 1 && positions <= config.blockSize, "ActivationTable: positions must fit the context")
    return Activations(block: block, table: self, positions: positions)
  }
}

/// The activations of one name (or their gradients), by name. Shapes are (T, channels); scores and attention (T, T) per
/// head, key by query.
package struct Activations {
  let block: Floats
  fileprivate let table: ActivationTable
  package let positions: Int

  /// A row for each position.
  @inline(always)
  fileprivate func rows(at offset: Int, _ columns: Int) -> Matrix {
    Matrix(block.from(offset), rows: positions, columns: columns, rowStride: paddedTo16(columns))
  }

  /// A column for each position.
  @inline(always)
  fileprivate func columns(at offset: Int, _ rows: Int) -> Matrix {
    Matrix(block.from(offset), rows: rows, columns: positions, rowStride: table.row)
  }

  /// wte[token] + wpe[position].
  @inline(__always)
  package var embedding: Matrix { rows(at: 0, table.config.nEmbd) }
  /// The residual stream as it enters layer 0: the norm of the embedding.
  @inline(__always)
  package var stream: Matrix { rows(at: table.stream, table.config.nEmbd) }
  /// (T, V).
  @inline(__always)
  package var logits: Matrix { rows(at: 2 &* table.stream, table.config.vocabSize) }
  /// (T, V): softmax of the logits.
  @inline(__always)
  package var probabilities: Matrix { rows(at: 2 &* table.stream &+ table.logits, table.config.vocabSize) }
  /// (1, T), as all that follow.
  @inline(__always)
  package var embeddingScale: Matrix { columns(at: 2 &* (table.stream &+ table.logits), 1) }
  @inline(__always)
  package var largestLogit: Matrix { columns(at: 2 &* (table.stream &+ table.logits) &+ table.row, 1) }
  @inline(always)
  var sumOfExponentials: Matrix { columns(at: 2 &* (table.stream &+ table.logits) &+ 2 &* table.row, 1) }

  @inline(__always)
  package func layer(_ index: Int) -> Layer {
    Layer(activations: self, first: table.outer &+ index &* table.layer)
  }

  /// The residual stream that layer `index` reads: what the layer before it wrote.
  @inline(always)
  func input(ofLayer index: Int) -> Matrix { index == 0 ? stream : layer(index &- 1).streamAfterMLP }

  /// The residual stream that the output head reads.
  @inline(always)
  var output: Matrix { input(ofLayer: table.config.nLayer) }

  /// The activations of one layer, in the order of the forward pass.
  package struct Layer {
    let activations: Activations
    let first: Int

    @inline(always)
    private var table: ActivationTable { activations.table }
    @inline(always)
    private var c: Int { table.config.nEmbd }
    /// Where the activations begin that are not as wide as the stream, and those with positions in the lanes.
    @inline(always)
    private var wide: Int { first &+ 5 &* table.stream }
    @inline(always)
    private var turned: Int { wide &+ table.qkv &+ 2 &* table.mlp }

    /// Norm of the stream, read by q, k and v.
    @inline(__always)
    package var attentionNorm: Matrix { activations.rows(at: first, c) }
    /// q, k and v, side by side: (T, 3C).
    @inline(always)
    var qkv: Matrix { activations.rows(at: wide, 3 &* c) }
    /// All heads' queries, head after head.
    @inline(__always)
    package var q: Matrix { qkv.columns(0, c) }
    @inline(__always)
    package var k: Matrix { qkv.columns(c, c) }
    @inline(__always)
    package var v: Matrix { qkv.columns(2 &* c, c) }
    /// What the heads fetched, head after head, before wo.
    @inline(__always)
    package var heads: Matrix { activations.rows(at: first &+ table.stream, c) }
    /// The stream with the attention's result added.
    @inline(__always)
    package var streamAfterAttention: Matrix { activations.rows(at: first &+ 2 &* table.stream, c) }
    /// Norm of the stream, read by the MLP.
    @inline(__always)
    package var mlpNorm: Matrix { activations.rows(at: first &+ 3 &* table.stream, c) }
    /// The MLP's hidden layer before ReLU.
    @inline(__always)
    package var mlpHidden: Matrix { activations.rows(at: wide &+ table.qkv, table.config.mlpWidth) }
    /// The MLP's hidden layer after ReLU.
    @inline(__always)
    package var mlpActive: Matrix { activations.rows(at: wide &+ table.qkv &+ table.mlp, table.config.mlpWidth) }
    /// The stream with the MLP's result added.
    @inline(__always)
    package var streamAfterMLP: Matrix { activations.rows(at: first &+ 4 &* table.stream, c) }

    /// (1, T).
    @inline(__always)
    package var attentionScale: Matrix { activations.columns(at: turned, 1) }
    /// (1, T).
    @inline(__always)
    package var mlpScale: Matrix { activations.columns(at: turned &+ table.row, 1) }
    /// q, k and v, one under the other, positions in the lanes: (3C, T). Of activations only q is, of gradients k and v only if
    /// heads have no eight channels.
    @inline(always)
    var turnedQKV: Matrix { activations.columns(at: turned &+ 2 &* table.row, 3 &* c) }
    /// (C, T).
    @inline(always)
    var turnedQ: Matrix { activations.columns(at: turned &+ 2 &* table.row, c) }
    /// What the heads fetched, positions in the lanes: (C, T).
    @inline(always)
    var turnedHeads: Matrix { activations.columns(at: turned &+ (2 &+ 3 &* c) &* table.row, c) }

    /// One head's queries, keys and values, and what it fetched: (T, D) each.
    @inline(always)
    func q(ofHead head: Int) -> Matrix { q.columns(head &* table.config.headDim, table.config.headDim) }
    @inline(always)
    func k(ofHead head: Int) -> Matrix { k.columns(head &* table.config.headDim, table.config.headDim) }
    @inline(always)
    func v(ofHead head: Int) -> Matrix { v.columns(head &* table.config.headDim, table.config.headDim) }
    @inline(always)
    func fetched(byHead head: Int) -> Matrix { heads.columns(head &* table.config.headDim, table.config.headDim) }

    /// The same, positions in the lanes: (D, T) each.
    @inline(always)
    func turnedQ(ofHead head: Int) -> Matrix { turnedHead(head) }
    @inline(always)
    func turnedK(ofHead head: Int) -> Matrix { turnedHead(table.config.nHead &+ head) }
    @inline(always)
    func turnedV(ofHead head: Int) -> Matrix { turnedHead(2 &* table.config.nHead &+ head) }
    @inline(always)
    func turnedFetched(byHead head: Int) -> Matrix { turnedHead(3 &* table.config.nHead &+ head) }

    /// The heads of q, of k and of v, and what they fetched, lie one under the other.
    @inline(always)
    private func turnedHead(_ index: Int) -> Matrix {
      let size = table.config.headDim
      return activations.columns(at: turned &+ (2 &+ index &* size) &* table.row, size)
    }

    /// k · q / √D of one head, key by query; only what lies at or below the query is defined.
    @inline(__always)
    package func scores(_ head: Int) -> Matrix { square(head) }
    /// The shares of one head, key by query.
    @inline(__always)
    package func attention(_ head: Int) -> Matrix { square(table.config.nHead &+ head) }

    @inline(always)
    private func square(_ index: Int) -> Matrix {
      let row = 2 &+ 4 &* c &+ index &* table.config.blockSize
      return activations.columns(at: turned &+ row &* table.row, activations.positions)
    }
  }
}
