import Testing
import TinyGPT
import TinyGPTFormats

/// Damaged checkpoints: whatever happens to the bytes, reading them ends in an error or in the same checkpoint.
struct MutationTests {
  #if DEBUG
    private static let mutations = 2_000
  #else
    private static let mutations = 100_000
  #endif

  @Test func noMutationGoesUnnoticed() throws {
    let checkpoint = try SmallRun.checkpoint()
    var mutator = Mutator(bytes: checkpoint.encode(), seed: 1)
    var refused = 0
    for number in 0..<MutationTests.mutations {
      let (bytes, kind) = mutator.next()
      do {
        let read = try Checkpoint.decode(bytes)
        #expect(isSame(read, checkpoint), "mutation \(number), \(kind)")
      } catch { refused += 1 }
    }
    #expect(refused > MutationTests.mutations * 9 / 10)
  }

  /// Equal but for fingerprints that a mutation renamed and so left out.
  private func isSame(_ a: Checkpoint, _ b: Checkpoint) -> Bool {
    a.weights == b.weights && a.moments == b.moments && a.metadata.config == b.metadata.config
      && a.metadata.recipe == b.metadata.recipe && a.metadata.vocabulary == b.metadata.vocabulary
      && a.metadata.seed == b.metadata.seed && a.metadata.step == b.metadata.step
      && a.metadata.namesFingerprint == b.metadata.namesFingerprint
  }
}

/// Makes damaged files out of a good one.
private struct Mutator {
  private let bytes: [UInt8]
  private let headerCount: Int
  /// Where a number of the header's JSON starts and ends.
  private let numbers: [Range<Int>]
  /// Places of the header and the lies that go there.
  private let texts: [(place: Range<Int>, lie: String)]
  private var random: RandomStream

  enum Kind: CaseIterable { case bit, headerBit, cut, insert, remove, length, number, text }

  init(bytes: [UInt8], seed: UInt32) {
    self.bytes = bytes
    let count = Int(bytes[0]) | Int(bytes[1]) << 8
    headerCount = count
    var numbers: [Range<Int>] = []
    var index = 8
    while index < 8 + headerCount {
      let end = bytes[index..<8 + headerCount].firstIndex { !(0x30...0x39 ~= $0) } ?? 8 + headerCount
      if end > index { numbers.append(index..<end) }
      index = max(end, index + 1)
    }
    self.numbers = numbers
    let lies = [
      ("F32", "F64"), ("F32", "BF16"), ("wte", "wpe"), ("shape", "shapes"), ("data_offsets", "dtype"), ("}", "]"),
      (",", ""), ("\"", ""),
    ]
    texts = lies.flatMap { text, lie in
      bytes[8..<8 + count].ranges(of: Array(text.utf8)).map { ($0, lie) }
    }
    random = RandomStream(seed: seed, .names)
  }

  mutating func next() -> (bytes: [UInt8], kind: Kind) {
    let kind = Kind.allCases[random.below(Kind.allCases.count)]
    var mutant = bytes
    switch kind {
    case .bit: mutant[random.below(mutant.count)] ^= 1 << UInt8(random.below(8))
    case .headerBit: mutant[8 + random.below(headerCount)] ^= 1 << UInt8(random.below(8))
    case .cut: mutant.removeLast(1 + random.below(mutant.count))
    case .insert: mutant.insert(UInt8(random.below(256)), at: random.below(mutant.count))
    case .remove: mutant.remove(at: random.below(mutant.count))
    case .length:
      let place = random.below(8)
      let old = mutant[place]
      while mutant[place] == old { mutant[place] = UInt8(random.below(256)) }
    case .number:
      let lies = [
        "0", "1", "-1", "3", "5", "1.5", "1e9", "9223372036854775807", "18446744073709551616", "1e400", "null", "",
      ]
      replace(numbers[random.below(numbers.count)], with: lies[random.below(lies.count)], in: &mutant)
    case .text:
      let (place, lie) = texts[random.below(texts.count)]
      replace(place, with: lie, in: &mutant)
    }
    return (mutant, kind)
  }

  /// Replaces a part of the header and corrects the header's length, so that the lie is what is left.
  private func replace(_ range: Range<Int>, with text: String, in mutant: inout [UInt8]) {
    mutant.replaceSubrange(range, with: Array(text.utf8))
    let count = headerCount + text.utf8.count - range.count
    mutant[0] = UInt8(truncatingIfNeeded: count)
    mutant[1] = UInt8(truncatingIfNeeded: count >> 8)
  }
}
