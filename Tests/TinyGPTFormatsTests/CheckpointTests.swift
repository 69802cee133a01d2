import Testing
import TinyGPT
import TinyGPTFormats

struct CheckpointTests {
  /// The small checkpoint's file with a text of its header replaced by one of equal length, and no fingerprint of the
  /// metadata that would tell.
  private func edited(_ old: String, _ new: String) throws -> [UInt8] {
    try #require(old.utf8.count == new.utf8.count)
    let bytes = try SmallRun.checkpoint().encode()
    let count = try Safetensors.headerCount(start: bytes[...], size: bytes.count)
    var header = String(decoding: bytes[8..<8 + count], as: UTF8.self)
    header = header.replacing("metadata_fingerprint", with: "metadata_fingerprinT")
    try #require(header.contains(old))
    return bytes[..<8] + Array(header.replacing(old, with: new).utf8) + bytes[(8 + count)...]
  }

  @Test func isReadAsItWasWritten() throws {
    let checkpoint = try SmallRun.checkpoint()
    let bytes = checkpoint.encode()
    let read = try Checkpoint.decode(bytes)
    #expect(read == checkpoint)
    #expect(read.encode() == bytes)
  }

  @Test func theModelIsTheTrainers() throws {
    let trainer = try SmallRun.trainer()
    let model = Checkpoint(trainer).makeModel()
    #expect(model.fingerprint == trainer.model.fingerprint)
    #expect(try model.generate(5, seed: 1) == trainer.model.generate(5, seed: 1))
  }

  @Test func trainingGoesOnAsIfItHadNeverStopped() throws {
    let straight = try SmallRun.trainer(steps: 20)
    let resumed = try Checkpoint.decode(Checkpoint(SmallRun.trainer(steps: 9)).encode()).makeTrainer(
      names: SmallRun.names())
    #expect(resumed.step == 9)
    _ = resumed.train(to: 20)
    #expect(Checkpoint(resumed) == Checkpoint(straight))
  }

  @Test func metadataSaysWhatTheContractAsksFor() throws {
    let texts = try SmallRun.checkpoint().metadata.texts
    #expect(texts["format"] == "gptosaurus")
    #expect(texts["version"] == "1")
    #expect(texts["numerics"] == "1")
    #expect(texts["config"] == #"{"blockSize":4,"mlpRatio":1,"nEmbd":4,"nHead":2,"nLayer":1,"vocabSize":5}"#)
    #expect(texts["vocabulary"] == "ABab")
    #expect(texts["seed"] == "7")
    #expect(texts["step"] == "3")
    #expect(texts["names_fingerprint"] == (try SmallRun.names().fingerprint.hexDigits))
    #expect(texts["fingerprint"] == (try SmallRun.trainer().model.fingerprint.hexDigits))
  }

  @Test func theHeaderIsPaddedSoThatNumbersAreAligned() throws {
    let bytes = try SmallRun.checkpoint().encode()
    #expect(try Safetensors.headerCount(start: bytes[...], size: bytes.count) % 8 == 0)
  }

  @Test func otherNamesAreRefused() throws {
    let other = try SmallRun.names("Ab\n")
    let expected = CheckpointError.otherNames(expected: try SmallRun.names().fingerprint, got: other.fingerprint)
    #expect(throws: expected) { try SmallRun.checkpoint().makeTrainer(names: other) }
  }

  @Test(
    arguments: [
      (#"\"nHead\":2"#, #"\"nHead\":3"#, CheckpointError.config(.headsDoNotDivideWidth(nHead: 3, nEmbd: 4))),
      (#"\"nLayer\":1"#, #"\"nLayer\":2"#, .missingTensor("layer1.attn_wq")),
      (#"\"nEmbd\":4"#, #"\"nEmbd\":8"#, .shape(tensor: "wte", expected: [5, 8], got: [5, 4])),
      (
        #"\"nEmbd\":4"#, #"\"nEmbd\":x"#,
        .malformed(.config, got: #"{"blockSize":4,"mlpRatio":1,"nEmbd":x,"nHead":2,"nLayer":1,"vocabSize":5}"#)
      ),
      (#"\"batch\":1"#, #"\"batch\":0"#, .recipe(.batch(0))),
      (
        #""format":"gptosaurus""#, #""format":"gpt0saurus""#,
        .unknown(.format, expected: "gptosaurus", got: "gpt0saurus")
      ),
      (#""version":"1""#, #""version":"2""#, .unknown(.version, expected: "1", got: "2")),
      (#""numerics":"1""#, #""numerics":"9""#, .unknown(.numerics, expected: "1", got: "9")),
      (#""seed":"7""#, #""seed":"x""#, .malformed(.seed, got: "x")),
      (#""step":"#, #""stop":"#, .missing(.step)),
      (#""vocabulary":"ABab""#, #""vocabulary":"BAab""#, .vocabulary(.notAscending)),
      (#""adam.m.wte""#, #""adam.m.wtx""#, .missingTensor("adam.m.wte")),
      (#""lm_head""#, #""lm_heed""#, .missingTensor("lm_head")),
    ] as [(String, String, CheckpointError)])
  func aHeaderThatSaysOtherwiseIsRefused(old: String, new: String, error: CheckpointError) throws {
    let bytes = try edited(old, new)
    #expect(throws: error) { try Checkpoint.decode(bytes) }
  }

  @Test func aChangedTextIsFoundByTheMetadatasFingerprint() throws {
    let text = String(decoding: try SmallRun.checkpoint().encode(), as: UTF8.self)
    #expect(text.contains(#""seed":"7""#))
    var bytes = try SmallRun.checkpoint().encode()
    let place = try #require(bytes.firstRange(of: Array(#""seed":"7""#.utf8))?.upperBound) - 2
    bytes[place] = UInt8(ascii: "8")
    #expect { try Checkpoint.decode(bytes) } throws: { error in
      if case .metadataFingerprint? = error as? CheckpointError { true } else { false }
    }
  }

  /// Bytes of the numbers, from the end: v of the last tensor, …
  @Test func changedNumbersAreFound() throws {
    let checkpoint = try SmallRun.checkpoint()
    let bytes = checkpoint.encode()
    let weightBytes = 4 * checkpoint.metadata.config.parameterCount
    let start = bytes.count - 3 * weightBytes

    var weight = bytes
    weight[start] ^= 1
    #expect { try Checkpoint.decode(weight) } throws: { error in
      if case .fingerprint? = error as? CheckpointError { true } else { false }
    }
    var moment = bytes
    moment[start + weightBytes] ^= 1
    #expect { try Checkpoint.decode(moment) } throws: { error in
      if case .momentsFingerprint? = error as? CheckpointError { true } else { false }
    }
    var broken = bytes
    broken.replaceSubrange(start..<start + 4, with: [0, 0, 0xC0, 0x7F])
    #expect(throws: CheckpointError.notFinite(tensor: "wte")) { try Checkpoint.decode(broken) }
    var negative = bytes
    negative.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0x80, 0xBF])
    #expect(throws: CheckpointError.negative(tensor: "adam.v.layer0.mlp_fc2")) { try Checkpoint.decode(negative) }
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = try SmallRun.checkpoint().encode()
    for count in 0..<bytes.count {
      #expect(throws: CheckpointError.self) { try Checkpoint.decode(Array(bytes.prefix(count))) }
    }
    #expect(throws: CheckpointError.self) { try Checkpoint.decode(bytes + [0]) }
  }

  @Test func aFileIsReadInPartsWithTheSameResult() throws {
    let folder = try TemporaryFolder()
    let checkpoint = try SmallRun.checkpoint()
    try WholeFile.write(checkpoint.encode(), to: folder.file("a"))
    #expect(try Checkpoint(contentsOf: folder.file("a")) == checkpoint)
    try WholeFile.write(Array(checkpoint.encode().dropLast()), to: folder.file("a"))
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: folder.file("a")) }
    try WholeFile.write([], to: folder.file("a"))
    #expect(throws: CheckpointError.tooShort(bytes: 0)) { try Checkpoint(contentsOf: folder.file("a")) }
    #expect(throws: FileError.isFolder(path: folder.path)) { try Checkpoint(contentsOf: folder.path) }
    #expect(throws: FileError.notRegular(path: "/dev/zero")) { try Checkpoint(contentsOf: "/dev/zero") }
  }
}
