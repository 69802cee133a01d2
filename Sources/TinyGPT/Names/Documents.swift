/// The names of a run as tokens, in the run's order, split into those it trains on and those held out.
///
/// A name's tokens are BOS, its letters, BOS; the first n = min(blockSize, letters + 1) of them are inputs and each
/// predicts the one after it. Longer names are cut.
package final class Documents {
  /// Names, tokens and order need no look at the text again.
  package let count: Int
  /// Names to train on; the rest are held out.
  package let trainingCount: Int
  /// Index in the list of each name, in the run's order.
  package let order: [Int]
  private let blocks: (tokens: Block<UInt16>, starts: Block<Int>, order: Block<Int>)
  private let tokens: View<UInt16>
  /// Where name i's tokens start (list order), and past the last where they end.
  private let starts: View<Int>
  private let places: View<Int>
  private let blockSize: Int

  package var heldOutCount: Int { count - trainingCount }
  /// Places of the run's order whose names are held out.
  package var heldOut: Range<Int> { trainingCount..<count }

  /// - Precondition: the vocabulary has every letter of the names.
  package init(names: NameList, vocabulary: Vocabulary, blockSize: Int, holdOut: Double, seed: UInt32) {
    count = names.count
    self.blockSize = blockSize
    trainingCount = max(1, names.count - Int(holdOut * Double(names.count)))
    order = Documents.shuffled(names.count, seed: seed)
    blocks = (Block(count: names.allScalars.count + 2 * count), Block(count: count + 1), Block(order))
    tokens = blocks.tokens.view
    starts = blocks.starts.view
    places = blocks.order.view
    var end = 0
    func append(_ token: Int) {
      tokens[end] = UInt16(token)
      end += 1
    }
    for index in 0..<count {
      starts[index] = end
      append(vocabulary.bos)
      for scalar in names[index] {
        guard let token = vocabulary.token(scalar) else { preconditionFailure("Documents: letter not in vocabulary") }
        append(token)
      }
      append(vocabulary.bos)
    }
    starts[count] = end
  }

  /// Places of a fixed sample of the names to train on: as many as are held out, evenly spread over the order, so that both
  /// losses compare. Name i stands at ⌊i · trainingCount / heldOutCount⌋; where more are held out than trained on, places
  /// come more than once.
  package var trainingSample: [Int] {
    // In 64 bits, as WebAssembly's Int has 32.
    (0..<heldOutCount).map { Int(Int64($0) &* Int64(trainingCount) / Int64(heldOutCount)) }
  }

  /// Fisher and Yates: 0 ..< count in the seed's order.
  private static func shuffled(_ count: Int, seed: UInt32) -> [Int] {
    var order = Array(0..<count)
    var random = RandomStream(seed: seed, .order)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, random.below(last + 1)) }
    return order
  }

  /// The name that stands at `place` of the run's order: first those to train on, then those held out. Good as long as these
  /// documents are kept.
  @inline(__always)
  package func document(at place: Int) -> Document {
    let index = places[place]
    let start = starts[index]
    return Document(tokens: tokens.slice(start, starts[index &+ 1] &- start), blockSize: blockSize)
  }

  /// The place in the order of the name that update `s` (from 1) trains on; with batches, of its slot.
  @inline(__always)
  package func place(ofUpdate s: Int, slot: Int, batch: Int) -> Int {
    ((s &- 1) &* batch &+ slot) % trainingCount
  }
}

/// One name as inputs and targets.
package struct Document {
  /// What the model reads: BOS and letters, (n).
  package let inputs: View<UInt16>
  /// What comes next at each place: letters and, where it fits, BOS, (n).
  package let targets: View<UInt16>

  /// - Parameters:
  ///   - tokens: BOS, letters, BOS.
  ///   - blockSize: places of the model.
  @inline(__always)
  package init(tokens: View<UInt16>, blockSize: Int) {
    let n = min(blockSize, tokens.count &- 1)
    inputs = tokens.slice(0, n)
    targets = tokens.slice(1, n)
  }
}
