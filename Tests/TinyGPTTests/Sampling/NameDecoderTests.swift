import Testing
import TinyGPT

/// Reading letter by letter gives the bits that reading at once gives.
struct NameDecoderTests {
  /// A name in a lane: its trace, and how many of its tokens were read.
  private struct Reader {
    let trace: Trace
    var place: Int

    func expectScores(_ logits: Matrix, lane: Int) {
      let rows = trace.activation(.logits)
      let outcomes = rows.shape[1]
      let expected = rows.values[place * outcomes..<(place + 1) * outcomes]
      let ours = (0..<outcomes).map { logits[$0, lane] }
      #expect(ours.bits == Array(expected).bits, "\(trace.tokens), place \(place)")
    }
  }

  /// Reads `names` that begin with `prefix` in as many lanes as the decoder has, each next one where another ended, and
  /// compares the scores at every place with those of a trace.
  private static func expectTraceBits(
    _ model: Model, _ names: [[UInt32]], prefix: [UInt32] = [], off: Switches = Switches(),
    vectors: VectorWidth = .chosen
  ) throws {
    let decoder = NameDecoder(model, off: off, vectors: vectors, names: names.count)
    let given = Array(try model.tokens(prefix).dropLast())
    decoder.begin(given)
    for lane in 0..<decoder.width {
      Reader(trace: try model.trace(prefix, off: off), place: prefix.count).expectScores(decoder.logits, lane: lane)
    }
    var waiting = try names.map { Reader(trace: try model.trace(prefix + $0, off: off), place: given.count) }
    waiting.removeAll { $0.place == $0.trace.tokens.count }
    var lanes = (0..<decoder.width).map { _ in waiting.popLast() }
    while lanes.contains(where: { $0 != nil }) {
      for (lane, reader) in lanes.enumerated() {
        guard let reader else { continue }
        decoder.read(UInt16(reader.trace.tokens[reader.place]), at: reader.place, lane: lane)
      }
      decoder.advance()
      for (lane, reader) in lanes.enumerated() {
        guard var reader else { continue }
        reader.expectScores(decoder.logits, lane: lane)
        reader.place += 1
        lanes[lane] = reader.place < reader.trace.tokens.count ? reader : waiting.popLast()
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
    for length in [1, 5, shape.config.blockSize - 1] {
      let prefix = Array(repeating: model.vocabulary.scalars[2], count: length)
      let rest = some.map { Array($0.prefix(shape.config.blockSize - 1 - length)) }
      try NameDecoderTests.expectTraceBits(model, rest, prefix: prefix, vectors: vectors)
    }
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
    decoder.begin([UInt16(model.vocabulary.bos)])
    for name in names {
      let trace = try model.trace(name)
      for spoiled in 1...model.config.blockSize {
        for position in 1..<spoiled { read(z, position) }
        for (position, token) in trace.tokens.enumerated().dropFirst() {
          read(Int(token), position)
          Reader(trace: trace, place: position).expectScores(decoder.logits, lane: 0)
        }
      }
    }
    func read(_ token: Int, _ position: Int) {
      decoder.read(UInt16(token), at: position, lane: 0)
      decoder.advance()
    }
  }
}
