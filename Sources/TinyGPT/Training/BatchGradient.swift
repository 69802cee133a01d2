/// The mean gradient of a batch, put together by several workers.
///
/// The batch is cut into pieces of 2ᵏ neighbours: whole branches of ``GradientStack``'s tree. Who takes a piece adds its names
/// up on a stack of their own; then the pieces' sums go through the rest of the same tree, a range of the weights at a time.
/// So every weight's sum has the same order for any number of workers.
package final class BatchGradient {
  package let batch: Int
  /// Names of a piece, a power of two; the last piece may have fewer.
  package let span: Int
  package let pieces: Int
  /// The most workers that have something to do at once.
  package let workers: Int
  /// The sum of each piece, then what is above it on each worker's stack.
  private let memory: Block<Float>
  private let sums: Floats
  private let stacks: Floats
  private let blockCount: Int
  private let rangeCount: Int
  private let blocksAbove: Int

  /// - Parameters:
  ///   - batch: names, 1 or more.
  ///   - workers: the most that work at once, 1 or more.
  ///   - blockCount: floats of a gradient, padding included.
  ///   - rangeCount: floats of a range: enough that starting a worker pays, so few that a range of some pieces lies in a near
  ///     cache.
  package init(batch: Int, workers: Int, blockCount: Int, rangeCount: Int = 32_768) {
    precondition(batch >= 1 && workers >= 1, "BatchGradient: there must be names and workers")
    precondition(blockCount % 16 == 0 && rangeCount % 16 == 0, "BatchGradient: blocks must be padded to 16 floats")
    // Names differ in length, and a worker may be held up: the others then take more pieces. Each piece has a sum of its own,
    // which takes memory and time, so there are no more than that needs.
    let wanted = workers == 1 ? 1 : 2 * workers
    func pieces(of span: Int) -> Int { (batch + span - 1) / span }
    var span = 1
    while span < batch && pieces(of: 2 * span) >= wanted { span *= 2 }
    self.batch = batch
    self.span = span
    self.pieces = pieces(of: span)
    self.workers = min(workers, self.pieces)
    self.blockCount = blockCount
    self.rangeCount = rangeCount
    blocksAbove = GradientStack.blocksAbove(names: min(span, batch))
    memory = Block(count: (self.pieces + self.workers * blocksAbove) * blockCount)
    sums = memory.view.slice(0, self.pieces * blockCount)
    stacks = memory.view.from(self.pieces * blockCount)
  }

  /// Slots of the batch that belong to `piece`.
  package func slots(of piece: Int) -> Range<Int> { piece &* span..<min(batch, (piece &+ 1) &* span) }

  /// The stack on which `worker` adds `piece` up.
  package func stack(for piece: Int, worker: Int) -> GradientStack {
    let count = blocksAbove &* blockCount
    return GradientStack(into: sum(of: piece), above: stacks.slice(worker &* count, count))
  }

  /// The gradient of the names of a piece.
  package func sum(of piece: Int) -> Floats { sums.slice(piece &* blockCount, blockCount) }

  /// Ranges of the weights whose means can be worked out at once.
  package var ranges: Int { (blockCount &+ rangeCount &- 1) / rangeCount }

  /// The weights of a range, as (offset in a block, count).
  package func range(_ index: Int) -> (offset: Int, count: Int) {
    let offset = index &* rangeCount
    return (offset, min(rangeCount, blockCount &- offset))
  }

  /// The mean over the batch, for the weights of a range: the sums of all pieces, pairwise, divided by the batch.
  ///
  /// To be asked for once, after all pieces are summed up: it overwrites them.
  package func mean(range index: Int) -> Floats {
    let (offset, count) = range(index)
    func part(_ piece: Int) -> Floats { sums.slice(piece &* blockCount &+ offset, count) }
    var distance = 1
    while distance < pieces {
      var piece = 0
      while piece &+ distance < pieces {
        accumulate(part(piece &+ distance), into: part(piece))
        piece &+= 2 &* distance
      }
      distance &*= 2
    }
    let mean = part(0)
    if batch > 1 {
      let share = 1 / Float(batch)
      var index = 0
      while index < count {
        mean.store(mean.lanes(at: index) * share, at: index)
        index &+= laneCount
      }
    }
    return mean
  }
}
