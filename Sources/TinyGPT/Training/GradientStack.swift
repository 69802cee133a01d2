/// The gradients of a batch, added pairwise: (0 + 1), (2 + 3), then those sums, and so on; an odd one moves up.
///
/// The tree has one shape for each batch size, so its sum does not depend on who computes what. A stack that merges two
/// sums as soon as they span equally many names builds that tree in log₂(batch) blocks.
package final class GradientStack {
  private let memory: Block<Float>
  private let floats: Floats
  private let blockCount: Int
  /// Sums on the stack.
  private var depth = 0

  package init(batch: Int, blockCount: Int) {
    self.blockCount = blockCount
    var depth = 1
    while 1 << (depth - 1) < batch { depth += 1 }
    memory = Block(count: depth * blockCount)
    floats = memory.view
  }

  private func block(_ level: Int) -> Floats { floats.slice(level &* blockCount, blockCount) }

  /// Where the gradient of the batch's name `slot` goes.
  package func block(forSlot slot: Int) -> Floats {
    if slot == 0 { depth = 0 }
    return block(depth)
  }

  /// Takes the gradient of name `slot` in.
  package func add(slot: Int) {
    depth &+= 1
    // As often as slot + 1 is even, two sums of equal span lie on top.
    var span = slot &+ 1
    while span & 1 == 0 {
      mergeTop()
      span >>= 1
    }
  }

  /// The mean over the batch.
  package func mean(of batch: Int) -> Floats {
    while depth > 1 { mergeTop() }
    let sum = block(0)
    if batch > 1 {
      let share = 1 / Float(batch)
      for index in stride(from: 0, to: blockCount, by: laneCount) {
        sum.store(sum.lanes(at: index) * share, at: index)
      }
    }
    return sum
  }

  private func mergeTop() {
    depth &-= 1
    let into = block(depth &- 1)
    let from = block(depth)
    var index = 0
    while index < blockCount {
      into.store(into.lanes(at: index) + from.lanes(at: index), at: index)
      index &+= laneCount
    }
  }
}
