import TinyGPT
import TinyGPTFormats

/// The loss over the steps of a run as braille: two columns of dots a character, four dots high.
///
/// Every column is the mean over its share of the steps.
struct LossCurve {
  private let first: Int
  private let goal: Int
  private var columns: [Loss]

  /// - Parameters:
  ///   - first: the step before the first.
  ///   - goal: the last step.
  ///   - width: characters.
  init(first: Int, goal: Int, width: Int) {
    self.first = first
    self.goal = goal
    columns = Array(repeating: Loss(), count: max(1, 2 * width))
  }

  mutating func record(step: Int, loss: Loss) {
    let place = (step - first - 1) * columns.count / max(1, goal - first)
    columns[min(max(place, 0), columns.count - 1)] += loss
  }

  /// The rows from top to bottom, and the losses at their edges; nil as long as there is nothing to see.
  func rows(_ count: Int) -> (rows: [String], top: Double, bottom: Double)? {
    let values = filledColumns
    guard let largest = values.max(), let smallest = values.min() else { return nil }
    // To half nats, so that the scale seldom changes.
    let bottom = (smallest * 2).rounded(.down) / 2
    let top = max((largest * 2).rounded(.up) / 2, bottom + 0.5)
    let dotsHigh = 4 * count
    var cells = Array(repeating: [UInt32](repeating: 0, count: columns.count / 2), count: count)
    var previous: Int?
    for (column, value) in values.enumerated() {
      let dot = min(dotsHigh - 1, Int((top - value) / (top - bottom) * Double(dotsHigh)))
      // Joined to the column before, so that steep parts stay a line.
      let from = previous.map { $0 < dot ? $0 + 1 : $0 > dot ? $0 - 1 : dot } ?? dot
      for row in min(from, dot)...max(from, dot) { cells[row / 4][column / 2] |= LossCurve.bit(column % 2, row % 4) }
      previous = dot
    }
    let rows = cells.map { row in String(row.map { $0 == 0 ? 0x20 : 0x2800 + $0 }) }
    return (rows, top, bottom)
  }

  /// The means up to the last column that has any steps; columns between without steps get a straight line.
  private var filledColumns: [Double] {
    var values: [Double] = []
    for loss in columns where loss.count > 0 { values.append(loss.mean) }
    guard let last = columns.lastIndex(where: { $0.count > 0 }) else { return [] }
    var filled: [Double] = []
    var next = 0
    var before: (column: Int, value: Double)?
    for column in 0...last {
      if columns[column].count > 0 {
        before = (column, values[next])
        next += 1
        filled.append(columns[column].mean)
      } else {
        guard let after = columns[column...].firstIndex(where: { $0.count > 0 }) else { break }
        let start = before ?? (after - 1, values[next])
        let share = Double(column - start.column) / Double(max(1, after - start.column))
        filled.append(start.value + (values[next] - start.value) * share)
      }
    }
    return filled
  }

  /// The bit of a dot within its braille character.
  private static func bit(_ column: Int, _ row: Int) -> UInt32 {
    let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    return bits[column][row]
  }
}
