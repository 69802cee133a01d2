import Testing
import TinyGPTFormats

struct JavaScriptNumberTests {
  /// What node prints.
  @Test(
    arguments: [
      (0, "0"), (-0.0, "0"), (5, "5"), (-5.5, "-5.5"), (0.1, "0.1"), (100, "100"), (123_456.789, "123456.789"),
      (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e300, "1.5e+300"),
      (0x1.ac53a7e04bcdap+66, "123456789012345680000"),
      (0.000001, "0.000001"), (0.0000015, "0.0000015"), (1e-7, "1e-7"), (1.25e-9, "1.25e-9"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
      (9_007_199_254_740_992, "9007199254740992"), (1e16, "10000000000000000"),
      (1.0 / 3, "0.3333333333333333"), (-1e-7, "-1e-7"),
    ] as [(Double, String)])
  func isWrittenAsJavaScriptDoes(number: Double, text: String) {
    #expect(number.javaScriptText == text)
  }

  @Test func readsBackAsTheSameNumber() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<10_000 {
      let number = Double(bitPattern: generator.next())
      if number.isFinite { #expect(Double(number.javaScriptText) == number) }
    }
  }
}
