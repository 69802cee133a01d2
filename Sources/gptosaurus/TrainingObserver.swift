import TinyGPT

/// The state of a run in training, for people.
struct ProgressReport {
  let step: Int
  /// Mean loss of a prediction over the last 100 steps, in nats.
  let meanLoss: Double?
  let heldOutLoss: Double?
  let stepsPerSecond: Double?
  let isLast: Bool
}

/// Someone who is told how training goes.
protocol TrainingObserver: AnyObject {
  /// Hears of every step.
  func record(step: Int, loss: Loss)
  /// Whether it wants a report after this step: reports cost time.
  func isDue(step: Int) -> Bool
  func show(_ report: ProgressReport)
  /// Nothing comes any more.
  func finish()
}

/// Plain lines for `--verbose`: every 100 steps and at the end.
final class ProgressLines: TrainingObserver {
  private let goal: Int
  private var lastStep: Int?

  init(goal: Int) { self.goal = goal }

  func record(step: Int, loss: Loss) {}

  func isDue(step: Int) -> Bool { step % 100 == 0 }

  func show(_ report: ProgressReport) {
    if report.step == lastStep { return }
    lastStep = report.step
    var line = "step \(report.step) of \(goal)"
    if let loss = report.meanLoss { line += ", loss \(loss.fixed(3))" }
    if let loss = report.heldOutLoss { line += ", held out \(loss.fixed(3))" }
    if let speed = report.stepsPerSecond { line += ", \(Int(speed)) steps/s" }
    StandardError.write(line + "\n")
  }

  func finish() {}
}
