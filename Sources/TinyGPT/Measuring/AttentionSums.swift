/// Sums over names of what one head's attention is measured by, in double precision.
package final class AttentionSums {
  package let blockSize: Int
  /// Doubles of a row: whole fours of queries.
  private let rowLength: Int
  /// A row for each key, one of entropies, one of attention on marked keys; queries side by side.
  private let block: Block<Double>
  /// Attention on marked pairs.
  package var onPairs = 0.0

  package init(blockSize: Int) {
    self.blockSize = blockSize
    rowLength = (blockSize &+ 3) / 4 &* 4
    block = Block(count: (blockSize &+ 2) &* rowLength)
  }

  /// Attention of a query on a key.
  package subscript(key: Int, query: Int) -> Double {
    get { block.view[key &* rowLength &+ query] }
    set { block.view[key &* rowLength &+ query] = newValue }
  }

  /// Entropies of the shares of each query, in bits.
  package var bits: View<Double> { block.view.slice(blockSize &* rowLength, blockSize) }

  /// Attention of each query on marked keys.
  package var onMarked: View<Double> { block.view.slice((blockSize &+ 1) &* rowLength, blockSize) }

  /// Takes one name in. With a[s][t] the attention of query t on key s:
  ///
  ///     self[s][t]  += a[s][t]
  ///     bits[t]     -= ∑ₛ a[s][t] log₂ a[s][t]
  ///     onMarked[t] += ∑ₛ marks.keys[s] a[s][t]
  ///     onPairs     += ∑ a[s][t]    over (s, t) in marks.pairs
  package func add(_ attention: HeadAttention, _ marks: NameMarks) {
    let length = attention.first.columns
    precondition(length <= blockSize && length <= marks.keys.view.count, "AttentionSums: the name must fit")
    let (floats, rowStride) = (attention.first.floats, attention.first.rowStride)
    let (layers, stride) = (attention.layers, attention.stride)
    let (sums, rowLength, marked) = (block.view, rowLength, marks.keys.view)
    let part = 1 / Double(layers)
    var query = 0
    while query < length {
      let isPast = SIMD4<Double>(0, 1, 2, 3) + Double(query) .>= Double(length)
      var information = SIMD4<Double>.zero
      var onMarked = SIMD4<Double>.zero
      for key in 0..<min(length, query &+ 4) {
        var share = SIMD4<Double>.zero
        for layer in 0..<layers {
          share += doubles(floats.four(at: layer &* stride &+ key &* rowStride &+ query))
        }
        share = (share * part).replacing(with: 0, where: isPast)
        sums.add(share, at: key &* rowLength &+ query)
        information += share * binaryLogarithm(share)
        onMarked += share * marked[key]
      }
      sums.add(-information, at: blockSize &* rowLength &+ query)
      sums.add(onMarked, at: (blockSize &+ 1) &* rowLength &+ query)
      query &+= 4
    }
    var onPairs = 0.0
    for (key, query) in marks.pairs {
      for layer in 0..<layers { onPairs += Double(floats[layer &* stride &+ key &* rowStride &+ query]) }
    }
    self.onPairs += onPairs * part
  }

  package static func + (a: AttentionSums, b: AttentionSums) -> AttentionSums {
    precondition(a.blockSize == b.blockSize, "AttentionSums: both must have as many places")
    let sum = AttentionSums(blockSize: a.blockSize)
    for index in 0..<sum.block.view.count { sum.block.view[index] = a.block.view[index] + b.block.view[index] }
    sum.onPairs = a.onPairs + b.onPairs
    return sum
  }
}

/// The same numbers in double precision.
@inline(__always)
private func doubles(_ x: SIMD4<Float>) -> SIMD4<Double> {
  SIMD4(Double(x[0]), Double(x[1]), Double(x[2]), Double(x[3]))
}
