/// A list of names as Unicode scalars, normalised: byte-order mark, carriage returns, trailing blanks and empty lines are
/// gone; order and duplicates are kept.
public struct NameList: Equatable, Sendable {
  /// All names' scalars, one name after the other.
  private let scalars: [UInt32]
  /// Where each name ends in `scalars`.
  private let ends: [Int]

  /// The most letters that a line may have.
  public static let longestLine = 64

  /// Reads one name a line from UTF-8 text.
  ///
  /// - Throws: ``NamesError`` with line and column (both from 1, columns counted in characters).
  public init(utf8 bytes: [UInt8]) throws(NamesError) {
    // Room for all that these bytes may hold, so that nothing is moved while they are read.
    var reader = NameReader(letters: bytes.count, names: bytes.count { $0 == 0x0A } + 1)
    var source = bytes.makeIterator()
    var decoder = UTF8()
    reading: while true {
      switch decoder.decode(&source) {
      case .scalarValue(let scalar): try reader.read(scalar.value)
      case .emptyInput: break reading
      case .error: throw .invalidUTF8(line: reader.line, column: reader.column)
      }
    }
    try reader.endLine()
    guard !reader.ends.isEmpty else { throw .empty }
    scalars = reader.scalars
    ends = reader.ends
  }

  public var count: Int { ends.count }

  /// The scalars of name `index`.
  public subscript(index: Int) -> ArraySlice<UInt32> {
    scalars[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Every scalar of every name.
  package var allScalars: [UInt32] { scalars }

  /// FNV-1a, 64 bits, over the names as UTF-8, each followed by a line feed.
  public var fingerprint: UInt64 {
    var hash = FNV1a()
    for index in 0..<count {
      for scalar in self[index] { hash.combine(utf8Of: scalar) }
      hash.combine(0x0A)
    }
    return hash.value
  }
}

/// Why a list of names can't be read.
public enum NamesError: Error, Equatable, Sendable {
  /// No line holds a name.
  case empty
  case invalidUTF8(line: Int, column: Int)
  /// A control character, tab, comma or semicolon, or a character that is drawn as nothing or turns text around.
  case refused(scalar: UInt32, line: Int, column: Int)
  /// More than ``NameList/longestLine`` letters.
  case lineTooLong(line: Int)
}

/// Takes scalars one by one and keeps the names.
private struct NameReader {
  var scalars: [UInt32] = []
  var ends: [Int] = []
  var line = 1
  /// Column of the next scalar.
  var column = 1
  /// Blanks and carriage returns that are dropped if the line ends here.
  private var pending: [(scalar: UInt32, column: Int)] = []
  private var isStart = true

  /// Has room for so many letters and names.
  init(letters: Int, names: Int) {
    scalars.reserveCapacity(letters)
    ends.reserveCapacity(names)
  }

  mutating func read(_ scalar: UInt32) throws(NamesError) {
    let isByteOrderMark = isStart && scalar == 0xFEFF
    isStart = false
    if isByteOrderMark { return }
    if scalar == 0x0A {
      try endLine()
      line += 1
      column = 1
      return
    }
    if scalar == 0x20 || scalar == 0x0D {
      // A line of blanks must not fill memory: what is past the longest line can't become a name.
      if pending.count <= NameList.longestLine { pending.append((scalar, column)) }
    } else {
      for (scalar, column) in pending {
        // A carriage return within a line is a control character like any other.
        if scalar == 0x0D { throw .refused(scalar: scalar, line: line, column: column) }
        try append(scalar)
      }
      pending = []
      if NameReader.isRefused(scalar) { throw .refused(scalar: scalar, line: line, column: column) }
      try append(scalar)
    }
    column += 1
  }

  private mutating func append(_ scalar: UInt32) throws(NamesError) {
    if scalars.count - (ends.last ?? 0) == NameList.longestLine { throw .lineTooLong(line: line) }
    scalars.append(scalar)
  }

  mutating func endLine() throws(NamesError) {
    pending = []
    if scalars.count > (ends.last ?? 0) { ends.append(scalars.count) }
  }

  private static func isRefused(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F..<0xA0: true  // control characters, tabs among them
    case 0x2C, 0x3B: true  // , and ; hint at a table, not a list
    case 0xFEFF, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069: true  // unseen, or turn the text around
    default: false
    }
  }
}
