import Testing
import TinyGPT

/// The gradients of some names are added up in one pairwise tree, for every number of names.
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
  func sumIsThePairwiseTree(names: Int) {
    let sum = Block<Float>(count: 16)
    let above = Block<Float>(count: 16 * GradientStack.blocksAbove(names: names))
    var random = RandomStream(case: names)
    // The memory of one sum serves the next.
    for _ in 0..<3 {
      let gradients = (0..<names).map { _ in (0..<16).map { _ in Float(random.normal()) } }
      var stack = GradientStack(into: sum.view, above: above.view)
      for (index, gradient) in gradients.enumerated() {
        let place = stack.next
        for (index, value) in gradient.enumerated() { place[index] = value }
        stack.add(index)
      }
      stack.finish()
      #expect(sum.view.array().bits == GradientStackTests.pairwiseSum(gradients).bits)
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
