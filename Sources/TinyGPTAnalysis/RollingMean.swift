import TinyGPT

/// Mean loss per prediction of the last 100 steps, fewer at the start.
package struct RollingMean {
  package static let window = 100
  private var losses: [Loss] = []
  private var next = 0

  package init() {}

  package mutating func add(_ loss: Loss) {
    if losses.count < RollingMean.window { losses.append(loss) } else { losses[next] = loss }
    next = (next + 1) % RollingMean.window
  }

  /// In nats; nil before the first step.
  package var mean: Double? {
    if losses.isEmpty { return nil }
    var sum = Loss()
    for loss in losses { sum += loss }
    return sum.mean
  }
}
