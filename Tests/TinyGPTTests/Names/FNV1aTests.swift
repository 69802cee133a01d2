import Testing
import TinyGPT

/// The hash behind fingerprints, against its published values.
struct FNV1aTests {
  private static func hash(_ text: String) -> UInt64 {
    var hash = FNV1a()
    for byte in text.utf8 { hash.combine(byte) }
    return hash.value
  }

  @Test func hashesThePublishedTexts() {
    #expect(FNV1aTests.hash("") == 0xCBF2_9CE4_8422_2325)
    #expect(FNV1aTests.hash("a") == 0xAF63_DC4C_8601_EC8C)
    #expect(FNV1aTests.hash("foobar") == 0x8594_4171_F739_67E8)
  }

  @Test func wordsCountAsFourBytesLowestFirst() {
    var words = FNV1a()
    words.combine(littleEndian: 0x6F6F_6662)
    #expect(words.value == FNV1aTests.hash("bfoo"))
  }

  @Test(arguments: ["a", "\u{7F}", "ß", "\u{7FF}", "ア", "\u{FFFF}", "🦕", "\u{10FFFF}"] as [Unicode.Scalar])
  func scalarsCountAsUTF8(scalar: Unicode.Scalar) {
    var hash = FNV1a()
    hash.combine(utf8Of: scalar.value)
    #expect(hash.value == FNV1aTests.hash(String(scalar)))
  }

  @Test func hexDigitsAreSixteen() {
    #expect(UInt64(0).hexDigits == "0000000000000000")
    #expect(UInt64(0x0123_4567_89AB_CDEF).hexDigits == "0123456789abcdef")
    #expect(UInt64.max.hexDigits == "ffffffffffffffff")
  }
}
