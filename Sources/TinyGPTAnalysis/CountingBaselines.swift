import TinyGPT

/// What a model that only counts reaches: mean loss per prediction, in nats, of the letter alone, after one letter, after
/// two and after three.
///
/// Counts over the names to train on, contexts padded with BOS, the end counted, 0.5 added to each of the V outcomes:
/// p(v | context) = (count(context, v) + 0.5) / (count(context) + V / 2).
package struct CountingBaselines: Equatable {
  package let uniform: Double
  /// By letters of context: 0 (unigram) to 3 (fourgram).
  package let byContext: [Double]
  /// Whether there were held-out names to score on. Else each name is scored with its own counts taken away.
  package let scoredOnHeldOut: Bool

  package var unigram: Double { byContext[0] }
  package var bigram: Double { byContext[1] }
  package var trigram: Double { byContext[2] }
  package var fourgram: Double { byContext[3] }

  package init(_ documents: Documents, vocabSize: Int) {
    uniform = logarithm(Double(vocabSize))
    scoredOnHeldOut = documents.heldOutCount > 0
    let training = 0..<documents.trainingCount
    let scored = documents.heldOut.isEmpty ? training : documents.heldOut
    byContext = (0...3).map { contextLength in
      let counts = ContextCounts(documents, training, contextLength: contextLength, vocabSize: vocabSize)
      var loss = Loss()
      for place in scored {
        loss += counts.loss(documents.document(at: place), isCounted: documents.heldOutCount == 0)
      }
      return loss.mean
    }
  }
}

/// How often each outcome followed each context. A prediction is a number in base V: its context's letters are the first
/// digits, its outcome is the last.
private struct ContextCounts {
  private let contextLength: Int
  private let base: UInt64
  /// The number of every prediction, ascending: those of one context stand together.
  private var predictions: [UInt64] = []

  init(_ documents: Documents, _ places: Range<Int>, contextLength: Int, vocabSize: Int) {
    self.contextLength = contextLength
    base = UInt64(vocabSize)
    for place in places { predictions += numbers(of: documents.document(at: place)) }
    for digit in 0...contextLength { sortPredictions(byDigit: digit) }
  }

  /// Puts the predictions in the order of one digit, else as they stood: done from the last digit to the first, all are
  /// ascending, in time linear in their number.
  private mutating func sortPredictions(byDigit digit: Int) {
    var weight: UInt64 = 1
    for _ in 0..<digit { weight &*= base }
    var ends = Array(repeating: 0, count: Int(base))
    for number in predictions { ends[Int(number / weight % base)] += 1 }
    for value in 1..<ends.count { ends[value] += ends[value - 1] }
    var sorted = predictions
    for number in predictions.reversed() {
      let value = Int(number / weight % base)
      ends[value] -= 1
      sorted[ends[value]] = number
    }
    predictions = sorted
  }

  /// The loss of a name's predictions, in nats; with `isCounted` its own counts are taken away first.
  func loss(_ document: Document, isCounted: Bool) -> Loss {
    let own = numbers(of: document)
    var loss = Loss()
    for number in own {
      let context = number / base
      var outcomeCount = count(number..<number + 1)
      var contextCount = count(context &* base..<(context + 1) &* base)
      if isCounted {
        for other in own {
          if other == number { outcomeCount -= 1 }
          if other / base == context { contextCount -= 1 }
        }
      }
      let share = (Double(outcomeCount) + 0.5) / (Double(contextCount) + 0.5 * Double(base))
      loss += Loss(sum: -logarithm(share), count: 1)
    }
    return loss
  }

  /// The numbers of a name's predictions.
  private func numbers(of document: Document) -> [UInt64] {
    (0..<document.targets.count).map { t in
      var number: UInt64 = 0
      for back in stride(from: contextLength - 1, through: 0, by: -1) {
        // Before the name's start there is BOS, as at its first input.
        number = number &* base &+ UInt64(document.inputs[max(0, t - back)])
      }
      return number &* base &+ UInt64(document.targets[t])
    }
  }

  /// How many predictions have a number in `numbers`.
  private func count(_ numbers: Range<UInt64>) -> Int {
    firstIndex(atLeast: numbers.upperBound) - firstIndex(atLeast: numbers.lowerBound)
  }

  private func firstIndex(atLeast number: UInt64) -> Int {
    var low = 0
    var high = predictions.count
    while low < high {
      let middle = (low + high) / 2
      if predictions[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
