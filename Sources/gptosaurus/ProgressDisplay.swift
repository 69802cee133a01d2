import Foundation
import TinyGPT
import TinyGPTFormats

/// The live display of a terminal: the loss so far as a curve, a bar, and figures, redrawn in place.
///
/// Each picture is one write that ends where it began, so the terminal is in order whenever training stops.
final class ProgressDisplay: TrainingObserver {
  /// Redrawn at most this often.
  private static let interval = Duration.milliseconds(100)
  private static let curveRows = 6
  /// Characters before the curve: the scale.
  private static let scaleWidth = 7

  private let first: Int
  private let goal: Int
  private let style = TextStyle(isTerminal: ProcessInfo.processInfo.environment["NO_COLOR"] == nil)
  private let clock = ContinuousClock()
  private var curve: LossCurve
  private var lastShown: ContinuousClock.Instant?
  /// Lines of the picture on the screen.
  private var linesShown = 0

  /// - Parameters:
  ///   - first: the step before the first.
  ///   - goal: the step to reach.
  init(first: Int, goal: Int) {
    self.first = first
    self.goal = goal
    let width = min(terminalSize(STDERR_FILENO).columns, 100) - ProgressDisplay.scaleWidth - 2
    curve = LossCurve(first: first, goal: goal, width: max(1, width))
  }

  /// Whether standard error is a terminal that can be drawn on.
  static var isPossible: Bool {
    StandardError.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  func record(step: Int, loss: Loss) { curve.record(step: step, loss: loss) }

  func isDue(step: Int) -> Bool {
    guard let lastShown else { return true }
    return clock.now - lastShown >= ProgressDisplay.interval
  }

  func show(_ report: ProgressReport) {
    let size = terminalSize(STDERR_FILENO)
    let lines = picture(report, columns: max(10, min(size.columns, 100) - 1), rows: size.rows)
    var text = linesShown > 1 ? "\r\u{1B}[\(linesShown - 1)A" : "\r"
    text += lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n")
    StandardError.write(text)
    linesShown = lines.count
    lastShown = clock.now
  }

  func finish() {
    if linesShown > 0 { StandardError.write("\n") }
    linesShown = 0
  }

  private func picture(_ report: ProgressReport, columns: Int, rows: Int) -> [String] {
    var lines: [String] = []
    let hasRoom = rows > ProgressDisplay.curveRows + 3 && columns > 30
    if hasRoom, let (curve, top, bottom) = curve.rows(ProgressDisplay.curveRows) {
      for (index, row) in curve.enumerated() {
        let isEdge = index == 0 || index == curve.count - 1
        let label = isEdge ? (index == 0 ? top : bottom).fixed(1) : ""
        let axis = style.dim(label.right(ProgressDisplay.scaleWidth - 2) + (isEdge ? "┤ " : "│ "))
        lines.append(axis + row.prefix(columns - ProgressDisplay.scaleWidth))
      }
    }
    lines.append(progressLine(report, columns: columns))
    lines.append(String(figures(report).prefix(columns)))
    return lines
  }

  /// `step 1,200 of 5,000  ██████▍                  24 %  3 s left`
  private func progressLine(_ report: ProgressReport, columns: Int) -> String {
    let share = goal > first ? Double(report.step - first) / Double(goal - first) : 1
    let start = "step \(report.step.grouped.right(goal.grouped.count)) of \(goal.grouped)  "
    let end = " \(String(Int(share * 100)).right(3)) %  \(timeLeft(report).left(12))"
    let width = min(40, columns - start.count - end.count)
    guard width >= 4 else { return String((start + end).prefix(columns)) }
    return start + style.dim("▕") + bar(share, width: width - 2).left(width - 2) + style.dim("▏") + end
  }

  private func timeLeft(_ report: ProgressReport) -> String {
    guard !report.isLast, let speed = report.stepsPerSecond, speed > 0 else { return "" }
    let seconds = Double(goal - report.step) / speed
    guard seconds < 360_000 else { return "" }
    let whole = Int(seconds.rounded(.up))
    switch whole {
    case ..<60: return "\(whole) s left"
    case ..<3600: return "\(whole / 60):\(String(format: "%02d", whole % 60)) min left"
    default: return "\(whole / 3600):\(String(format: "%02d", whole / 60 % 60)) h left"
    }
  }

  private func figures(_ report: ProgressReport) -> String {
    var parts: [String] = []
    if let loss = report.meanLoss { parts.append("loss \(loss.fixed(3))") }
    if let loss = report.heldOutLoss { parts.append("held out \(loss.fixed(3))") }
    if let speed = report.stepsPerSecond { parts.append("\(Int(speed).grouped) steps/s") }
    return parts.joined(separator: "   ")
  }
}
