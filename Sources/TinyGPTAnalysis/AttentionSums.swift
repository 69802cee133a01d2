import TinyGPT

/// Sums over positions that one head's measures are made of. Sums of two lists of names add up to those of both.
package struct AttentionSums {
  /// A sum and how many cases it has.
  struct Mean {
    var sum = 0.0
    /// The same sum under uniform attention.
    var chance = 0.0
    var count = 0

    mutating func add(_ value: Double, chance: Double) {
      sum += value
      self.chance += chance
      count += 1
    }

    static func + (a: Mean, b: Mean) -> Mean {
      Mean(sum: a.sum + b.sum, chance: a.chance + b.chance, count: a.count + b.count)
    }
  }

  var positional = Mean()
  var previous = Mean()
  var current = Mean()
  var copy = Mean()
  var entropyBits = Mean()
  var entropyShare = Mean()
  /// Attention on vowels and on letters; not a mean of cases.
  var onVowels = 0.0
  var onLetters = 0.0
  /// Attention of each query on each key, (blockSize, blockSize), and the names that reach each query: the head made blind.
  private(set) var attention: [Double]
  private(set) var reaching: [Int]
  /// Names that reach a query and have a vowel at a key.
  private(set) var vowelsAt: [Double]
  private let blockSize: Int

  package init(blockSize: Int) {
    self.blockSize = blockSize
    attention = Array(repeating: 0, count: blockSize * blockSize)
    vowelsAt = attention
    reaching = Array(repeating: 0, count: blockSize)
  }

  /// Takes one name in.
  ///
  /// - Parameters:
  ///   - document: the name.
  ///   - isVowel: by token id; empty where vowels mean nothing.
  ///   - share: attention of a query on a key.
  package mutating func add(_ document: Document, isVowel: [Bool], share: (_ query: Int, _ key: Int) -> Double) {
    for q in 0..<document.inputs.count {
      reaching[q] += 1
      let uniform = 1 / Double(q + 1)
      var entropy = 0.0
      var copied = 0.0
      var copies = 0
      for k in 0...q {
        let a = share(q, k)
        attention[q * blockSize + k] += a
        if a > 0 { entropy -= a * logarithm(a) }
        guard k >= 1 else { continue }
        onLetters += a
        if !isVowel.isEmpty, isVowel[Int(document.inputs[k])] {
          onVowels += a
          vowelsAt[q * blockSize + k] += 1
        }
        if document.inputs[k] == document.targets[q] {
          copied += a
          copies += 1
        }
      }
      guard q >= 1 else { continue }
      positional.add(share(q, 0), chance: uniform)
      if q >= 2 { previous.add(share(q, q - 1), chance: uniform) }
      current.add(share(q, q), chance: uniform)
      if copies > 0 { copy.add(copied, chance: Double(copies) * uniform) }
      let most = logarithm(Double(q + 1))
      entropyBits.add(entropy / ln2, chance: most / ln2)
      entropyShare.add(entropy / most, chance: 1)
    }
  }

  /// Share of the attention on letters that is on vowels; and the same for the head's mean attention by place alone.
  var vowelShare: (value: Double, chance: Double)? {
    guard onLetters > 0 else { return nil }
    var blindVowels = 0.0
    var blindLetters = 0.0
    for q in 0..<blockSize where reaching[q] > 0 {
      for k in stride(from: 1, through: q, by: 1) {
        let mean = attention[q * blockSize + k] / Double(reaching[q])
        blindLetters += mean * Double(reaching[q])
        blindVowels += mean * vowelsAt[q * blockSize + k]
      }
    }
    return blindLetters > 0 ? (onVowels / onLetters, blindVowels / blindLetters) : nil
  }

  package static func + (a: AttentionSums, b: AttentionSums) -> AttentionSums {
    var sum = a
    sum.positional = a.positional + b.positional
    sum.previous = a.previous + b.previous
    sum.current = a.current + b.current
    sum.copy = a.copy + b.copy
    sum.entropyBits = a.entropyBits + b.entropyBits
    sum.entropyShare = a.entropyShare + b.entropyShare
    sum.onVowels += b.onVowels
    sum.onLetters += b.onLetters
    for index in sum.attention.indices {
      sum.attention[index] += b.attention[index]
      sum.vowelsAt[index] += b.vowelsAt[index]
    }
    for index in sum.reaching.indices { sum.reaching[index] += b.reaching[index] }
    return sum
  }
}

private let ln2 = logarithm(2)
