import TinyGPT

/// What a list of names shows before any model: which letters start them, how long they are.
package struct NameStatistics: Equatable {
  /// Letters of all names together.
  package let letters: Int
  /// Names that start with each letter of the vocabulary, by token id.
  package let firstLetters: [Int]
  /// Names of each length: index is the length.
  package let lengths: [Int]
  /// Names that stand in the list more than once, counted without their first time.
  package let duplicates: Int
  /// Indices of the names with more letters than the model can learn from at once: blockSize - 1.
  package let longerThanContext: [Int]

  package init(_ names: NameList, vocabulary: Vocabulary, blockSize: Int) {
    var letters = 0
    var firstLetters = Array(repeating: 0, count: vocabulary.scalars.count)
    var lengths: [Int] = []
    var long: [Int] = []
    for index in 0..<names.count {
      let name = names[index]
      letters += name.count
      if let first = name.first, let token = vocabulary.token(first) { firstLetters[token] += 1 }
      while lengths.count <= name.count { lengths.append(0) }
      lengths[name.count] += 1
      if name.count > blockSize - 1 { long.append(index) }
    }
    self.letters = letters
    self.firstLetters = firstLetters
    self.lengths = lengths
    longerThanContext = long
    let sorted = NameIndex(names)
    duplicates = sorted.duplicates
  }
}
