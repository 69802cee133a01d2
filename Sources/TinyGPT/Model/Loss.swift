/// A sum of losses and how many predictions it counts, so that every mean is per prediction.
public struct Loss: Equatable, Sendable {
  /// Sum over the predictions, in nats.
  public var sum: Double
  /// Predictions.
  public var count: Int

  public init(sum: Double = 0, count: Int = 0) {
    self.sum = sum
    self.count = count
  }

  /// Mean loss of a prediction, in nats; not a number where there is none.
  public var mean: Double { sum / Double(count) }

  public static func + (a: Loss, b: Loss) -> Loss { Loss(sum: a.sum + b.sum, count: a.count + b.count) }
  public static func += (a: inout Loss, b: Loss) { a = a + b }
}

extension Activations {
  /// Loss of the prediction at position t: `ln ∑ e^(z - max z) - (z[target] - max z)`, in nats.
  @inline(always)
  func loss(at t: Int, target: Int) -> Double {
    logarithm(Double(sumOfExponentials[0, t])) - Double(logits[t, target] - largestLogit[0, t])
  }

  /// Loss of a name, given the token that came next at each position.
  func loss(targets: View<UInt16>) -> Loss {
    precondition(targets.count <= positions, "loss: a position for each target")
    var sum = 0.0
    for t in 0..<targets.count { sum += loss(at: t, target: Int(targets[t])) }
    return Loss(sum: sum, count: targets.count)
  }
}

extension Model {
  /// Losses of the names at `places` of the run's order, one for each.
  package func losses(of places: [Int], in documents: Documents, off: Switches = Switches()) -> [Loss] {
    let reader = Reader(self)
    return withExtendedLifetime(reader) {
      places.map { place in
        let document = documents.document(at: place)
        return reader.read(document, off: off).loss(targets: document.targets)
      }
    }
  }

  /// Loss of the names at `places`, in their order.
  package func loss(of places: [Int], in documents: Documents, off: Switches = Switches()) -> Loss {
    losses(of: places, in: documents, off: off).reduce(Loss(), +)
  }

  /// Loss of the names in a part of the run's order.
  package func loss(of places: Range<Int>, in documents: Documents, off: Switches = Switches()) -> Loss {
    loss(of: Array(places), in: documents, off: off)
  }
}
