import Testing
import TinyGPT

/// The mean gradient of a batch is the same pairwise tree of sums for any number of workers.
struct BatchGradientTests {
  /// Floats of a gradient: not whole ranges.
  private static let blockCount = 2 * rangeCount + 48
  private static let rangeCount = 64

  @Test(arguments: Array(1...17) + [31, 32, 33, 100], [1, 2, 3, 4, 7, 64])
  func meanIsThePairwiseTree(batch: Int, workers: Int) {
    let count = BatchGradientTests.blockCount
    let gradient = BatchGradient(
      batch: batch, workers: workers, blockCount: count, rangeCount: BatchGradientTests.rangeCount)
    var random = RandomStream(case: batch)
    // The memory of one update serves the next.
    for _ in 0..<2 {
      let gradients = (0..<batch).map { _ in (0..<count).map { _ in Float(random.uniform()) - 0.5 } }
      // From the last to the first, by workers in turn: the order of the work must not matter.
      for piece in (0..<gradient.pieces).reversed() {
        var stack = gradient.stack(for: piece, worker: piece % gradient.workers)
        for (index, slot) in gradient.slots(of: piece).enumerated() {
          let place = stack.next
          for (index, value) in gradients[slot].enumerated() { place[index] = value }
          stack.add(index)
        }
        stack.finish()
      }
      let sum = GradientStackTests.pairwiseSum(gradients)
      let expected = batch == 1 ? sum : sum.map { $0 * (1 / Float(batch)) }
      for index in (0..<gradient.ranges).reversed() {
        let (offset, length) = gradient.range(index)
        #expect(gradient.mean(range: index).array().bits == Array(expected[offset..<offset + length]).bits)
      }
    }
  }

  /// Each slot belongs to one piece, each weight to one range.
  @Test(arguments: [1, 2, 3, 5, 16, 17, 100, 65_536], [1, 2, 3, 8, 64])
  func piecesAndRangesCoverAll(batch: Int, workers: Int) {
    let gradient = BatchGradient(batch: batch, workers: workers, blockCount: 16)
    #expect((0..<gradient.pieces).flatMap { Array(gradient.slots(of: $0)) } == Array(0..<batch))
    #expect(gradient.span & (gradient.span - 1) == 0 && (workers > 1 || gradient.pieces == 1))
    // Enough to do for each worker, and no more memory than that takes.
    #expect(gradient.workers == min(workers, gradient.pieces))
    #expect(gradient.pieces >= min(batch, workers) && gradient.pieces < 4 * workers)
    let large = BatchGradient(
      batch: 1, workers: 1, blockCount: BatchGradientTests.blockCount, rangeCount: BatchGradientTests.rangeCount)
    #expect(large.ranges == 3)
    let ranges = (0..<large.ranges).map { large.range($0) }
    #expect(ranges.reduce(0) { $0 + $1.count } == BatchGradientTests.blockCount)
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.offset + $0.count == $1.offset })
  }
}
