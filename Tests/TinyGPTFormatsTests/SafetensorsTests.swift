import Testing
import TinyGPTFormats

struct SafetensorsTests {
  private let file = Safetensors(metadata: ["k": "v"], tensors: [("b", [2, 3]), ("a", [4])])

  private func read(_ json: String, dataCount: Int) throws(CheckpointError) -> Safetensors {
    try Safetensors(header: Array(json.utf8)[...], dataCount: dataCount)
  }

  private func tensor(_ shape: String, _ offsets: String, dtype: String = "F32") -> String {
    #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  @Test func isWrittenAsTheFormatSays() {
    let json =
      #"{"__metadata__":{"k":"v"},"a":{"data_offsets":[24,40],"dtype":"F32","shape":[4]},"#
      + #""b":{"data_offsets":[0,24],"dtype":"F32","shape":[2,3]}}"#
    let bytes = file.encoded
    #expect(bytes.count % 8 == 0)
    #expect(Int(bytes[0]) + Int(bytes[1]) << 8 == bytes.count - 8)
    #expect(String(decoding: bytes.dropFirst(8), as: UTF8.self).trimmed == json)
  }

  @Test func readsWhatIsWritten() throws {
    let bytes = file.encoded
    let count = try Safetensors.headerCount(start: bytes[...], size: bytes.count + 40)
    #expect(count == bytes.count - 8)
    #expect(try Safetensors(header: bytes[8...], dataCount: 40) == file)
  }

  @Test func aLengthThatLiesIsRefused() {
    let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x80]
    #expect(throws: CheckpointError.headerLength(got: 1 << 63, most: 92)) {
      try Safetensors.headerCount(start: bytes[...], size: 100)
    }
    #expect(throws: CheckpointError.headerLength(got: 1 << 63, most: Safetensors.longestHeader)) {
      try Safetensors.headerCount(start: bytes[...], size: 1 << 40)
    }
    #expect(throws: CheckpointError.tooShort(bytes: 7)) { try Safetensors.headerCount(start: bytes[..<7], size: 7) }
  }

  @Test func anyOrderOfDataIsRead() throws {
    let json = #"{"b":\#(tensor("[1]", "[4,8]")),"a":\#(tensor("[]", "[0,4]"))}"#
    #expect(try read(json, dataCount: 8).tensors.map(\.name) == ["a", "b"])
  }

  @Test func offsetsThatLieAreRefused() {
    func expect(_ error: CheckpointError, _ shape: String, _ offsets: String, dtype: String = "F32", dataCount: Int = 8)
    {
      #expect(throws: error) { try read(#"{"a":\#(tensor(shape, offsets, dtype: dtype))}"#, dataCount: dataCount) }
    }
    expect(.outside(tensor: "a", end: 12, dataCount: 8), "[3]", "[0,12]")
    expect(.byteCount(tensor: "a", expected: 12, got: 8), "[3]", "[0,8]")
    expect(.offsets(tensor: "a", expected: 0, got: 4), "[1]", "[4,8]")
    expect(.dataCount(expected: 4, got: 8), "[1]", "[0,4]")
    expect(.tensorSyntax(tensor: "a"), "[1]", "[4,0]")
    expect(.tensorSyntax(tensor: "a"), "[1]", "[0,4,8]")
    expect(.tensorSyntax(tensor: "a"), "[-1]", "[0,4]")
    expect(.tensorSyntax(tensor: "a"), "[1.5]", "[0,4]")
    expect(.tensorSyntax(tensor: "a"), "[4294967296,4294967296]", "[0,8]")
    expect(.tensorSyntax(tensor: "a"), "[1]", "[0,1e300]")
    expect(.dtype(tensor: "a", got: "F16"), "[4]", "[0,8]", dtype: "F16")
  }

  @Test func overlapsAreRefused() {
    let json = #"{"a":\#(tensor("[2]", "[0,8]")),"b":\#(tensor("[1]", "[4,8]"))}"#
    #expect(throws: CheckpointError.offsets(tensor: "b", expected: 8, got: 4)) { try read(json, dataCount: 8) }
  }

  @Test func aHeaderThatIsNoObjectOfTensorsIsRefused() {
    #expect(throws: CheckpointError.headerSyntax(.ends)) { try read("", dataCount: 0) }
    #expect(throws: CheckpointError.headerSyntax(.unexpected(byte: 0x5B, at: 0))) { try read("[]", dataCount: 0) }
    #expect(throws: CheckpointError.tensorSyntax(tensor: "a")) { try read(#"{"a":1}"#, dataCount: 0) }
    #expect(throws: CheckpointError.metadataIsNotText) { try read(#"{"__metadata__":{"a":1}}"#, dataCount: 0) }
  }
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
