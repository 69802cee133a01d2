/// Runs several names through a model at once, one position at a time: names stand side by side in the lanes, and keys and
/// values of earlier positions are kept, so that a letter costs one pass over the weights.
package final class NameDecoder {
  /// Names that run side by side.
  package let width: Int
  private let decoding: Decoding
  private let passes: Passes
  private let model: Model
  private let cache: Block<Float>
  private let block: Block<Float>
  private let tokens: Block<UInt16>

  package init(_ model: Model, off: Switches, vectors: VectorWidth = .chosen) {
    self.model = model
    let config = model.config
    // Sixteen names fill the widest vector; models with huge caches take fewer at a time, and narrow vectors.
    let isHuge = Decoding.cacheCount(config, width: 1) > 1 << 20
    width = isHuge ? 4 : 16
    passes = Passes(network: model.network, width: isHuge ? .bits128 : vectors)
    cache = Block(count: Decoding.cacheCount(config, width: width))
    block = Block(count: Decoding.blockCount(config, width: width))
    tokens = Block(count: width)
    decoding = Decoding(
      network: model.network, weights: model.weights.view, off: off, width: width, cache: cache.view, block: block.view)
  }

  /// (V, width): a score for each outcome, after ``advance(tokens:position:)``.
  package var logits: Matrix { decoding.logits }

  /// Reads one token of each name at `position` and fills ``logits``.
  ///
  /// - Precondition: earlier positions were read before, in order.
  package func advance(tokens: [UInt16], position: Int) {
    precondition(tokens.count == width, "NameDecoder: a token a name")
    for name in tokens.indices { self.tokens.view[name] = tokens[name] }
    passes.advance(decoding, self.tokens.view, position: position)
  }
}
