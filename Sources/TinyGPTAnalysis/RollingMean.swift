import TinyGPT

/// Mean loss per prediction of the last 100 steps, fewer at the start.
package struct RollingMean {
  package static let window = 100
  private var losses: [Loss] = []
  private var next = 0
  /// The loss of the last step.
  package private(set) var last: Loss?

  package init() {}

  package mutating func add(_ loss: Loss) {
    if losses.count < RollingMean.window { losses.append(loss) } else { losses[next] = loss }
    next = (next + 1) % RollingMean.window
    last = loss
  }

  /// Steps that the mean is over.
  package var count: Int { losses.count }

  /// In nats; nil before the first step.
  package var mean: Double? {
    if losses.isEmpty { return nil }
    // From the oldest on, so that a mean depends on its hundred losses alone.
    var sum = Loss()
    let oldest = losses.count < RollingMean.window ? 0 : next
    for index in losses.indices { sum += losses[(oldest + index) % losses.count] }
    return sum.mean
  }
}
