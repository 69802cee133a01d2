import Testing
import TinyGPTFormats

struct JSONValueTests {
  @Test func keysAreSortedByCodePoint() {
    let value: JSONValue = [
      "b": "x", "a": [], "é": .null, "B": .bool(true), "\u{1F995}": [:], "\u{FFFD}": .bool(false),
    ]
    #expect(value.text == #"{"B":true,"a":[],"b":"x","é":null,"\#u{FFFD}":false,"🦕":{}}"#)
  }

  @Test func stringsAreEscapedAsJSONStringifyDoes() {
    let value: JSONValue = .string("\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é🦕")
    #expect(value.text == #""\"\\/\b\f\n\r\t\u0001\u001f"# + "\u{7F}é🦕\"")
  }

  @Test func whatDoesNotExistIsNull() {
    #expect(JSONValue(nil as Double?).text == "null")
    #expect(JSONValue(nil as Bool?).text == "null")
    #expect(JSONValue.number(.nan).text == "null")
    #expect(JSONValue(-Float.infinity).text == "null")
  }

  @Test func floatsAreWrittenAsDoubles() {
    #expect(JSONValue(Float(0.1)).text == "0.10000000149011612")
  }

  @Test func membersAreFoundByKey() {
    let value: JSONValue = ["a": JSONValue(3), "b": .number(0.5), "c": "x"]
    #expect(value["a"]?.integer == 3)
    #expect(value["b"]?.integer == nil)
    #expect(value["b"]?.number == 0.5)
    #expect(value["c"]?.string == "x")
    #expect(value["d"] == nil)
  }
}
