import Testing
import TinyGPTFormats

struct JSONParserTests {
  @Test func readsEveryKindOfValue() throws {
    let value = try JSONValue(
      parsing: " {\"a\" : [1, -2.5e3, true, false, null], \"b\":\"\\u0041\\n\\ud83e\\udd95é\" }\n")
    #expect(
      value == [
        "a": [.number(1), .number(-2500), .bool(true), .bool(false), .null], "b": "A\n🦕é",
      ])
  }

  @Test func readsWhatIsWritten() throws {
    let value: JSONValue = ["x": [.number(1e-7), "\u{1}\"\\"], "y": ["z": .null]]
    #expect(try JSONValue(parsing: value.text) == value)
  }

  @Test(
    arguments: [
      ("", JSONError.ends), ("{", .ends), ("[1,", .ends), ("\"a", .ends), ("nul", .ends),
      ("[1,]", .unexpected(byte: 0x5D, at: 3)), ("{\"a\":1,}", .unexpected(byte: 0x7D, at: 7)),
      ("[1 2]", .unexpected(byte: 0x32, at: 3)), ("1 x", .unexpected(byte: 0x78, at: 2)),
      ("nule", .unexpected(byte: 0x65, at: 3)), ("\u{FEFF}1", .unexpected(byte: 0xEF, at: 0)),
      ("01", .invalidNumber(at: 0)), ("-", .invalidNumber(at: 0)), ("1.", .invalidNumber(at: 0)),
      ("1e", .invalidNumber(at: 0)),
      ("1e999", .invalidNumber(at: 0)), ("\"\n\"", .invalidString(at: 0)), ("\"\\x\"", .invalidString(at: 0)),
      ("\"\\ud800\"", .invalidString(at: 0)), ("\"\\u00g0\"", .invalidString(at: 0)),
      ("{\"a\":1,\"a\":2}", .duplicateKey("a")),
    ] as [(String, JSONError)])
  func refusesWhatIsNotJSON(text: String, error: JSONError) {
    #expect(throws: error) { try JSONValue(parsing: text) }
  }

  @Test func refusesInvalidUTF8() {
    #expect(throws: JSONError.invalidString(at: 0)) { try JSONValue(parsing: [0x22, 0xC3, 0x22][...]) }
  }

  @Test func refusesEndlessNesting() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.tooDeep(at: JSONValue.deepest)) { try JSONValue(parsing: text) }
  }
}
