import Testing
import TinyGPT

/// The mean gradient of a batch is one pairwise tree of sums, for every batch size.
struct GradientStackTests {
  /// (0 + 1), (2 + 3), …, then those sums, and so on; an odd one moves up.
  static func pairwiseSum(_ terms: [[Float]]) -> [Float] {
    var level = terms
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { index in
        index + 1 < level.count ? zip(level[index], level[index + 1]).map { $0 + $1 } : level[index]
      }
    }
    return level[0]
  }

  @Test(arguments: Array(1...17) + [31, 32, 33, 100])
  func meanIsThePairwiseTree(batch: Int) {
    let stack = GradientStack(batch: batch, blockCount: 16)
    var random = RandomStream(case: batch)
    // The memory of one update serves the next.
    for _ in 0..<3 {
      let gradients = (0..<batch).map { _ in (0..<16).map { _ in Float(random.normal()) } }
      for slot in 0..<batch {
        let place = stack.block(forSlot: slot)
        for (index, value) in gradients[slot].enumerated() { place[index] = value }
        stack.add(slot: slot)
      }
      let sum = GradientStackTests.pairwiseSum(gradients)
      let expected = batch == 1 ? sum : sum.map { $0 * (1 / Float(batch)) }
      #expect(stack.mean(of: batch).array().bits == expected.bits)
    }
  }

  /// The order matters: the tree differs from a running sum somewhere.
  @Test func treeIsNotARunningSum() {
    var random = RandomStream(case: 0)
    let gradients = (0..<17).map { _ in (0..<16).map { _ in Float(random.normal()) } }
    let running = gradients.dropFirst().reduce(gradients[0]) { sum, next in zip(sum, next).map { $0 + $1 } }
    #expect(running.bits != GradientStackTests.pairwiseSum(gradients).bits)
  }
}
