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
    // BOS and the letters that every name starts with.
    var given = try model.tokens(sampling.prefix)
    given.removeLast()
    let decoder = NameDecoder(model, off: off, vectors: vectors, names: indices.count)
    let scalars = model.vocabulary.scalars
    let bos = model.vocabulary.bos
    let places = model.config.blockSize
    var sampler = Sampler(sampling, outcomes: model.vocabulary.count)
    var names = Array(repeating: GeneratedName(letters: [], ended: false, logProbability: 0), count: indices.count)
    var waiting = indices
    var drafts = (0..<decoder.width).map { _ in waiting.popFirst().map { Draft($0, seed) } }
    var letters = Array(repeating: UInt32(0), count: decoder.width * places)
    for lane in drafts.indices { decoder.read(given[0], at: 0, lane: lane) }
    var unfinished = indices.count
    while unfinished > 0 {
      for lane in drafts.indices where decoder.position(lane) + 1 >= given.count {
        guard let u = drafts[lane]?.random.uniform() else { continue }
        drafts[lane]?.roll = u
        decoder.roll(u, lane: lane)
      }
      decoder.advance(temperature: sampler.hasCutOffs ? 1 : sampler.temperature)
      for lane in drafts.indices {
        guard var draft = drafts[lane] else { continue }
        let position = decoder.position(lane)
        let isDrawn = position + 1 >= given.count
        var token = isDrawn ? decoder.pick(lane) : Int(given[position + 1])
        if isDrawn && sampler.hasCutOffs { token = sampler.pick(decoder.logits, column: lane, u: draft.roll) }
        // At the last place the prediction only decides whether the name ends here.
        let isCut = token != bos && position + 1 == places
        if isDrawn && !isCut { draft.logProbability += decoder.logProbability(of: token, lane: lane) }
        if token != bos && !isCut {
          letters[lane * places + position] = scalars[token]
          decoder.read(UInt16(token), at: position + 1, lane: lane)
          drafts[lane] = draft
          continue
        }
        names[draft.index - indices.lowerBound] = GeneratedName(
          letters: Array(letters[lane * places..<lane * places + position]), ended: !isCut,
          logProbability: draft.logProbability)
        unfinished -= 1
        decoder.read(given[0], at: 0, lane: lane)
        drafts[lane] = waiting.popFirst().map { Draft($0, seed) }
      }
    }
    return names
  }

  /// A name in the making.
  private struct Draft {
    let index: Int
    var random: RandomStream
    /// The last roll of its dice.
    var roll: Float = 0
    var logProbability = 0.0

    init(_ index: Int, _ seed: UInt32) {
      self.index = index
      random = RandomStream(seed: seed, .names, index: index)
    }
  }
}
