import Testing
import TinyGPT

/// Reading letter by letter gives the bits that reading at once gives.
struct NameDecoderTests {
  /// A name in a lane: its trace's tokens, and how many were read.
  private struct Reader {
    let trace: Trace
    var place = 0
  }

  /// Reads `names` in as many lanes as the decoder has, each next one where another ended, and compares the scores at every
  /// place with those of a trace.
  private static func expectTraceBits(
    _ model: Model, _ names: [[UInt32]], off: Switches = Switches(), vectors: VectorWidth = .chosen
  ) throws {
    let decoder = NameDecoder(model, off: off, vectors: vectors, names: names.count)
    var waiting = try names.map { Reader(trace: try model.trace($0, off: off)) }
    var lanes = (0..<decoder.width).map { _ in waiting.popLast() }
    for lane in lanes.indices { decoder.read(UInt16(model.vocabulary.bos), at: 0, lane: lane) }
    while lanes.contains(where: { $0 != nil }) {
      for (lane, reader) in lanes.enumerated() {
        guard let reader else { continue }
        decoder.read(UInt16(reader.trace.tokens[reader.place]), at: reader.place, lane: lane)
      }
      decoder.advance()
      for lane in lanes.indices {
        guard var reader = lanes[lane] else { continue }
        let rows = reader.trace.activation(.logits)
        let outcomes = rows.shape[1]
        let expected = rows.values[reader.place * outcomes..<(reader.place + 1) * outcomes]
        let ours = (0..<outcomes).map { decoder.logits[$0, lane] }
        #expect(ours.bits == Array(expected).bits, "\(reader.trace.tokens), place \(reader.place)")
        reader.place += 1
        lanes[lane] = reader.place < reader.trace.tokens.count ? reader : waiting.popLast()
        if lanes[lane] == nil { decoder.read(UInt16(model.vocabulary.bos), at: 0, lane: lane) }
      }
    }
  }

  @Test func decodesRealNamesAsATraceDoes() throws {
    let names = try Fixture.dinosaurs()
    let some = stride(from: 0, to: names.count, by: Effort.divisor * 17).map { Array(names[$0]) }
    try NameDecoderTests.expectTraceBits(try Fixture.trained().model, some)
  }

  @Test(arguments: Shape.all, VectorWidth.allCases.filter(\.isSupported))
  func decodesForEveryShapeAsATraceDoes(shape: Shape, vectors: VectorWidth) throws {
    let model = Model(untrained: try Run(names: shape.names(), config: shape.config))
    let names = try shape.names()
    let some = (0..<Effort.of(50)).map { Array(names[$0].prefix(shape.config.blockSize - 1)) }
    try NameDecoderTests.expectTraceBits(model, some, vectors: vectors)
    try NameDecoderTests.expectTraceBits(model, Array(some.prefix(3)), vectors: vectors)
    var off = Switches()
    off.setHead(layer: 0, head: 0, off: true, config: shape.config)
    off.setMLP(layer: shape.config.nLayer - 1, off: true, config: shape.config)
    try NameDecoderTests.expectTraceBits(model, some, off: off, vectors: vectors)
  }

  /// Where keys and values of sixteen names would take too much memory.
  @Test func decodesFewerNamesAtATimeWhereTheCacheIsHuge() throws {
    var config = Config()
    (config.nLayer, config.nEmbd, config.nHead, config.blockSize, config.mlpRatio) = (64, 33, 1, 256, 1)
    let model = Model(untrained: try Run(names: Fixture.names("a\n"), config: config))
    #expect(NameDecoder(model, off: Switches()).width == 4)
    try NameDecoderTests.expectTraceBits(model, ["mei", "t", "rex", "", "yi"].map(Fixture.scalars))
  }

  /// A few names take no more lanes than they need.
  @Test func takesNoMoreLanesThanNames() throws {
    let model = Model(untrained: try Fixture.smallRun())
    func width(_ names: Int) -> Int { NameDecoder(model, off: Switches(), vectors: .bits128, names: names).width }
    #expect([0, 1, 4, 5, 12, 16, 17, 1_000].map(width) == [4, 4, 4, 8, 12, 16, 16, 16])
  }

  /// What a name that is no longer there has left in its lane is never seen, not even what is no number.
  @Test func aNameSeesNothingOfTheOneBefore() throws {
    let names = ["mei", "allo", "rex", "yi"].map(Fixture.scalars)
    let model = Model(untrained: try Fixture.smallRun())
    let wte = try #require(model.table.tensors.first { $0.name == "wte" }).matrix(in: model.weights.view)
    let z = try #require(model.vocabulary.token(0x7A))
    for c in 0..<wte.columns { wte[z, c] = .nan }
    let decoder = NameDecoder(model, off: Switches(), names: 1)
    for name in names {
      let logits = try model.trace(name).activation(.logits)
      let tokens = try model.tokens(name).dropLast()
      for spoiled in 0..<model.config.blockSize {
        for position in 0..<spoiled { read(position == 0 ? model.vocabulary.bos : z, position) }
        for (position, token) in tokens.enumerated() {
          read(Int(token), position)
          let outcomes = logits.shape[1]
          let ours = (0..<outcomes).map { decoder.logits[$0, 0] }
          #expect(ours.bits == Array(logits.values[position * outcomes..<(position + 1) * outcomes]).bits)
        }
      }
    }
    func read(_ token: Int, _ position: Int) {
      decoder.read(UInt16(token), at: position, lane: 0)
      decoder.advance()
    }
  }
}
