extension Double {
  /// The number as JavaScript writes it: the fewest digits that read back as the same number, without a trailing `.0`,
  /// with an exponent from 1e21 on and below 1e-6; `0` for negative zero.
  ///
  /// - Precondition: the number is finite.
  /// - Note: Source: ECMA-262, `Number::toString`.
  package var javaScriptText: String {
    precondition(isFinite, "javaScriptText: there is no text for what is not a number")
    if self == 0 { return "0" }
    let (digits, point) = shortestDigits
    let sign = self < 0 ? "-" : ""
    switch point {
    case digits.count...21:
      return sign + digits + zeros(point - digits.count)
    case 1...21:
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -5...0:
      return sign + "0." + zeros(-point) + digits
    default:
      let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
      return sign + digits.prefix(1) + fraction + "e" + (point > 0 ? "+" : "-") + "\(abs(point - 1))"
    }
  }

  /// The shortest digits d₁d₂… that read back as the magnitude, and where the point stands: 0.d₁d₂… × 10^point.
  private var shortestDigits: (digits: String, point: Int) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let whole = mantissa[0]
    let all = whole + (mantissa.count > 1 ? mantissa[1] : "")
    let leading = all.prefix { $0 == "0" }.count
    var digits = all.dropFirst(leading)
    while digits.last == "0" { digits.removeLast() }
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return (String(digits), whole.count - leading + exponent)
  }
}

private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }
