import TinyGPT

/// What a checkpoint says about its run, beside the numbers: the texts of a safetensors file's `__metadata__`.
package struct CheckpointMetadata: Equatable, Sendable {
  package let config: Config
  package let recipe: Recipe
  package let vocabulary: Vocabulary
  package let seed: UInt32
  /// Updates done.
  package let step: Int
  /// ``NameList/fingerprint`` of the names trained on.
  package let namesFingerprint: UInt64
  /// ``Model/fingerprint`` of the weights.
  package let fingerprint: UInt64
  /// FNV-1a, 64 bits, over m, then v, as the weights' own fingerprint is made; nil in files without.
  package let momentsFingerprint: UInt64?

  /// The keys of `__metadata__`.
  package enum Key: String, CaseIterable, Sendable {
    case format, version, numerics, config, recipe, vocabulary, seed, step
    case namesFingerprint = "names_fingerprint"
    case fingerprint
    case momentsFingerprint = "adam_fingerprint"
    /// FNV-1a, 64 bits, over all other texts: a flipped bit in them is found too. Files of others may leave it out.
    case metadataFingerprint = "metadata_fingerprint"
  }

  /// The most steps that a run may have.
  package static let mostSteps = 1_000_000_000

  /// What ``Key/format``, ``Key/version`` and ``Key/numerics`` have to say.
  private static let constants: [(key: Key, text: String)] = [
    (.format, "gptosaurus"), (.version, "1"), (.numerics, "1"),
  ]
}

extension CheckpointMetadata {
  /// The texts by key.
  package var texts: [String: String] {
    var texts = Dictionary(uniqueKeysWithValues: Self.constants.map { ($0.key.rawValue, $0.text) })
    texts[Key.config.rawValue] = config.json.text
    texts[Key.recipe.rawValue] = recipe.json.text
    texts[Key.vocabulary.rawValue] = vocabulary.text
    texts[Key.seed.rawValue] = "\(seed)"
    texts[Key.step.rawValue] = "\(step)"
    texts[Key.namesFingerprint.rawValue] = namesFingerprint.hexDigits
    texts[Key.fingerprint.rawValue] = fingerprint.hexDigits
    texts[Key.momentsFingerprint.rawValue] = momentsFingerprint?.hexDigits
    texts[Key.metadataFingerprint.rawValue] = Self.fingerprint(of: texts).hexDigits
    return texts
  }

  /// Reads the texts; keys of others are ignored.
  package init(texts: [String: String]) throws(CheckpointError) {
    let reader = Reader(texts: texts)
    for (key, expected) in Self.constants {
      let got = try reader.text(key)
      guard got == expected else { throw .unknown(key, expected: expected, got: got) }
    }
    if texts[Key.metadataFingerprint.rawValue] != nil {
      let expected = try reader.fingerprint(.metadataFingerprint)
      let got = Self.fingerprint(of: texts)
      guard got == expected else { throw .metadataFingerprint(expected: expected, got: got) }
    }
    config = try reader.config()
    recipe = try reader.recipe()
    let letters = try reader.text(.vocabulary).unicodeScalars.map(\.value)
    do { vocabulary = try Vocabulary(letters: letters) } catch { throw .vocabulary(error) }
    guard config.vocabSize == vocabulary.count else { throw .malformed(.vocabulary, got: try reader.text(.vocabulary)) }
    seed = UInt32(try reader.wholeNumber(.seed, most: Int(UInt32.max)))
    step = try reader.wholeNumber(.step, most: Self.mostSteps)
    namesFingerprint = try reader.fingerprint(.namesFingerprint)
    fingerprint = try reader.fingerprint(.fingerprint)
    let hasMoments = texts[Key.momentsFingerprint.rawValue] != nil
    momentsFingerprint = hasMoments ? try reader.fingerprint(.momentsFingerprint) : nil
  }

  /// Over key, LF, text, LF of every key of ours but the last.
  private static func fingerprint(of texts: [String: String]) -> UInt64 {
    var hash = FNV1a()
    for key in Key.allCases where key != .metadataFingerprint {
      guard let text = texts[key.rawValue] else { continue }
      for byte in "\(key.rawValue)\n\(text)\n".utf8 { hash.combine(byte) }
    }
    return hash.value
  }
}

/// Reads one text after the other.
private struct Reader {
  typealias Key = CheckpointMetadata.Key
  let texts: [String: String]

  func text(_ key: Key) throws(CheckpointError) -> String {
    guard let text = texts[key.rawValue] else { throw .missing(key) }
    return text
  }

  func wholeNumber(_ key: Key, most: Int) throws(CheckpointError) -> Int {
    let text = try text(key)
    guard let number = Int(text), 0...most ~= number else { throw .malformed(key, got: text) }
    return number
  }

  func fingerprint(_ key: Key) throws(CheckpointError) -> UInt64 {
    let text = try text(key)
    guard let value = UInt64(text, radix: 16), value.hexDigits == text else { throw .malformed(key, got: text) }
    return value
  }

  func config() throws(CheckpointError) -> Config {
    let json = try json(.config)
    guard let config = Config(json: json) else { throw .malformed(.config, got: try text(.config)) }
    if let problem = config.problem { throw .config(problem) }
    return config
  }

  func recipe() throws(CheckpointError) -> Recipe {
    let json = try json(.recipe)
    guard let recipe = Recipe(json: json) else { throw .malformed(.recipe, got: try text(.recipe)) }
    if let problem = recipe.problem { throw .recipe(problem) }
    return recipe
  }

  private func json(_ key: Key) throws(CheckpointError) -> JSONValue {
    let text = try text(key)
    do { return try JSONValue(parsing: text) } catch { throw .malformed(key, got: text) }
  }
}
