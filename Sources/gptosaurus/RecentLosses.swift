import TinyGPT

/// The losses of the last steps, 100 at most: their mean is the loss that people read.
struct RecentLosses {
  /// Steps that the mean looks back.
  static let most = 100

  private var losses: [Loss] = []
  /// Steps seen.
  private(set) var count = 0

  /// The loss of the last step.
  private(set) var last: Loss?

  mutating func append(_ loss: Loss) {
    if losses.count < RecentLosses.most {
      losses.append(loss)
    } else {
      losses[count % RecentLosses.most] = loss
    }
    count += 1
    last = loss
  }

  /// Mean loss of a prediction over them, in nats; nil where there is none.
  var mean: Double? {
    losses.isEmpty ? nil : losses.reduce(Loss(), +).mean
  }
}
