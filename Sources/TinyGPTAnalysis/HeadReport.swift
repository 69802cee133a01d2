import TinyGPT

/// All heads of a model measured over names, each alone and averaged over the layers.
package struct HeadReport: Equatable {
  package struct Head: Equatable {
    package let measures: HeadMeasures
    /// The same over the first half of the names, and over the second.
    package let halves: [HeadMeasures]
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
    var sums = HeadSums(model, documents, count: count)
    for place in 0..<sums.names { sums.add(model, documents, place: place) }
    self.init(sums)
  }

  /// What the names taken in so far show.
  package init(_ sums: HeadSums) {
    let isLatin = !sums.isVowel.isEmpty
    let all = sums.halves[0].indices.map { index in
      let halves = sums.halves.map { HeadMeasures($0[index], hasVowels: isLatin) }
      let measures = HeadMeasures(sums.halves[0][index] + sums.halves[1][index], hasVowels: isLatin)
      return Head(measures: measures, halves: halves, lean: Lean(all: measures, halves: halves))
    }
    heads = Array(all.prefix(all.count - sums.nHead))
    pooled = Array(all.suffix(sums.nHead))
    names = sums.names
    vowelRate = !isLatin || sums.letters == 0 ? nil : Double(sums.vowels) / Double(sums.letters)
  }
}
