import Testing
import TinyGPT

/// The one table of all weights.
struct ParameterTableTests {
  @Test func tensorsStandInTheOrderOfFilesAndFingerprints() {
    let table = ParameterTable(Config())
    let layers = (0..<2).flatMap { layer in
      ["attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2"].map { "layer\(layer).\($0)" }
    }
    #expect(table.tensors.map(\.name) == ["wte", "wpe", "lm_head"] + layers)
    let shapes = table.tensors.map { [$0.rows, $0.columns] }
    #expect(shapes[..<3] == [[27, 32], [18, 32], [27, 32]])
    #expect(shapes[3..<9] == [[32, 32], [32, 32], [32, 32], [32, 32], [128, 32], [32, 128]])
    #expect(shapes[3..<9] == shapes[9...])
  }

  @Test(arguments: Shape.all)
  func everyWeightHasAPlaceOfItsOwn(shape: Shape) {
    let table = ParameterTable(shape.config)
    var places: [Int] = []
    table.forEachWeight { places.append($0) }
    #expect(places.count == shape.config.parameterCount)
    #expect(Set(places).count == places.count)
    #expect(places.allSatisfy { 0..<table.blockCount ~= $0 })
    #expect(table.tensors.reduce(0) { $0 + $1.rows * $1.columns } == places.count)
    for tensor in table.tensors {
      // Side by side in the block: columns, or rows where it stands turned.
      let (step, stride) = (min(tensor.rowStride, tensor.columnStride), max(tensor.rowStride, tensor.columnStride))
      #expect(step == 1 && stride % 16 == 0, "\(tensor.name)")
    }
  }

  @Test(arguments: Shape.all)
  func valuesComeOutAsTheyWentIn(shape: Shape) {
    let table = ParameterTable(shape.config)
    let block = Block<Float>(count: table.blockCount)
    var next = 0
    for tensor in table.tensors {
      tensor.set((0..<tensor.rows * tensor.columns).map { Float(next + $0) }, in: block.view)
      next += tensor.rows * tensor.columns
    }
    var inOrder: [Float] = []
    table.forEachWeight { inOrder.append(block.view[$0]) }
    #expect(inOrder == (0..<next).map(Float.init))
    for tensor in table.tensors {
      #expect(tensor.values(in: block.view) == tensor.matrix(in: block.view).values, "\(tensor.name)")
    }
  }
}
