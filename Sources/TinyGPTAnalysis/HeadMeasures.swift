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

  /// Most measures are sums of a[q][k] over places, so the names' sum at each place is enough.
  package init(_ sums: AttentionSums, over names: NameCounts) {
    var (positional, previous, current) = (Mean(), Mean(), Mean())
    var (entropyBits, entropyShare) = (Mean(), Mean())
    var (onVowels, blindVowels, onLetters) = (0.0, 0.0, 0.0)
    for q in stride(from: 1, to: sums.blockSize, by: 1) where names.reaching[q] > 0 {
      let count = names.reaching[q]
      let uniform = Double(count) / Double(q + 1)
      positional.add(sums[0, q], chance: uniform, count: count)
      if q >= 2 { previous.add(sums[q - 1, q], chance: uniform, count: count) }
      current.add(sums[q, q], chance: uniform, count: count)
      let most = logarithm(Double(q + 1)) / ln2
      entropyBits.add(sums.bits[q], chance: Double(count) * most, count: count)
      entropyShare.add(sums.bits[q] / most, chance: Double(count), count: count)
      onVowels += sums.onMarked[q]
      for k in 1...q {
        onLetters += sums[k, q]
        blindVowels += sums[k, q] * (Double(names.vowels(at: k, reaching: q)) / Double(count))
      }
    }
    self.positional = positional.measure
    self.previous = previous.measure
    self.current = current.measure
    self.entropyBits = entropyBits.measure
    self.entropyShare = entropyShare.measure
    copy = Mean(sum: sums.onPairs, chance: names.copies.chance, count: names.copies.count).measure
    vowelShare =
      names.hasVowels && onLetters > 0 ? Measure(value: onVowels / onLetters, chance: blindVowels / onLetters) : nil
  }

  /// Sums and how many cases they have.
  private struct Mean {
    var sum = 0.0
    /// The same sum under uniform attention.
    var chance = 0.0
    var count = 0

    mutating func add(_ sum: Double, chance: Double, count: Int) {
      self.sum += sum
      self.chance += chance
      self.count += count
    }

    /// nil without a case.
    var measure: Measure? {
      count == 0 ? nil : Measure(value: sum / Double(count), chance: chance / Double(count))
    }
  }
}

private let ln2 = logarithm(2)

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
