/// The gradients of some names, added pairwise: (0 + 1), (2 + 3), then those sums, and so on; an odd one moves up.
///
/// The tree has one shape for each number of names, so its sum does not depend on who computes what. A stack that merges two
/// sums as soon as they span equally many names builds that tree in log₂(names) blocks.
package struct GradientStack {
  /// The lowest block: where the sum ends up.
  private let sum: Floats
  /// The blocks above it, one after the other.
  private let above: Floats
  /// Sums on the stack.
  private var depth = 0

  /// - Parameters:
  ///   - sum: a block, overwritten.
  ///   - above: memory for ``blocksAbove(names:)`` such blocks, overwritten.
  package init(into sum: Floats, above: Floats) {
    self.sum = sum
    self.above = above
  }

  /// Blocks that the stack needs beside that of the sum: ⌈log₂ names⌉.
  package static func blocksAbove(names: Int) -> Int {
    var depth = 0
    while 1 << depth < names { depth += 1 }
    return depth
  }

  private func block(_ level: Int) -> Floats {
    level == 0 ? sum : above.slice((level &- 1) &* sum.count, sum.count)
  }

  /// Where the gradient of the next name goes.
  package var next: Floats { block(depth) }

  /// Takes in the gradient of name `index`, counted from 0: what stands in ``next``.
  package mutating func add(_ index: Int) {
    depth &+= 1
    // As often as index + 1 is even, two sums of equal span lie on top.
    var span = index &+ 1
    while span & 1 == 0 {
      mergeTop()
      span >>= 1
    }
  }

  /// Adds up what is left, after the last name.
  package mutating func finish() {
    while depth > 1 { mergeTop() }
  }

  private mutating func mergeTop() {
    depth &-= 1
    accumulate(block(depth), into: block(depth &- 1))
  }
}

/// sum += x, element by element; whole lanes.
func accumulate(_ x: Floats, into sum: Floats) {
  precondition(x.count == sum.count && x.count % laneCount == 0, "accumulate: blocks must have equal shapes")
  var index = 0
  while index < x.count {
    sum.store(sum.lanes(at: index) + x.lanes(at: index), at: index)
    index &+= laneCount
  }
}
