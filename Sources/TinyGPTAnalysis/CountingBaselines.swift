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

/// How often each outcome followed each context, as sorted numbers: a context's letters are the digits of a number in base V.
private struct ContextCounts {
  private let contextLength: Int
  private let vocabSize: Int
  /// Of every prediction, ascending: the context's number, and that with the outcome as one more digit.
  private let contexts: [UInt64]
  private let outcomes: [UInt64]

  init(_ documents: Documents, _ places: Range<Int>, contextLength: Int, vocabSize: Int) {
    self.contextLength = contextLength
    self.vocabSize = vocabSize
    var contexts: [UInt64] = []
    var outcomes: [UInt64] = []
    for place in places {
      let document = documents.document(at: place)
      for (context, outcome) in ContextCounts.keys(document, contextLength, vocabSize) {
        contexts.append(context)
        outcomes.append(outcome)
      }
    }
    contexts.sort()
    outcomes.sort()
    self.contexts = contexts
    self.outcomes = outcomes
  }

  /// - Parameters:
  ///   - document: a name.
  ///   - isCounted: whether the name's own counts are to be taken away.
  /// - Returns: the loss of its predictions, in nats.
  func loss(_ document: Document, isCounted: Bool) -> Loss {
    let keys = ContextCounts.keys(document, contextLength, vocabSize)
    var loss = Loss()
    for (context, outcome) in keys {
      var contextCount = ContextCounts.count(context, in: contexts)
      var outcomeCount = ContextCounts.count(outcome, in: outcomes)
      if isCounted {
        for key in keys {
          if key.context == context { contextCount -= 1 }
          if key.outcome == outcome { outcomeCount -= 1 }
        }
      }
      let share = (Double(outcomeCount) + 0.5) / (Double(contextCount) + 0.5 * Double(vocabSize))
      loss += Loss(sum: -logarithm(share), count: 1)
    }
    return loss
  }

  /// The numbers of each prediction's context and of context and outcome.
  private static func keys(
    _ document: Document, _ contextLength: Int, _ vocabSize: Int
  ) -> [(context: UInt64, outcome: UInt64)] {
    let base = UInt64(vocabSize)
    var keys: [(context: UInt64, outcome: UInt64)] = []
    for t in 0..<document.targets.count {
      var context: UInt64 = 0
      for back in stride(from: contextLength - 1, through: 0, by: -1) {
        // Before the name's start there is BOS, as at its first input.
        context = context &* base &+ UInt64(document.inputs[max(0, t - back)])
      }
      keys.append((context, context &* base &+ UInt64(document.targets[t])))
    }
    return keys
  }

  /// How often `key` stands in ascending `keys`.
  private static func count(_ key: UInt64, in keys: [UInt64]) -> Int {
    firstIndex(in: keys, atLeast: key + 1) - firstIndex(in: keys, atLeast: key)
  }

  private static func firstIndex(in keys: [UInt64], atLeast key: UInt64) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
