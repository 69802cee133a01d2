import TinyGPT

/// What one head does over many names, each figure beside what chance would give.
///
/// a[q][k] is the attention of query q on key k ≤ q, k = 0 being BOS; means weigh predictions equally; chance is the same
/// with a[q][k] = 1 / (q + 1) unless said. A measure without a case is nil.
package struct HeadMeasures: Equatable {
  package struct Measure: Equatable {
    package let value: Double
    package let chance: Double
    /// value / chance.
    package var ratio: Double { value / chance }
  }

  /// Mean of a[q][0] over q ≥ 1.
  package let positional: Measure?
  /// Mean of a[q][q - 1] over q ≥ 2.
  package let previous: Measure?
  /// Mean of a[q][q] over q ≥ 1.
  package let current: Measure?
  /// Share of the attention on letters that is on vowels; chance: the head made blind to letters, each a[q][k] replaced by its
  /// mean over the names that reach q. nil outside of the a-z vocabulary.
  package let vowelShare: Measure?
  /// Mean entropy over q ≥ 1, in bits.
  package let entropyBits: Measure?
  /// Mean over q ≥ 1 of entropy / log₂(q + 1).
  package let entropyShare: Measure?
  /// Mean, over the q whose next letter stands among keys 1...q, of the attention on those keys.
  package let copy: Measure?

  package init(_ sums: AttentionSums, hasVowels: Bool) {
    func measure(_ mean: AttentionSums.Mean) -> Measure? {
      mean.count == 0 ? nil : Measure(value: mean.sum / Double(mean.count), chance: mean.chance / Double(mean.count))
    }
    positional = measure(sums.positional)
    previous = measure(sums.previous)
    current = measure(sums.current)
    copy = measure(sums.copy)
    entropyBits = measure(sums.entropyBits)
    entropyShare = measure(sums.entropyShare)
    let vowels = hasVowels ? sums.vowelShare : nil
    vowelShare = vowels.map { Measure(value: $0.value, chance: $0.chance) }
  }
}

/// What a head leans to, named only where it clearly beats chance in both halves of the names.
package struct Lean: Equatable {
  package enum Direction: Equatable, CaseIterable {
    case start, letterBefore, itself, repeats, vowels, consonants
  }

  package let direction: Direction
  /// Whether at least half of the attention goes there; never said of vowels and consonants, which share the letters out.
  package let isMostly: Bool

  /// nil: no clear lean.
  ///
  /// A measure counts from 1.75 times its chance in both halves; the largest ratio over all names gives the name. Vowels or
  /// consonants count from 0.10 away from chance in both halves.
  package init?(all: HeadMeasures, halves: [HeadMeasures]) {
    typealias Candidate = (direction: Direction, path: (HeadMeasures) -> HeadMeasures.Measure?)
    let candidates: [Candidate] = [
      (.start, { $0.positional }), (.letterBefore, { $0.previous }), (.itself, { $0.current }), (.repeats, { $0.copy }),
    ]
    var best: (direction: Direction, measure: HeadMeasures.Measure)?
    for (direction, path) in candidates {
      guard let measure = path(all) else { continue }
      var holds = true
      for half in halves {
        if let ratio = path(half)?.ratio, ratio >= 1.75 { continue }
        holds = false
      }
      if holds && measure.ratio > best?.measure.ratio ?? 0 { best = (direction, measure) }
    }
    if let best {
      direction = best.direction
      isMostly = best.measure.value >= 0.5
      return
    }
    var vowels = true
    var consonants = true
    for half in halves {
      let difference = half.vowelShare.map { $0.value - $0.chance } ?? 0
      if difference < 0.10 { vowels = false }
      if difference > -0.10 { consonants = false }
    }
    guard vowels || consonants else { return nil }
    direction = vowels ? .vowels : .consonants
    isMostly = false
  }
}
