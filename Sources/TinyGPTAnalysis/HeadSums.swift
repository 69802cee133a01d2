import TinyGPT

/// What a report on heads is made of: sums over names that are taken in one after another, so that others can work between.
package struct HeadSums {
  /// Names of the whole report.
  package let names: Int
  let nHead: Int
  /// By token id; empty outside of the a-z vocabulary.
  let isVowel: [Bool]
  /// Of each half of the names, apart, as a lean must show in both: head by head, layer by layer, then by head index on the
  /// attention averaged over the layers.
  private(set) var halves: [[AttentionSums]]
  private(set) var letters = 0
  private(set) var vowels = 0

  /// For the first `count` names of the run's order (0: all of them).
  package init(_ model: Model, _ documents: Documents, count: Int) {
    let config = model.config
    names = count == 0 ? documents.count : min(count, documents.count)
    nHead = config.nHead
    isVowel = vowelTable(of: model.vocabulary)
    let empty = AttentionSums(blockSize: config.blockSize)
    let heads = Array(repeating: empty, count: config.nLayer * config.nHead + config.nHead)
    halves = [heads, heads]
  }

  /// Takes in the name at a place of the order.
  package mutating func add(_ model: Model, _ documents: Documents, place: Int) {
    let config = model.config
    let half = place < (names + 1) / 2 ? 0 : 1
    let document = documents.document(at: place)
    for t in 1..<max(1, document.inputs.count) {
      letters += 1
      if !isVowel.isEmpty, isVowel[Int(document.inputs[t])] { vowels += 1 }
    }
    let trace = Trace(model, document, gradients: false)
    for head in 0..<config.nHead {
      for layer in 0..<config.nLayer {
        halves[half][layer * config.nHead + head].add(document, isVowel: isVowel) { q, k in
          Double(trace.share(layer: layer, head: head, query: q, key: k))
        }
      }
      halves[half][config.nLayer * config.nHead + head].add(document, isVowel: isVowel) { q, k in
        var sum: Double = 0
        for layer in 0..<config.nLayer { sum += Double(trace.share(layer: layer, head: head, query: q, key: k)) }
        return sum / Double(config.nLayer)
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
