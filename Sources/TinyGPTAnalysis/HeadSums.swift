import TinyGPT

/// What a report on heads is made of: sums over names that are taken in one after another, so that others can work between.
package final class HeadSums {
  /// Sums over one half of the names, apart, as a lean must show in both.
  struct Half {
    var names: NameCounts
    /// Head by head, layer by layer, then by head index on the attention averaged over the layers.
    let heads: [AttentionSums]

    init(_ config: Config, isVowel: [Bool]) {
      names = NameCounts(blockSize: config.blockSize, isVowel: isVowel)
      heads = (0..<(config.nLayer + 1) * config.nHead).map { _ in AttentionSums(blockSize: config.blockSize) }
    }
  }

  /// Names of the whole report.
  package let names: Int
  let nHead: Int
  private(set) var halves: [Half]

  /// For the first `count` names of the run's order (0: all of them).
  package init(_ model: Model, _ documents: Documents, count: Int) {
    names = count == 0 ? documents.count : min(count, documents.count)
    nHead = model.config.nHead
    let isVowel = vowelTable(of: model.vocabulary)
    halves = (0..<2).map { _ in Half(model.config, isVowel: isVowel) }
  }

  /// Takes in the names at some places of the order.
  package func add(_ model: Model, _ documents: Documents, places: Range<Int>) {
    let config = model.config
    let reader = Reader(model)
    withExtendedLifetime(reader) {
      for place in places {
        let half = place < (names + 1) / 2 ? 0 : 1
        let document = documents.document(at: place)
        halves[half].names.add(document)
        let activations = reader.read(document)
        for (index, sums) in halves[half].heads.enumerated() {
          let (layer, head) = (index / config.nHead, index % config.nHead)
          let layers = layer < config.nLayer ? layer..<layer + 1 : 0..<config.nLayer
          sums.add(activations.attention(ofHead: head, layers: layers), halves[half].names.marks)
        }
      }
    }
  }
}

/// Whether each token is a vowel; empty outside of the a-z vocabulary.
private func vowelTable(of vocabulary: Vocabulary) -> [Bool] {
  guard vocabulary == .latin else { return [] }
  return (vocabulary.scalars + [0]).map { scalar in
    switch scalar {
    case 0x61, 0x65, 0x69, 0x6F, 0x75: true  // a e i o u
    default: false
    }
  }
}
