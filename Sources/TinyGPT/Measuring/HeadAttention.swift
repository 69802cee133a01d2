/// The attention of one head index over one name: its mean over some layers, whose matrices stand equally far apart.
package struct HeadAttention {
  /// That of the first layer, (T, T), key by query, exactly 0 where the key comes after the query.
  let first: Matrix
  let layers: Int
  /// Floats from a layer's matrix to the next layer's.
  let stride: Int

  package init(first: Matrix, layers: Int, stride: Int) {
    precondition(layers >= 1 && first.rows == first.columns, "HeadAttention: each layer has a matrix (T, T)")
    self.first = first
    self.layers = layers
    self.stride = stride
  }
}

extension Activations {
  /// The mean attention of head `head` over `layers`.
  package func attention(ofHead head: Int, layers: Range<Int>) -> HeadAttention {
    HeadAttention(
      first: layer(layers.lowerBound).attention(head), layers: layers.count, stride: layer(1).first &- layer(0).first)
  }
}
