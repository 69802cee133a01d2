/// Makes up names: letter after letter, each drawn from what the model gives for the letters before it.
///
/// Name i uses the seed's stream for i, one uniform number a place: it is the same whatever else is generated, and two
/// models can be rolled with the same dice.
package struct Generator {
  private let model: Model
  private let off: Switches
  private let vectors: VectorWidth

  /// - Parameters:
  ///   - model: what makes them up.
  ///   - off: what is switched off.
  ///   - vectors: computed with: the same bits for each width that is supported.
  package init(_ model: Model, off: Switches = Switches(), vectors: VectorWidth = .chosen) {
    self.model = model
    self.off = off
    self.vectors = vectors
  }

  /// The names of `indices`. Where one ends, the next begins in its lane.
  ///
  /// - Precondition: `sampling` has no ``Sampling/problem``.
  package func names(_ indices: Range<Int>, seed: UInt32, sampling: Sampling) throws(TextError) -> [GeneratedName] {
    precondition(sampling.problem == nil, "Generator: the settings must be valid")
    // BOS and the letters that every name starts with: read once for all.
    var given = try model.tokens(sampling.prefix)
    given.removeLast()
    let decoder = NameDecoder(model, off: off, vectors: vectors, names: indices.count)
    decoder.begin(given)
    var sampler = Sampler(sampling, outcomes: model.vocabulary.count)
    sampler.weigh(decoder.logits, column: 0)
    let first = sampler
    let firstLogs = (0..<model.vocabulary.count).map { decoder.logProbability(of: $0, lane: 0) }
    var drafts = Drafts(model, indices, seed: seed, prefix: sampling.prefix, lanes: decoder.width)
    while true {
      for lane in 0..<decoder.width {
        if drafts.isRunning(lane) {
          let u = drafts.roll(lane)
          let token = sampler.hasCutOffs ? sampler.pick(decoder.logits, column: lane, u: u) : decoder.pick(lane)
          drafts.add(token, decoder.logProbability(of: token, lane: lane), lane: lane)
        }
        while !drafts.isRunning(lane) && drafts.begin(lane) {
          let token = first.pick(u: drafts.roll(lane))
          drafts.add(token, firstLogs[token], lane: lane)
        }
        if drafts.isRunning(lane) { drafts.prepare(decoder, lane: lane) }
      }
      if drafts.areFinished { return drafts.names }
      decoder.advance(temperature: sampler.hasCutOffs ? 1 : sampler.temperature)
    }
  }
}
