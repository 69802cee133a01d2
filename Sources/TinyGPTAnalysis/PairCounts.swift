import TinyGPT

/// How often each token of a list of names is followed by each other, before any model: BOS stands before and after every
/// name, and no name is cut.
package struct PairCounts: Equatable {
  /// (V, V): by the first token's id, then the second's.
  package let counts: [Int]

  /// - Precondition: the vocabulary has every letter of the names.
  package init(_ names: NameList, vocabulary: Vocabulary) {
    var counts = Array(repeating: 0, count: vocabulary.count * vocabulary.count)
    for index in 0..<names.count {
      var before = vocabulary.bos
      for scalar in names[index] {
        guard let token = vocabulary.token(scalar) else { preconditionFailure("PairCounts: letter not in vocabulary") }
        counts[before * vocabulary.count + token] += 1
        before = token
      }
      counts[before * vocabulary.count + vocabulary.bos] += 1
    }
    self.counts = counts
  }
}
