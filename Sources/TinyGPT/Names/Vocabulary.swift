/// The letters a model knows: scalar ↔ token id, in ascending order of scalars, then BOS, the marker at both ends of a name.
public struct Vocabulary: Equatable, Sendable {
  /// The letters in the order of their ids.
  public let scalars: [UInt32]

  /// The most letters that a vocabulary may have, BOS not counted.
  public static let mostLetters = 200
  /// a to z.
  public static let latin = Vocabulary(sorted: Array(0x61...0x7A))

  /// Letters and BOS.
  public var count: Int { scalars.count + 1 }
  /// The token id of BOS: the last.
  public var bos: Int { scalars.count }

  /// a to z where the names hold nothing else; any other list's own letters.
  ///
  /// - Throws: ``VocabularyError/tooManyLetters(_:)``.
  public init(names: NameList) throws(VocabularyError) {
    var letters: [UInt32] = []
    for scalar in names.allScalars {
      let place = letters.place(of: scalar)
      if place < letters.count && letters[place] == scalar { continue }
      letters.insert(scalar, at: place)
      if letters.count > Vocabulary.mostLetters {
        throw .tooManyLetters(Vocabulary.countDifferent(names.allScalars))
      }
    }
    if Vocabulary.latin.contains(letters) { self = .latin } else { try self.init(letters: letters) }
  }

  /// The letters of a saved model, in the order of their ids.
  ///
  /// - Throws: ``VocabularyError`` where they are too many, none, or not ascending.
  public init(letters: [UInt32]) throws(VocabularyError) {
    guard !letters.isEmpty else { throw .noLetters }
    guard letters.count <= Vocabulary.mostLetters else { throw .tooManyLetters(letters.count) }
    for index in 1..<max(1, letters.count) where letters[index] <= letters[index - 1] { throw .notAscending }
    self.init(sorted: letters)
  }

  private init(sorted: [UInt32]) { scalars = sorted }

  /// How many different ones there are, of any number.
  private static func countDifferent(_ scalars: [UInt32]) -> Int {
    // As 64-bit numbers, like everything that the engine sorts: one sort serves all, which keeps the module small.
    var sorted = scalars.map { UInt64($0) }
    sorted.sort()
    return 1 + (1..<sorted.count).count { sorted[$0] != sorted[$0 - 1] }
  }

  /// The token id of a letter, or nil if the vocabulary lacks it.
  public func token(_ scalar: UInt32) -> Int? {
    let place = scalars.place(of: scalar)
    return place < scalars.count && scalars[place] == scalar ? place : nil
  }

  /// The token ids of a text, or the place (from 0) of the first letter that the vocabulary lacks.
  package func tokens(_ text: some Collection<UInt32>) -> Result<[UInt16], UnknownLetter> {
    var tokens: [UInt16] = []
    for (place, scalar) in text.enumerated() {
      guard let token = token(scalar) else { return .failure(UnknownLetter(scalar: scalar, place: place)) }
      tokens.append(UInt16(token))
    }
    return .success(tokens)
  }

  private func contains(_ ascending: [UInt32]) -> Bool {
    for scalar in ascending where token(scalar) == nil { return false }
    return true
  }
}

extension [UInt32] {
  /// Where a letter stands, or belongs, among ascending ones.
  fileprivate func place(of letter: UInt32) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < letter { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Why letters can't be a vocabulary.
public enum VocabularyError: Error, Equatable, Sendable {
  case noLetters
  /// More than ``Vocabulary/mostLetters``.
  case tooManyLetters(Int)
  case notAscending
}

/// A letter that a model's vocabulary lacks, and its place in the text, from 0.
package struct UnknownLetter: Error, Equatable {
  package let scalar: UInt32
  package let place: Int
}
