/// A JSON text as a value. Written without blanks, keys sorted, numbers as JavaScript writes them: equal values are equal
/// bytes.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in any order; keys differ.
  case object([Member])

  package struct Member: Equatable, Sendable {
    package let key: String
    package let value: JSONValue

    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

extension JSONValue {
  package init(_ number: Int) { self = .number(Double(number)) }
  /// Every float is a double: JavaScript shows the digits of that double.
  package init(_ number: Float) { self = .number(Double(number)) }
  package init(_ number: Double?) { self = number.map { .number($0) } ?? .null }
  package init(_ bool: Bool?) { self = bool.map { .bool($0) } ?? .null }
  package init(_ numbers: some Sequence<Float>) { self = .array(numbers.map { JSONValue($0) }) }

  /// The value of a key, or nil where there is none.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  package var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// The number, if it is a whole one.
  package var integer: Int? { number.flatMap { Int(exactly: $0) } }

  package var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member(key: $0.0, value: $0.1) })
  }

  package init(arrayLiteral values: JSONValue...) { self = .array(values) }
  package init(stringLiteral string: String) { self = .string(string) }
}

extension JSONValue {
  /// The text, on one line.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .number(let number): text += number.isFinite ? number.javaScriptText : "null"
    case .string(let string): JSONValue.write(string, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      // By code points, as UTF-8 sorts: Swift's own order of strings is that of the characters' meaning.
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { text += "," }
        JSONValue.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// A string in quotes, escaped as `JSON.stringify` does.
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
