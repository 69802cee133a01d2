/// Makes up names: letter after letter, each drawn from what the model gives for the letters before it.
///
/// Name i uses the seed's stream for i, one uniform number a place: it is the same whatever else is generated, and two
/// models can be rolled with the same dice.
package final class Generator {
  private let model: Model
  private let decoder: NameDecoder

  /// - Parameters:
  ///   - model: what makes them up.
  ///   - off: what is switched off.
  ///   - vectors: computed with: the same bits for each width that is supported.
  package init(_ model: Model, off: Switches = Switches(), vectors: VectorWidth = .chosen) {
    self.model = model
    decoder = NameDecoder(model, off: off, vectors: vectors)
  }

  /// The names of `indices`.
  ///
  /// - Precondition: `sampling` has no ``Sampling/problem``.
  package func names(_ indices: Range<Int>, seed: UInt32, sampling: Sampling) throws(TextError) -> [GeneratedName] {
    precondition(sampling.problem == nil, "Generator: the settings must be valid")
    // BOS and the letters that every name starts with.
    var prefix = try model.tokens(sampling.prefix)
    prefix.removeLast()
    var names: [GeneratedName] = []
    names.reserveCapacity(indices.count)
    var sampler = Sampler(sampling, outcomes: model.vocabulary.count)
    var first = indices.lowerBound
    while first < indices.upperBound {
      let count = min(decoder.width, indices.upperBound - first)
      group(first..<first + count, seed, prefix, sampling.prefix, &sampler, into: &names)
      first += count
    }
    return names
  }

  /// As many names as run side by side.
  private func group(
    _ indices: Range<Int>, _ seed: UInt32, _ prefix: [UInt16], _ letters: [UInt32], _ sampler: inout Sampler,
    into names: inout [GeneratedName]
  ) {
    let bos = model.vocabulary.bos
    var drafts = indices.map { Draft(letters: letters, random: RandomStream(seed: seed, .names, index: $0)) }
    var tokens = Array(repeating: UInt16(bos), count: decoder.width)
    var running = drafts.count
    for position in 0..<model.config.blockSize where running > 0 {
      if position < prefix.count {
        for lane in tokens.indices { tokens[lane] = prefix[position] }
      }
      decoder.advance(tokens: tokens, position: position)
      if position + 1 < prefix.count { continue }
      for lane in drafts.indices where drafts[lane].isRunning {
        let u = drafts[lane].random.uniform()
        let token = sampler.pick(decoder.logits, column: lane, u: u)
        let isLastPlace = position + 1 == model.config.blockSize
        // At the last place the prediction only decides whether the name ends here.
        if token == bos || !isLastPlace { drafts[lane].logProbability += logProbability(of: token, column: lane) }
        if token == bos || isLastPlace {
          drafts[lane].isRunning = false
          drafts[lane].ended = token == bos
          running -= 1
        } else {
          drafts[lane].letters.append(model.vocabulary.scalars[token])
          tokens[lane] = UInt16(token)
        }
      }
    }
    for draft in drafts {
      names.append(
        GeneratedName(letters: draft.letters, ended: draft.ended, logProbability: draft.logProbability))
    }
  }

  /// A name in the making.
  private struct Draft {
    var letters: [UInt32]
    var random: RandomStream
    var isRunning = true
    var ended = false
    var logProbability = 0.0
  }

  /// ln p of an outcome at temperature 1, as the loss has it.
  private func logProbability(of token: Int, column: Int) -> Double {
    let logits = decoder.logits
    let first = column / laneCount * laneCount
    var top = logits.lanes(0, first)
    for id in 1..<logits.rows { top = larger(top, logits.lanes(id, first)) }
    let sum = foldedSum(logits.rows) { id in exponential(logits.lanes(id, first) - top) }
    let lane = column - first
    return Double(logits[token, column] - top[lane]) - logarithm(Double(sum[lane]))
  }
}
