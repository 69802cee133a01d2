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
    let sums = HeadSums(model, documents, count: count)
    sums.add(model, documents, places: 0..<sums.names)
    self.init(sums)
  }

  /// What the names taken in so far show.
  package init(_ sums: HeadSums) {
    let halves = sums.halves
    let counts = halves[0].names + halves[1].names
    let all = halves[0].heads.indices.map { index in
      let measures = HeadMeasures(halves[0].heads[index] + halves[1].heads[index], over: counts)
      let ofHalves = halves.map { HeadMeasures($0.heads[index], over: $0.names) }
      return Head(measures: measures, halves: ofHalves, lean: Lean(all: measures, halves: ofHalves))
    }
    heads = Array(all.prefix(all.count - sums.nHead))
    pooled = Array(all.suffix(sums.nHead))
    names = sums.names
    vowelRate = !counts.hasVowels || counts.letters == 0 ? nil : Double(counts.vowels) / Double(counts.letters)
  }
}
