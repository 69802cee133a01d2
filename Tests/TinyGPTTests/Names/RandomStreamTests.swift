import Foundation
import Testing
import TinyGPT

/// The generator against its published numbers, and the numbers drawn from it.
struct RandomStreamTests {
  private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// SplitMix64's answer in state x, from the paper.
  private static func mixed(_ x: UInt64) -> UInt64 {
    var z = x &+ gamma
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The state whose answer is z: every step backwards, the factors by their inverses modulo 2⁶⁴.
  private static func unmixed(_ z: UInt64) -> UInt64 {
    var x = z ^ (z >> 31) ^ (z >> 62)
    x = x &* 0x3196_42B2_D24D_8EC3
    x = x ^ (x >> 27) ^ (x >> 54)
    x = x &* 0x96DE_1B17_3F11_9089
    return (x ^ (x >> 30) ^ (x >> 60)) &- gamma
  }

  /// The stream that is in `state`: its place follows from how seeds become states.
  private static func stream(inState state: UInt64) -> RandomStream {
    for seed in UInt32.min... {
      let start = mixed(mixed(UInt64(seed)) ^ RandomStream.Purpose.names.rawValue)
      if let index = Int(exactly: unmixed(state) ^ start) { return RandomStream(seed: seed, .names, index: index) }
    }
    preconditionFailure("half of the seeds have such an index")
  }

  @Test func givesThePublishedNumbersOfSplitMix64() {
    var random = RandomStreamTests.stream(inState: 1_234_567)
    #expect(
      (0..<5).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test func everySeedPurposeAndIndexHasNumbersOfItsOwn() {
    var firsts: Set<UInt64> = []
    for seed in [0, 1, 2, 42, .max] as [UInt32] {
      for purpose in [RandomStream.Purpose.weights, .order, .names] {
        for index in [0, 1, 2, 1_000_000] {
          var random = RandomStream(seed: seed, purpose, index: index)
          firsts.insert(random.next())
        }
      }
    }
    #expect(firsts.count == 5 * 3 * 4)
  }

  @Test func uniformNumbersLieBetweenZeroAndOneAndFillTheirRange() {
    var random = RandomStream(seed: 7, .names)
    let numbers = (0..<Effort.of(200_000)).map { _ in random.uniform() }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 && ($0 * 0x1p24).rounded() == $0 * 0x1p24 })
    let count = Double(numbers.count)
    var tenths = Array(repeating: 0.0, count: 10)
    for number in numbers { tenths[Int(number * 10)] += 1 }
    let chiSquare = tenths.reduce(0) { $0 + ($1 - count / 10) * ($1 - count / 10) / (count / 10) }
    #expect(chiSquare < 27.9, "nine degrees of freedom exceed this once in a thousand")
  }

  @Test(arguments: [1, 2, 3, 7, 27, 1_727, Int(UInt32.max >> 1)])
  func belowStaysBelowItsBoundAndMeetsAllOfIt(bound: Int) {
    var random = RandomStream(seed: 8, .order, index: bound)
    let numbers = (0..<20_000).map { _ in random.below(bound) }
    #expect(numbers.allSatisfy { 0..<bound ~= $0 })
    if bound <= 1_727 { #expect(Set(numbers).count == bound) }
    let mean = numbers.reduce(0) { $0 + Double($1) } / Double(numbers.count)
    let spread = Double(bound) / 12.0.squareRoot() / Double(numbers.count).squareRoot()
    #expect(abs(mean - Double(bound - 1) / 2) <= 4 * spread)
  }

  @Test func normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    var random = RandomStream(seed: 9, .weights)
    let numbers = (0..<Effort.of(200_000)).map { _ in random.normal() }
    let count = Double(numbers.count)
    func moment(_ n: Int) -> Double { numbers.reduce(0) { $0 + pow($1, Double(n)) } / count }
    // Four standard errors each.
    #expect(abs(moment(1)) < 4 / sqrt(count))
    #expect(abs(moment(2) - 1) < 4 * sqrt(2 / count))
    #expect(abs(moment(3)) < 4 * sqrt(15 / count))
    #expect(abs(moment(4) - 3) < 4 * sqrt(96 / count))
  }

  @Test func theSecondNumberOfAPairIsIndependentOfTheFirst() {
    var random = RandomStream(seed: 10, .weights)
    let count = Effort.of(100_000)
    let products = (0..<count).reduce(0.0) { sum, _ in sum + random.normal() * random.normal() }
    #expect(abs(products / Double(count)) < 4 / sqrt(Double(count)))
  }
}
