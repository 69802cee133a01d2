import Testing
import TinyGPT
import TinyGPTAnalysis

/// What attention does in one look, beside plain restatements from the tables of the trace.
struct OneLookTests {
  private static let text = Small.scalars("pamela")

  /// Row `row` of a (T, C) table.
  private static func row(_ table: Table, _ row: Int) -> [Double] {
    let width = table.shape[1]
    return table.values[row * width..<(row + 1) * width].map { Double($0) }
  }

  /// woₕ x, (C).
  private static func added(_ model: Model, _ x: [Double], layer: Int, head: Int) throws -> [Double] {
    let wo = try #require(model.table.tensors.first { $0.name == "layer\(layer).attn_wo" })
    let values = wo.values(in: model.weights.view)
    return (0..<8).map { row in
      (0..<4).reduce(0) { $0 + Double(values[row * 8 + head * 4 + $1]) * x[$1] }
    }
  }

  private static func length(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  @Test func averageAttentionIsTheMeanOfTheLayers() throws {
    let trace = try Small.trainer().model.trace(OneLookTests.text)
    let layers = (0..<2).map { trace.activation(.layer($0, .attention)).values }
    let average = OneLook(trace).averageAttention
    #expect(average.count == 2 * 7 * 7)
    #expect(average == zip(layers[0], layers[1]).map { Float((Double($0) + Double($1)) / 2) })
    // BOS sees only itself, in every head.
    #expect(average[0] == 1 && average[49] == 1 && average[1..<7].allSatisfy { $0 == 0 })
  }

  @Test(arguments: 0..<2, 0..<2)
  func keysAreScoredSharedOutAndAdded(layer: Int, head: Int) throws {
    let trainer = try Small.trainer()
    let trace = try trainer.model.trace(OneLookTests.text)
    let (q, k, v) = (
      trace.activation(.layer(layer, .q)), trace.activation(.layer(layer, .k)), trace.activation(.layer(layer, .v))
    )
    func part(_ table: Table, _ position: Int) -> [Double] {
      Array(OneLookTests.row(table, position)[head * 4..<head * 4 + 4])
    }
    for query in 0..<7 {
      let keys = OneLook(trace).keys(layer: layer, head: head, query: query)
      #expect(keys.count == query + 1)
      #expect(abs(keys.reduce(0) { $0 + $1.share } - 1) <= 1e-6)
      for (place, key) in keys.enumerated() {
        let product = zip(part(q, query), part(k, place)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(isClose(Double(key.score), product / 2, within: 1e-5), "the root of four channels is two")
        #expect(key.share == trace.share(layer: layer, head: head, query: query, key: place))
        #expect(isClose(key.valueLength, OneLookTests.length(part(v, place))))
        let added = try OneLookTests.added(trainer.model, part(v, place), layer: layer, head: head)
        #expect(isClose(key.addedLength, Double(key.share) * OneLookTests.length(added)))
      }
    }
  }

  @Test(arguments: 0..<2)
  func headsTogetherAreWhatAttentionAdds(layer: Int) throws {
    let trainer = try Small.trainer()
    let trace = try trainer.model.trace(OneLookTests.text)
    let before = trace.activation(layer == 0 ? .stream : .layer(layer - 1, .streamAfterMLP))
    let after = trace.activation(.layer(layer, .streamAfterAttention))
    let heads = trace.activation(.layer(layer, .heads))
    for query in 0..<7 {
      let merge = OneLook(trace).merge(layer: layer, query: query)
      #expect(merge.heads.map { Double($0) } == OneLookTests.row(heads, query))
      let difference = zip(OneLookTests.row(after, query), OneLookTests.row(before, query)).map { $0 - $1 }
      #expect(zip(merge.added, difference).allSatisfy { isClose($0, $1, within: 2e-6) })
      #expect(merge.lengths.count == 2 && OneLookTests.length(merge.added) > 0.01)
      for head in 0..<2 {
        let output = merge.heads[head * 4..<head * 4 + 4].map { Double($0) }
        let added = try OneLookTests.added(trainer.model, output, layer: layer, head: head)
        #expect(isClose(merge.lengths[head], OneLookTests.length(added)))
      }
    }
  }

  @Test func aHeadThatIsOffAddsNothing() throws {
    let trainer = try Small.trainer()
    var off = Switches()
    off.setHead(layer: 1, head: 0, off: true, config: trainer.run.config)
    let look = OneLook(try trainer.model.trace(OneLookTests.text, off: off))
    let keys = look.keys(layer: 1, head: 0, query: 4)
    #expect(keys.allSatisfy { $0.addedLength == 0 && $0.share > 0 && $0.valueLength > 0 })
    #expect(look.keys(layer: 1, head: 1, query: 4).allSatisfy { $0.addedLength > 0 })
    let merge = look.merge(layer: 1, query: 4)
    #expect(merge.lengths[0] == 0 && merge.lengths[1] > 0)
    #expect(isClose(OneLookTests.length(merge.added), merge.lengths[1]))
  }
}
