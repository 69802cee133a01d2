import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// Sums over names add up, and measure what their parts measure.
struct AttentionSumsTests {
  private static let names: [(name: String, share: Tables.Share)] = [
    ("abacad", Tables.uniform), ("bed", Tables.rows([[1], [0.25, 0.75], [0, 0.5, 0.5]])),
    ("a", Tables.rows([[1], [0.125, 0.875]])), ("egg", { query, key in query == key ? 1 : 0 }),
  ]

  @Test(arguments: 0...4)
  func sumsOfTwoListsAddUpToThoseOfBoth(split: Int) {
    let names = AttentionSumsTests.names
    let parts = Tables.sums(Array(names[..<split])) + Tables.sums(Array(names[split...]))
    #expect(parts.measures.isClose(to: Tables.measures(names)))
  }

  /// Attention at random, averaged over one layer or some, with anything at all beside the name.
  @Test(arguments: 0..<200)
  func sumsAreThoseOfPlainLoops(seed: Int) {
    var random = RandomStream(seed: UInt32(seed), .names)
    let blockSize = 1 + random.below(40)
    let isVowel = seed % 5 == 0 ? [] : Tables.isVowel
    let head = AttentionSums(blockSize: blockSize)
    var plain = Tables.Sums(blockSize: blockSize, isVowel: isVowel)
    for _ in 0..<3 {
      let letters = (0..<1 + random.below(blockSize)).map { _ in UInt16(random.below(7)) }
      let tokens = Block([7] + letters + [7])
      let document = Document(tokens: tokens.view, blockSize: blockSize)
      let length = document.inputs.count
      let (layers, stride) = (1 + random.below(3), 48 * blockSize)
      let block = Block<Float>(count: layers * stride)
      block.view.fill(.nan)
      let matrices = (0..<layers).map {
        Matrix(block.view.slice($0 * stride, stride), rows: length, columns: length, rowStride: 48)
      }
      for matrix in matrices {
        for query in 0..<length {
          // From even to nearly all on one key, some exactly 0.
          let sharp = 30 * Double(random.uniform())
          let weights = (0..<length).map { key in
            let weight = exp(sharp * Double(random.uniform()))
            return key > query || (key != query && random.below(8) == 0) ? 0 : weight
          }
          let sum = weights.reduce(0, +)
          for key in 0..<length { matrix[key, query] = Float(weights[key] / sum) }
        }
      }
      withExtendedLifetime((tokens, block)) {
        plain.add(document) { query, key in
          matrices.reduce(0) { $0 + Double($1[key, query]) } / Double(layers)
        }
        let whole = Matrix(block.view, rows: length, columns: length, rowStride: 48)
        head.add(HeadAttention(first: whole, layers: layers, stride: stride), plain.names.marks)
      }
    }
    for query in 0..<blockSize {
      for key in 0..<blockSize { #expect(isClose(head[key, query], plain.head[key, query])) }
      #expect(isClose(head.bits[query], plain.head.bits[query]))
      #expect(isClose(head.onMarked[query], plain.head.onMarked[query]))
    }
    #expect(isClose(head.onPairs, plain.head.onPairs))
  }

  @Test func noNamesMeasureNothing() {
    let measures = Tables.measures([])
    #expect(measures.all.allSatisfy { $0 == nil })
  }
}
