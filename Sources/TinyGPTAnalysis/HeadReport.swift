import TinyGPT

/// All heads of a model measured over names, each alone and averaged over the layers.
package struct HeadReport: Equatable {
  package struct Head: Equatable {
    package let measures: HeadMeasures
    package let lean: Lean?
  }

  /// Layer by layer, head by head.
  package let heads: [Head]
  /// By head index, on the attention averaged over the layers.
  package let pooled: [Head]
  /// Names measured.
  package let names: Int
  /// Share of vowels among their letters; nil outside of the a-z vocabulary.
  package let vowelRate: Double?

  /// Measures `model` over the first `count` names of the run's order (0: all of them).
  package init(_ model: Model, _ documents: Documents, count: Int) {
    let config = model.config
    let names = count == 0 ? documents.count : min(count, documents.count)
    let isVowel = vowels(of: model.vocabulary)
    // The two halves of the names, apart: a lean must show in both.
    var sums = (0..<2).map { _ in
      (0..<config.nLayer * config.nHead + config.nHead).map { _ in AttentionSums(blockSize: config.blockSize) }
    }
    var letters = 0
    var vowelCount = 0
    for place in 0..<names {
      let half = place < (names + 1) / 2 ? 0 : 1
      let document = documents.document(at: place)
      for t in 1..<max(1, document.inputs.count) {
        letters += 1
        if !isVowel.isEmpty, isVowel[Int(document.inputs[t])] { vowelCount += 1 }
      }
      let trace = Trace(model, document, gradients: false)
      for head in 0..<config.nHead {
        for layer in 0..<config.nLayer {
          sums[half][layer * config.nHead + head].add(document, isVowel: isVowel) { q, k in
            Double(trace.share(layer: layer, head: head, query: q, key: k))
          }
        }
        sums[half][config.nLayer * config.nHead + head].add(document, isVowel: isVowel) { q, k in
          var sum: Double = 0
          for layer in 0..<config.nLayer { sum += Double(trace.share(layer: layer, head: head, query: q, key: k)) }
          return sum / Double(config.nLayer)
        }
      }
    }
    let all = sums[0].indices.map { index in
      let halves = sums.map { HeadMeasures($0[index], hasVowels: !isVowel.isEmpty) }
      let measures = HeadMeasures(sums[0][index] + sums[1][index], hasVowels: !isVowel.isEmpty)
      return Head(measures: measures, lean: Lean(all: measures, halves: halves))
    }
    heads = Array(all.prefix(config.nLayer * config.nHead))
    pooled = Array(all.suffix(config.nHead))
    self.names = names
    vowelRate = isVowel.isEmpty || letters == 0 ? nil : Double(vowelCount) / Double(letters)
  }
}

/// Whether each token is a vowel; empty outside of the a-z vocabulary.
private func vowels(of vocabulary: Vocabulary) -> [Bool] {
  guard vocabulary == .latin else { return [] }
  return (vocabulary.scalars + [0]).map { scalar in
    switch scalar {
    case 0x61, 0x65, 0x69, 0x6F, 0x75: true  // a e i o u
    default: false
    }
  }
}
