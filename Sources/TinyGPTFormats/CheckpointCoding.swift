import TinyGPT

// A checkpoint as the bytes of a safetensors file: the weights as `wte`, `wpe`, …, the moments as `adam.m.wte`, …,
// `adam.v.wte`, ….

/// Which of a checkpoint's three blocks a tensor of the file belongs to.
private enum TensorKind: String, CaseIterable {
  case weights = ""
  case m = "adam.m."
  case v = "adam.v."
}

extension Checkpoint {
  /// Names and shapes of the file's tensors, in the file's order.
  package var layout: [(name: String, shape: [Int])] {
    let table = ParameterTable(metadata.config)
    let kinds: [TensorKind] = moments == nil ? [.weights] : TensorKind.allCases
    return kinds.flatMap { kind in
      table.tensors.map { (name: kind.rawValue + $0.name, shape: [$0.rows, $0.columns]) }
    }
  }

  /// The whole file.
  package func encode() -> [UInt8] {
    var bytes = Safetensors(metadata: metadata.texts, tensors: layout).encoded
    for values in weights + (moments?.m ?? []) + (moments?.v ?? []) {
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// Reads a whole file.
  package static func decode(_ bytes: [UInt8]) throws(CheckpointError) -> Checkpoint {
    let headerCount = try Safetensors.headerCount(start: bytes[...], size: bytes.count)
    let start = Safetensors.lengthCount + headerCount
    let layout = try CheckpointLayout(header: bytes[Safetensors.lengthCount..<start], dataCount: bytes.count - start)
    return try Checkpoint(layout, data: bytes[start...])
  }

  /// Reads the file at `path`: its header first, and its numbers only if they are what the header's sizes ask for.
  ///
  /// - Throws: ``FileError``, ``CheckpointError``.
  package init(contentsOf path: String) throws {
    let file = try InputFile(path)
    let size = file.size ?? 0
    let start = try file.read(min(size, Safetensors.lengthCount))
    let headerCount = try Safetensors.headerCount(start: start[...], size: size)
    let dataCount = size - Safetensors.lengthCount - headerCount
    let layout = try CheckpointLayout(header: try file.read(headerCount)[...], dataCount: dataCount)
    try self.init(layout, data: try file.read(dataCount)[...])
  }

  private init(_ layout: CheckpointLayout, data: ArraySlice<UInt8>) throws(CheckpointError) {
    metadata = layout.metadata
    weights = try layout.values(.weights, in: data)
    moments =
      layout.hasMoments ? Moments(m: try layout.values(.m, in: data), v: try layout.values(.v, in: data)) : nil
    let got = fingerprint(of: weights)
    guard got == metadata.fingerprint else { throw .fingerprint(expected: metadata.fingerprint, got: got) }
    if let moments, let expected = metadata.momentsFingerprint, moments.fingerprint != expected {
      throw .momentsFingerprint(expected: expected, got: moments.fingerprint)
    }
  }
}

/// A checkpoint's header, understood and checked: all that is known before the numbers are read.
private struct CheckpointLayout {
  let metadata: CheckpointMetadata
  let hasMoments: Bool
  private let table: ParameterTable
  private let bytes: [String: Range<Int>]

  init(header: ArraySlice<UInt8>, dataCount: Int) throws(CheckpointError) {
    let file = try Safetensors(header: header, dataCount: dataCount)
    metadata = try CheckpointMetadata(texts: file.metadata)
    table = ParameterTable(metadata.config)
    hasMoments = file.tensors.contains { $0.name.hasPrefix("adam.") }
    let found = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0) })
    var bytes: [String: Range<Int>] = [:]
    for kind in hasMoments ? TensorKind.allCases : [.weights] {
      for tensor in table.tensors {
        let name = kind.rawValue + tensor.name
        guard let got = found[name] else { throw .missingTensor(name) }
        let shape = [tensor.rows, tensor.columns]
        guard got.shape == shape else { throw .shape(tensor: name, expected: shape, got: got.shape) }
        bytes[name] = got.bytes
      }
    }
    if let other = file.tensors.first(where: { bytes[$0.name] == nil }) { throw .unexpectedTensor(other.name) }
    self.bytes = bytes
  }

  /// The numbers of all tensors of a kind, in table order.
  func values(_ kind: TensorKind, in data: ArraySlice<UInt8>) throws(CheckpointError) -> [[Float]] {
    var all: [[Float]] = []
    for tensor in table.tensors {
      let name = kind.rawValue + tensor.name
      guard let range = bytes[name] else { throw .missingTensor(name) }
      let values = floats(data[(data.startIndex + range.lowerBound)..<(data.startIndex + range.upperBound)])
      for value in values {
        if !value.isFinite { throw .notFinite(tensor: name) }
        if kind == .v && value < 0 { throw .negative(tensor: name) }
      }
      all.append(values)
    }
    return all
  }

  private func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count, by: 4).map { offset in
        Float(bitPattern: UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      }
    }
  }
}
