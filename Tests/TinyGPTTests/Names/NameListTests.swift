import Testing
import TinyGPT

/// How a list of names is normalised, and what it refuses.
struct NameListTests {
  private static func names(_ bytes: [UInt8]) throws(NamesError) -> [String] {
    let list = try NameList(utf8: bytes)
    return (0..<list.count).map { Fixture.text(list[$0]) }
  }

  private static func names(_ text: String) throws(NamesError) -> [String] { try names(Array(text.utf8)) }

  /// One name a line, as a file would hold it.
  private static func bytes(_ list: NameList) -> [UInt8] {
    (0..<list.count).flatMap { Array(Fixture.text(list[$0]).utf8) + [0x0A] }
  }

  @Test(arguments: [
    ("rex\nmei\n", ["rex", "mei"]),
    ("rex\nmei", ["rex", "mei"]),
    ("\u{FEFF}rex\nmei\n", ["rex", "mei"]),
    ("rex\r\nmei\r\n", ["rex", "mei"]),
    ("rex  \nmei \r\n", ["rex", "mei"]),
    ("rex \r \r\n", ["rex"]),
    ("\n\nrex\n   \n\r\n\nmei\n\n", ["rex", "mei"]),
    ("rex\nmei\nrex\n", ["rex", "mei", "rex"]),
    ("b\na\n", ["b", "a"]),
    ("tyrannosaurus rex\n", ["tyrannosaurus rex"]),
    (" rex\n", [" rex"]),
    ("Ōrex-2'\nドラゴン\n🦕\n", ["Ōrex-2'", "ドラゴン", "🦕"]),
  ])
  func normalises(text: String, expected: [String]) throws {
    #expect(try NameListTests.names(text) == expected)
  }

  @Test(arguments: ["", "\n", "\u{FEFF}", "\u{FEFF}\r\n", "  \n\r\n \n"])
  func refusesAListWithoutNames(text: String) {
    #expect(throws: NamesError.empty) { try NameListTests.names(text) }
  }

  @Test(arguments: [
    ("rex\tmei", 0x09, 1, 4), ("rex,mei", 0x2C, 1, 4), ("a\nb\nrex;", 0x3B, 3, 4), ("\0", 0, 1, 1),
    ("a\n\u{1F}", 0x1F, 2, 1), ("ab\u{7F}", 0x7F, 1, 3), ("ß\u{85}", 0x85, 1, 2), ("\u{9F}", 0x9F, 1, 1),
    ("a\rb", 0x0D, 1, 2), ("a\n\n  b \r c", 0x0D, 3, 5), ("\u{FEFF}\u{FEFF}a", 0xFEFF, 1, 1),
    ("a\u{FEFF}", 0xFEFF, 1, 2), ("a\u{200B}", 0x200B, 1, 2), ("a\u{2028}", 0x2028, 1, 2), ("a\u{202E}b", 0x202E, 1, 2),
    ("a\u{2066}", 0x2066, 1, 2),
    ("\u{FEFF}rex\r\nmei\r\nab\tc", 0x09, 3, 3), ("🦕🦖,", 0x2C, 1, 3),
  ])
  func refusesWithLineAndColumn(text: String, scalar: UInt32, line: Int, column: Int) {
    #expect(throws: NamesError.refused(scalar: scalar, line: line, column: column)) {
      try NameListTests.names(text)
    }
  }

  @Test(
    arguments: [
      ([0xFF], 1, 1), ([0x61, 0x80], 1, 2), ([0x61, 0x0A, 0x62, 0x63, 0xC3], 2, 3), ([0xE2, 0x82, 0x61], 1, 1),
      ([0x61, 0xC0, 0x80], 1, 2), ([0xED, 0xA0, 0x80], 1, 1), ([0xC3, 0x9F, 0xF5, 0x80], 1, 2),
      ([0x61, 0x0D, 0x0A, 0x20, 0xF0, 0x9F, 0xA6], 2, 2), ([0xEF, 0xBB, 0xBF, 0x61, 0xFE], 1, 2),
      ([0xF4, 0x90, 0x80, 0x80], 1, 1),
    ] as [([UInt8], Int, Int)])
  func refusesInvalidUTF8WithLineAndColumn(bytes: [UInt8], line: Int, column: Int) {
    #expect(throws: NamesError.invalidUTF8(line: line, column: column)) { try NameListTests.names(bytes) }
  }

  @Test(arguments: ["a", "ß", "🦕"])
  func aLineHasAtMost64Letters(letter: String) throws {
    let longest = String(repeating: letter, count: 64)
    #expect(try NameListTests.names("\(longest)\n") == [longest])
    #expect(try NameListTests.names("\(longest)   \r\n") == [longest])
    #expect(try NameListTests.names(longest + String(repeating: " ", count: 1_000)) == [longest])
    #expect(throws: NamesError.lineTooLong(line: 2)) { try NameListTests.names("rex\n\(longest)\(letter)\n") }
    #expect(throws: NamesError.lineTooLong(line: 1)) { try NameListTests.names("\(longest) \(letter)") }
    let gap = String(repeating: " ", count: 1_000)
    #expect(throws: NamesError.lineTooLong(line: 1)) { try NameListTests.names("\(letter)\(gap)\(letter)") }
  }

  @Test func equalNamesAreEqualLists() throws {
    #expect(try Fixture.names("rex\nmei\n") == Fixture.names("\u{FEFF}rex \r\n\r\nmei"))
    #expect(try Fixture.names("rex\nmei\n") != Fixture.names("mei\nrex\n"))
    #expect(try Fixture.names("ab\nc\n") != Fixture.names("a\nbc\n"))
  }

  @Test func theLabsNamesAreKnown() throws {
    let names = try Fixture.dinosaurs()
    #expect(names.count == 1_727)
    #expect(names.fingerprint.hexDigits == "b017608dfe06903a")
  }

  /// FNV-1a over each name as UTF-8 and a line feed.
  @Test func fingerprintIsTheHashOfTheNormalisedText() throws {
    let text = "rex\nŌrex\n🦕 x\n"
    var hash = FNV1a()
    for byte in text.utf8 { hash.combine(byte) }
    #expect(try Fixture.names(text).fingerprint == hash.value)
    #expect(try Fixture.names("\u{FEFF}rex\r\n\r\nŌrex  \n🦕 x").fingerprint == hash.value)
  }

  /// 2,000 lists of random bytes: each is read or refused, and what is read stays the same when read again.
  @Test(arguments: 0..<50)
  func anyBytesAreReadOrRefused(seed: Int) throws {
    var random = RandomStream(case: seed)
    let harmless = ["a", "bc", "z", " ", "  ", "\n", "\n\n", "\r\n", " \r\n", "ß", "ドラ", "🦕"].map { Array($0.utf8) }
    let refused = ["\r", "\u{FEFF}", "\u{200B}", ",", "\t"].map { Array($0.utf8) }
    var read = 0
    for _ in 0..<40 {
      // Half of the lists are sound; in the others, some pieces are refused and some bytes break characters.
      let (noise, pieces) = random.below(2) == 0 ? (0, harmless) : (random.below(30), harmless + refused)
      let bytes = (0..<random.below(60)).flatMap { _ in
        random.below(100) < noise ? [UInt8(random.below(256))] : pieces[random.below(pieces.count)]
      }
      guard let list = try? NameList(utf8: bytes) else { continue }
      read += 1
      let normalised = NameListTests.bytes(list)
      let again = try NameList(utf8: normalised)
      #expect(again == list && again.fingerprint == list.fingerprint, "\(bytes)")
      #expect(NameListTests.bytes(again) == normalised)
      #expect((0..<list.count).allSatisfy { !list[$0].isEmpty && list[$0].count <= 64 && list[$0].last != 0x20 })
    }
    #expect(read >= 10, "the lists must not all be refused")
  }
}
