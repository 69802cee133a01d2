/// Why a text is not JSON, and at which byte (from 0).
package enum JSONError: Error, Equatable, Sendable {
  /// The text ends within a value.
  case ends
  case unexpected(byte: UInt8, at: Int)
  case invalidString(at: Int)
  case invalidNumber(at: Int)
  case duplicateKey(String)
  /// More than ``JSONValue/deepest`` arrays and objects within each other.
  case tooDeep(at: Int)
}

extension JSONValue {
  /// The most levels of arrays and objects that are read: files of ours need four.
  package static let deepest = 32

  /// Reads a whole JSON text (RFC 8259), which may be surrounded by blanks.
  package init(parsing bytes: ArraySlice<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    self = try parser.value(depth: 0)
    if let byte = parser.skipBlanks() { throw .unexpected(byte: byte, at: parser.offset) }
  }

  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8)[...])
  }
}

/// Reads one value after the other from bytes that may hold anything.
private struct JSONParser {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Bytes read so far.
  var offset: Int { index - bytes.startIndex }

  private var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  /// Skips blanks and looks at the byte after them.
  mutating func skipBlanks() -> UInt8? {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    return next
  }

  mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard let byte = skipBlanks() else { throw .ends }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    default: throw .unexpected(byte: byte, at: offset)
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    if depth > JSONValue.deepest { throw .tooDeep(at: offset) }
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    index += 1
    if try take("}") { return .object([]) }
    repeat {
      guard let byte = skipBlanks() else { throw .ends }
      guard byte == UInt8(ascii: "\"") else { throw .unexpected(byte: byte, at: offset) }
      let key = try string()
      guard keys.insert(key).inserted else { throw .duplicateKey(key) }
      try expect(":")
      members.append(JSONValue.Member(key: key, value: try value(depth: depth)))
    } while try take(",")
    try expect("}")
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    if depth > JSONValue.deepest { throw .tooDeep(at: offset) }
    var values: [JSONValue] = []
    index += 1
    if try take("]") { return .array([]) }
    repeat { values.append(try value(depth: depth)) } while try take(",")
    try expect("]")
    return .array(values)
  }

  /// Reads `character` if it comes next.
  private mutating func take(_ character: Unicode.Scalar) throws(JSONError) -> Bool {
    guard let byte = skipBlanks() else { throw .ends }
    guard byte == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
    guard try take(character) else { throw .unexpected(byte: bytes[index], at: offset) }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for expected in word.description.utf8 {
      guard let byte = next else { throw .ends }
      guard byte == expected else { throw .unexpected(byte: byte, at: offset) }
      index += 1
    }
    return value
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private mutating func number() throws(JSONError) -> Double {
    let start = index
    if next == UInt8(ascii: "-") { index += 1 }
    let startsWithZero = next == UInt8(ascii: "0")
    let wholeDigits = digits()
    var isValid = wholeDigits > 0 && (!startsWithZero || wholeDigits == 1)
    if next == UInt8(ascii: ".") {
      index += 1
      isValid = digits() > 0 && isValid
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      isValid = digits() > 0 && isValid
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard isValid, let number = Double(text), number.isFinite else {
      throw .invalidNumber(at: start - bytes.startIndex)
    }
    return number
  }

  /// Skips digits and counts them.
  private mutating func digits() -> Int {
    let start = index
    while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { index += 1 }
    return index - start
  }

  private mutating func string() throws(JSONError) -> String {
    let start = offset
    index += 1
    var utf8: [UInt8] = []
    // Bytes that stand for themselves are taken over in one piece.
    var pieceStart = index
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        utf8 += bytes[pieceStart..<index]
        index += 1
        guard let string = String(validating: utf8, as: UTF8.self) else { throw .invalidString(at: start) }
        return string
      case UInt8(ascii: "\\"):
        utf8 += bytes[pieceStart..<index]
        index += 1
        utf8 += try escape(start: start)
        pieceStart = index
      case 0..<0x20: throw .invalidString(at: start)
      default: index += 1
      }
    }
    throw .ends
  }

  /// What stands after a backslash, as UTF-8.
  private mutating func escape(start: Int) throws(JSONError) -> [UInt8] {
    guard let byte = next else { throw .ends }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try codeUnit(start: start)]
      if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
        index += 2
        units.append(try codeUnit(start: start))
      }
      guard let text = String(validating: units, as: UTF16.self) else { throw .invalidString(at: start) }
      return Array(text.utf8)
    default: throw .invalidString(at: start)
    }
  }

  /// Four hexadecimal digits.
  private mutating func codeUnit(start: Int) throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next else { throw .ends }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .invalidString(at: start) }
      unit = unit << 4 | UInt16(digit)
      index += 1
    }
    return unit
  }
}
