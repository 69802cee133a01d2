import TinyGPT

/// Why bytes are no checkpoint. Each case carries what was expected and what was there.
package enum CheckpointError: Error, Equatable, Sendable {
  // The container.
  /// Not even the length of a header.
  case tooShort(bytes: Int)
  case headerLength(got: UInt64, most: Int)
  case headerSyntax(JSONError)
  case metadataIsNotText
  /// An entry of the header is no tensor.
  case tensorSyntax(tensor: String)
  case dtype(tensor: String, got: String)
  /// Shape and offsets disagree.
  case byteCount(tensor: String, expected: Int, got: Int)
  /// The offsets end after the file.
  case outside(tensor: String, end: Int, dataCount: Int)
  /// A hole or an overlap before the tensor.
  case offsets(tensor: String, expected: Int, got: Int)
  /// Bytes after the header.
  case dataCount(expected: Int, got: Int)

  // The metadata.
  case missing(CheckpointMetadata.Key)
  case malformed(CheckpointMetadata.Key, got: String)
  /// Another format, or a version that this program does not know.
  case unknown(CheckpointMetadata.Key, expected: String, got: String)
  case config(ConfigError)
  case recipe(RecipeError)
  case vocabulary(VocabularyError)
  case metadataFingerprint(expected: UInt64, got: UInt64)

  // The numbers.
  case missingTensor(String)
  case unexpectedTensor(String)
  case shape(tensor: String, expected: [Int], got: [Int])
  case notFinite(tensor: String)
  /// A second moment, a mean of squares, below 0.
  case negative(tensor: String)
  case fingerprint(expected: UInt64, got: UInt64)
  case momentsFingerprint(expected: UInt64, got: UInt64)

  // What is asked of it.
  /// Training goes on from both moments of Adam, which the file lacks.
  case noMoments
  /// The names are not those that it was trained on.
  case otherNames(expected: UInt64, got: UInt64)
  /// The names' letters are not the file's vocabulary.
  case otherVocabulary
}
