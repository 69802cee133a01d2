/// What may be said about a run, from the held-out loss alone.
package enum RunStatus: Equatable {
  case untrained
  /// Not yet below letter frequencies.
  case learningFrequencies
  /// Below letter frequencies, not yet below pairs.
  case learningPairs
  /// Below pairs, not yet below triples.
  case pastPairs
  case pastTriples
  /// No new best for 1,500 steps, and within 0.03 nats of it.
  case nearBest
  /// More than 0.05 nats above its best, which was at `bestStep`, at least 200 steps ago: before that it is noise.
  case overfitting(bestStep: Int)
  /// Worse than blind guessing after step 20, and it never was much better.
  case worseThanBlind
  /// The loss of the step after this one is no longer a number.
  case broken(step: Int)

  /// Mean losses per prediction that mere counting reaches.
  package struct Ladder: Equatable {
    package let uniform: Double
    package let unigram: Double
    package let bigram: Double
    package let trigram: Double

    package init(uniform: Double, unigram: Double, bigram: Double, trigram: Double) {
      self.uniform = uniform
      self.unigram = unigram
      self.bigram = bigram
      self.trigram = trigram
    }
  }

  /// The held-out loss of a step.
  package struct Reading: Equatable {
    package let step: Int
    package let loss: Double

    package init(step: Int, loss: Double) {
      self.step = step
      self.loss = loss
    }
  }

  /// The status at the last of `readings`, which ascend by step. A rung of the ladder is passed after two readings below it.
  package init(_ readings: [Reading], ladder: Ladder, brokenStep: Int? = nil) {
    if let brokenStep {
      self = .broken(step: brokenStep)
      return
    }
    guard let last = readings.last, last.step > 0, var best = readings.first else {
      self = .untrained
      return
    }
    for reading in readings where reading.loss < best.loss { best = reading }
    func hasPassed(_ rung: Double) -> Bool {
      var below = 0
      for reading in readings where reading.loss < rung { below += 1 }
      return below >= 2
    }
    let hasLearned = hasPassed(ladder.unigram)
    if last.step > 20 && last.loss > ladder.uniform && !hasLearned {
      self = .worseThanBlind
    } else if hasLearned && last.loss > best.loss + 0.05 && last.step - best.step >= 200 {
      self = .overfitting(bestStep: best.step)
    } else if last.step - best.step >= 1_500 && last.loss <= best.loss + 0.03 {
      self = .nearBest
    } else if hasPassed(ladder.trigram) {
      self = .pastTriples
    } else if hasPassed(ladder.bigram) {
      self = .pastPairs
    } else if hasLearned {
      self = .learningPairs
    } else {
      self = .learningFrequencies
    }
  }
}
