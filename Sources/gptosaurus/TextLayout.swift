import Foundation

// Numbers and columns for people.

extension Int {
  /// 26880 as `26,880`.
  var grouped: String {
    var text = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0 && index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (self < 0 ? "-" : "") + String(text.reversed())
  }

  /// `1 name`, `2 names`, grouped.
  func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}

extension Double {
  /// With a fixed number of digits after the point.
  func fixed(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }

  /// A share as `12.3 %`.
  var percent: String { (self * 100).fixed(1) + " %" }
}

extension String {
  /// Blanks before it up to `width` characters.
  func right(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }

  /// Blanks after it up to `width` characters.
  func left(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}

/// Lines of a label and a value, the values one under the other.
func labelled(_ lines: [(label: String, value: String)], style: TextStyle = .output) -> String {
  let width = (lines.map(\.label.count).max() ?? 0) + 2
  return lines.map { style.dim($0.label.left(width)) + $0.value + "\n" }.joined()
}

/// A bar as long as `share` of `width` characters, to an eighth of a character.
func bar(_ share: Double, width: Int) -> String {
  guard share.isFinite, width > 0 else { return "" }
  let eighths = Int((Swift.min(1, Swift.max(0, share)) * Double(width * 8)).rounded())
  let rest = eighths % 8
  let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  return String(repeating: "█", count: eighths / 8) + (rest > 0 ? String(parts[rest - 1]) : "")
}
