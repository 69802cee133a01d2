import Foundation
import Testing
import TinyGPT

/// The order of sums over channels, and the helpers that all kernels share.
struct LanesTests {
  /// The specification, restated: 32 partial sums (element i goes to i mod 32) folded by halves.
  static func plainFoldedSum(_ terms: [Float]) -> Float {
    var partial = Array(repeating: Float.zero, count: 32)
    for (index, term) in terms.enumerated() { partial[index % 32] += term }
    for half in [16, 8, 4, 2, 1] {
      for index in 0..<half { partial[index] += partial[index + half] }
    }
    return partial[0]
  }

  @Test(arguments: 1...100)
  func foldedSumIsThirtyTwoPartialSumsFoldedByHalves(count: Int) {
    var random = RandomStream(case: count)
    let terms = PaddedMatrix(rows: count, columns: laneCount, &random)
    let sum = foldedSum(count) { index in
      Lanes(terms.view[index, 0], terms.view[index, 1], terms.view[index, 2], terms.view[index, 3])
    }
    for lane in 0..<laneCount {
      let column = (0..<count).map { terms.view[$0, lane] }
      #expect(sum[lane].bitPattern == LanesTests.plainFoldedSum(column).bitPattern)
    }
  }

  @Test(arguments: 1...100)
  func foldedSumAcrossIsTheSame(count: Int) {
    var random = RandomStream(case: count)
    let terms = PaddedMatrix(rows: 1, columns: count, padding: 0, &random)
    let sum = foldedSum(across: count) { index in
      Lanes(terms.view[0, index], terms.view[0, index + 1], terms.view[0, index + 2], terms.view[0, index + 3])
    }
    #expect(sum.bitPattern == LanesTests.plainFoldedSum(terms.values).bitPattern)
  }

  @Test func foldedSumOfNothingIsZero() { #expect(foldedSum(0) { _ in .one } == .zero) }

  @Test func countsArePaddedToWholeLanes() {
    #expect((0...9).map(paddedToLanes) == [0, 4, 4, 4, 4, 8, 8, 8, 8, 12])
    #expect([0, 1, 15, 16, 17, 32, 33].map(paddedTo16) == [0, 16, 16, 16, 32, 32, 48])
  }

  @Test(arguments: 0..<50)
  func squareRootIsCorrectlyRounded(seed: Int) {
    var random = RandomStream(case: seed)
    let x = Double(bitPattern: random.next() >> 1)
    #expect(squareRoot(x).bitPattern == x.squareRoot().bitPattern || x.isNaN)
  }
}
