/// Runs several names through a model at once, a letter of each at a time: names stand side by side in the lanes, each at a
/// position of its own, and keys and values of earlier positions are kept, so that a letter costs one pass over the weights.
package final class NameDecoder {
  /// Names that run side by side.
  package let width: Int
  private let decoding: Decoding
  private let drawing: Drawing
  private let tokens: View<UInt16>
  private let positions: View<UInt16>
  private let passes: Passes
  /// Positions that all names have in common, and where the next keys and values are kept.
  private var (common, slot) = (0, 0)
  // What the views above look at.
  private let model: Model
  private let cache: Block<Float>
  private let block: Block<Float>
  private let reading: Block<UInt16>

  /// Names that run side by side at most: sixteen fill the widest vector and share the loads of weights for narrow ones. In
  /// WebAssembly a weight is in all lanes with one instruction, so eight do as well, and fewer lanes idle when the last end.
  #if arch(wasm32)
    private static let most = 8
  #else
    private static let most = 16
  #endif

  /// - Parameters:
  ///   - model: what reads.
  ///   - off: what is switched off.
  ///   - vectors: computed with: the same bits for each width that is supported.
  ///   - names: as many as there are to be read: a few need no more lanes than a vector has.
  package init(_ model: Model, off: Switches, vectors: VectorWidth = .chosen, names: Int = 16) {
    self.model = model
    let config = model.config
    // Models with huge caches take fewer names at a time, and narrow vectors.
    let isHuge = Decoding.cacheCount(config, width: 1) > 1 << 20
    passes = Passes(network: model.network, width: isHuge ? .bits128 : vectors)
    let lanes = passes.width.rawValue / 32
    width = isHuge ? lanes : min(NameDecoder.most, (max(1, names) + lanes - 1) / lanes * lanes)
    cache = Block(count: Decoding.cacheCount(config, width: width))
    block = Block(count: Decoding.blockCount(config, width: width))
    reading = Block(count: 2 * width)
    tokens = reading.view.slice(0, width)
    positions = reading.view.slice(width, width)
    decoding = Decoding(
      network: model.network, weights: model.weights.view, off: off, width: width, cache: cache.view, block: block.view)
    drawing = decoding.drawing
  }

  /// Reads what all names begin with, once for all of them, and forgets what was read before.
  package func begin(_ given: [UInt16]) {
    decoding.prepare()
    for (position, token) in given.enumerated() {
      for lane in 0..<width { read(token, at: position, lane: lane) }
      passes.advance(decoding, tokens, positions, common: position, slot: position, temperature: 1)
    }
    (common, slot) = (given.count, given.count)
  }

  /// The name in `lane` reads `token` next, at `position`: the one after what all begin with, or after that of its token
  /// before.
  package func read(_ token: UInt16, at position: Int, lane: Int) {
    tokens[lane] = token
    positions[lane] = UInt16(position)
  }

  /// Rolls a name's dice for what comes after the token that it reads next: 0 ≤ u < 1.
  package func roll(_ u: Float, lane: Int) { drawing.rolls[0, lane] = u }

  /// Reads one token of each name and draws what comes next.
  ///
  /// - Parameter temperature: that outcomes are drawn with, above 0.
  package func advance(temperature: Float = 1) {
    passes.advance(decoding, tokens, positions, common: common, slot: slot, temperature: temperature)
    slot = slot + 1 == model.config.blockSize ? common : slot + 1
  }

  /// (V, width): a score for each outcome; not to be kept longer than the decoder.
  package var logits: Matrix { drawing.logits }

  /// The outcome that a name's dice picked.
  package func pick(_ lane: Int) -> Int { Int(drawing.picks[0, lane]) }

  /// ln p of an outcome at temperature 1, in nats, as the loss has it.
  package func logProbability(of outcome: Int, lane: Int) -> Double {
    Double(logits[outcome, lane] - drawing.largest[0, lane]) - logarithm(Double(drawing.sum[0, lane]))
  }
}
