import Testing
import TinyGPT

/// Reading letter by letter gives the bits that reading at once gives.
struct NameDecoderTests {
  /// Feeds `names` side by side and compares the scores at every place with those of a trace.
  private static func expectTraceBits(_ model: Model, _ names: [[UInt32]], off: Switches = Switches()) throws {
    let decoder = NameDecoder(model, off: off)
    for first in stride(from: 0, to: names.count, by: decoder.width) {
      let group = names[first..<min(first + decoder.width, names.count)]
      let traces = try group.map { try model.trace($0, off: off) }
      let rows = traces.map { $0.activation(.logits) }
      for position in 0..<(traces.map(\.tokens.count).max() ?? 0) {
        var tokens = Array(repeating: UInt16(model.vocabulary.bos), count: decoder.width)
        for (lane, trace) in traces.enumerated() where position < trace.tokens.count {
          tokens[lane] = UInt16(trace.tokens[position])
        }
        decoder.advance(tokens: tokens, position: position)
        for (lane, trace) in traces.enumerated() where position < trace.tokens.count {
          let outcomes = rows[lane].shape[1]
          let expected = rows[lane].values[position * outcomes..<(position + 1) * outcomes]
          let ours = (0..<outcomes).map { decoder.logits[$0, lane] }
          #expect(ours.bits == Array(expected).bits, "\(Fixture.text(group[first + lane])), position \(position)")
        }
      }
    }
  }

  @Test func decodesRealNamesAsATraceDoes() throws {
    let names = try Fixture.dinosaurs()
    let some = stride(from: 0, to: names.count, by: Effort.divisor * 17).map { Array(names[$0]) }
    try NameDecoderTests.expectTraceBits(try Fixture.trained().model, some)
  }

  @Test(arguments: Shape.all)
  func decodesForEveryShapeAsATraceDoes(shape: Shape) throws {
    let model = Model(untrained: try Run(names: shape.names(), config: shape.config))
    let names = try shape.names()
    let some = (0..<Effort.of(50)).map { Array(names[$0].prefix(shape.config.blockSize - 1)) }
    try NameDecoderTests.expectTraceBits(model, some)
    var off = Switches()
    off.setHead(layer: 0, head: 0, off: true, config: shape.config)
    off.setMLP(layer: shape.config.nLayer - 1, off: true, config: shape.config)
    try NameDecoderTests.expectTraceBits(model, some, off: off)
  }

  /// Where keys and values of sixteen names would take too much memory.
  @Test func decodesFewerNamesAtATimeWhereTheCacheIsHuge() throws {
    var config = Config()
    (config.nLayer, config.nEmbd, config.nHead, config.blockSize, config.mlpRatio) = (64, 33, 1, 256, 1)
    let model = Model(untrained: try Run(names: Fixture.names("a\n"), config: config))
    #expect(NameDecoder(model, off: Switches()).width == 4)
    try NameDecoderTests.expectTraceBits(model, ["mei", "t", "rex", "", "yi"].map(Fixture.scalars))
  }

  @Test func aDecoderStartsAgainAtPositionZero() throws {
    let model = try Fixture.trained().model
    let decoder = NameDecoder(model, off: Switches())
    let start = Array(repeating: UInt16(model.vocabulary.bos), count: decoder.width)
    decoder.advance(tokens: start, position: 0)
    let before = decoder.logits.values
    decoder.advance(tokens: Array(repeating: 3, count: decoder.width), position: 1)
    #expect(decoder.logits.values != before)
    decoder.advance(tokens: start, position: 0)
    #expect(decoder.logits.values == before)
  }
}
