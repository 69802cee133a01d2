/// What a safetensors file says about itself: texts by key, and where each tensor of 32-bit floats stands.
///
///     8 bytes       n, the length of the header, little-endian
///     n bytes       the header: JSON {"__metadata__": {key: text}, name: {"dtype", "shape", "data_offsets"}, …}
///     the rest      the tensors' numbers, little-endian, side by side, without holes
///
/// - Note: Source: huggingface/safetensors, README "Format".
package struct Safetensors: Equatable, Sendable {
  /// A tensor of 32-bit floats.
  package struct Tensor: Equatable, Sendable {
    package let name: String
    package let shape: [Int]
    /// Its bytes, counted from the end of the header.
    package let bytes: Range<Int>
  }

  package var metadata: [String: String]
  /// In the order of their bytes.
  package var tensors: [Tensor]

  /// The most bytes that a header may have.
  package static let longestHeader = 1 << 24
  /// Bytes of the header's length.
  package static let lengthCount = 8
}

extension Safetensors {
  /// Tensors one after the other, of the given names and shapes.
  package init(metadata: [String: String], tensors: [(name: String, shape: [Int])]) {
    self.metadata = metadata
    var end = 0
    self.tensors = tensors.map { tensor in
      let start = end
      end += 4 * tensor.shape.reduce(1, *)
      return Tensor(name: tensor.name, shape: tensor.shape, bytes: start..<end)
    }
  }

  /// Length and header, with blanks at its end so that the numbers start at a multiple of 8 bytes.
  package var encoded: [UInt8] {
    let texts = metadata.map { JSONValue.Member(key: $0, value: .string($1)) }
    var members = [JSONValue.Member(key: "__metadata__", value: .object(texts))]
    for tensor in tensors {
      let value: JSONValue = [
        "dtype": "F32",
        "shape": .array(tensor.shape.map { JSONValue($0) }),
        "data_offsets": [JSONValue(tensor.bytes.lowerBound), JSONValue(tensor.bytes.upperBound)],
      ]
      members.append(JSONValue.Member(key: tensor.name, value: value))
    }
    var header = Array(JSONValue.object(members).text.utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
  }
}

extension Safetensors {
  /// The length of the header.
  ///
  /// - Parameters:
  ///   - start: the first bytes of the file.
  ///   - size: bytes of the whole file.
  /// - Returns: bytes between the length and the numbers: never more than the file has.
  /// - Throws: ``CheckpointError/tooShort(bytes:)``, ``CheckpointError/headerLength(got:most:)``.
  package static func headerCount(start: ArraySlice<UInt8>, size: Int) throws(CheckpointError) -> Int {
    guard start.count >= lengthCount else { throw .tooShort(bytes: size) }
    let length = start.prefix(lengthCount).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let most = min(longestHeader, size - lengthCount)
    guard length <= UInt64(most) else { throw .headerLength(got: length, most: most) }
    return Int(length)
  }

  /// Reads a header and checks that its tensors fill the numbers exactly: nothing outside, no holes, no overlaps.
  ///
  /// - Parameters:
  ///   - header: the JSON.
  ///   - dataCount: bytes that follow the header.
  /// - Throws: ``CheckpointError``, one of the container's.
  package init(header: ArraySlice<UInt8>, dataCount: Int) throws(CheckpointError) {
    let json: JSONValue
    do { json = try JSONValue(parsing: header) } catch { throw .headerSyntax(error) }
    guard case .object(let members) = json else { throw .headerSyntax(.unexpected(byte: header.first ?? 0, at: 0)) }
    metadata = [:]
    tensors = []
    for member in members {
      if member.key == "__metadata__" {
        metadata = try Safetensors.texts(member.value)
      } else {
        tensors.append(try Tensor(name: member.key, json: member.value, dataCount: dataCount))
      }
    }
    tensors.sort { ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound) }
    var end = 0
    for tensor in tensors {
      guard tensor.bytes.lowerBound == end else {
        throw .offsets(tensor: tensor.name, expected: end, got: tensor.bytes.lowerBound)
      }
      end = tensor.bytes.upperBound
    }
    guard end == dataCount else { throw .dataCount(expected: end, got: dataCount) }
  }

  private static func texts(_ json: JSONValue) throws(CheckpointError) -> [String: String] {
    guard case .object(let members) = json else { throw .metadataIsNotText }
    var texts: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else { throw .metadataIsNotText }
      texts[member.key] = text
    }
    return texts
  }
}

extension Safetensors.Tensor {
  /// - Throws: ``CheckpointError/tensorSyntax(tensor:)``, ``CheckpointError/dtype(tensor:got:)``,
  ///   ``CheckpointError/byteCount(tensor:expected:got:)``, ``CheckpointError/outside(tensor:end:dataCount:)``.
  fileprivate init(name: String, json: JSONValue, dataCount: Int) throws(CheckpointError) {
    guard let dtype = json["dtype"]?.string, let shape = Self.counts(json["shape"]),
      let offsets = Self.counts(json["data_offsets"]), offsets.count == 2, offsets[0] <= offsets[1]
    else { throw .tensorSyntax(tensor: name) }
    guard dtype == "F32" else { throw .dtype(tensor: name, got: dtype) }
    guard offsets[1] <= dataCount else { throw .outside(tensor: name, end: offsets[1], dataCount: dataCount) }
    var count = 4
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard !overflows else { throw .tensorSyntax(tensor: name) }
      count = product
    }
    guard count == offsets[1] - offsets[0] else {
      throw .byteCount(tensor: name, expected: count, got: offsets[1] - offsets[0])
    }
    self.init(name: name, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  /// Whole numbers from 0.
  private static func counts(_ json: JSONValue?) -> [Int]? {
    guard let values = json?.array else { return nil }
    var counts: [Int] = []
    for value in values {
      guard let count = value.integer, count >= 0 else { return nil }
      counts.append(count)
    }
    return counts
  }
}
