import Testing
import TinyGPT

/// What is switched off adds nothing and learns nothing.
struct SwitchesTests {
  private static func trace(_ shape: Shape, _ off: Switches) throws -> Trace {
    let trainer = Trainer(try Run(names: shape.names(), config: shape.config, seed: 3))
    return Trace(trainer.model, trainer.documents.document(at: 0), off: off, gradients: true)
  }

  private static func everything(_ shape: Shape) -> Switches {
    var off = Switches()
    for layer in 0..<shape.config.nLayer {
      for head in 0..<shape.config.nHead { off.setHead(layer: layer, head: head, off: true, config: shape.config) }
      off.setMLP(layer: layer, off: true, config: shape.config)
    }
    return off
  }

  /// The channels of one head, of every position.
  private static func channels(_ table: Table, of head: Int, _ config: Config) -> [Float] {
    (0..<table.shape[0]).flatMap { position in
      (0..<config.headDim).map { table.values[position * config.nEmbd + head * config.headDim + $0] }
    }
  }

  @Test(arguments: Shape.all)
  func aHeadThatIsOffFetchesNothingAndLearnsNothing(shape: Shape) throws {
    let config = shape.config
    let (layer, head) = (config.nLayer - 1, config.nHead - 1)
    var off = Switches()
    off.setHead(layer: layer, head: head, off: true, config: config)
    let trace = try SwitchesTests.trace(shape, off)
    for other in 0..<config.nHead {
      let fetched = SwitchesTests.channels(trace.activation(.layer(layer, .heads)), of: other, config)
      #expect(fetched.allSatisfy { $0 == 0 } == (other == head))
    }
    for part in [LayerActivation.q, .k, .v] {
      let gradient = try #require(trace.gradient(.layer(layer, part)))
      #expect(SwitchesTests.channels(gradient, of: head, config).allSatisfy { $0 == 0 }, "\(part)")
    }
    let rows = head * config.headDim..<(head + 1) * config.headDim
    for (index, tensor) in ParameterTable(config).tensors.enumerated() {
      let gradient = try #require(trace.gradient(tensor: index)).values
      switch tensor.name {
      case "layer\(layer).attn_wq", "layer\(layer).attn_wk", "layer\(layer).attn_wv":
        let ofHead = gradient[rows.lowerBound * config.nEmbd..<rows.upperBound * config.nEmbd]
        #expect(ofHead.allSatisfy { $0 == 0 }, "\(tensor.name)")
      case "layer\(layer).attn_wo":
        #expect((0..<config.nEmbd).allSatisfy { row in rows.allSatisfy { gradient[row * config.nEmbd + $0] == 0 } })
      default:
        #expect(gradient.contains { $0 != 0 }, "\(tensor.name)")
      }
    }
  }

  @Test(arguments: Shape.all)
  func anMLPThatIsOffLeavesTheStreamAlone(shape: Shape) throws {
    let layer = shape.config.nLayer - 1
    var off = Switches()
    off.setMLP(layer: layer, off: true, config: shape.config)
    let trace = try SwitchesTests.trace(shape, off)
    let stream = trace.activation(.layer(layer, .streamAfterAttention))
    #expect(trace.activation(.layer(layer, .streamAfterMLP)) == stream)
    #expect(stream != trace.activation(.layer(layer, .mlpNorm)))
    for (index, tensor) in ParameterTable(shape.config).tensors.enumerated() {
      let gradient = try #require(trace.gradient(tensor: index)).values
      let isOff = tensor.name.hasPrefix("layer\(layer).mlp")
      #expect(gradient.allSatisfy { $0 == 0 } == isOff, "\(tensor.name)")
    }
  }

  @Test(arguments: Shape.all)
  func withEverythingOffTheStreamNeverChanges(shape: Shape) throws {
    let trace = try SwitchesTests.trace(shape, SwitchesTests.everything(shape))
    for layer in 0..<shape.config.nLayer {
      #expect(trace.activation(.layer(layer, .streamAfterMLP)) == trace.activation(.stream))
    }
    for (index, tensor) in ParameterTable(shape.config).tensors.enumerated() {
      let gradient = try #require(trace.gradient(tensor: index)).values
      #expect(gradient.allSatisfy { $0 == 0 } == tensor.name.hasPrefix("layer"), "\(tensor.name)")
    }
  }

  @Test(arguments: Shape.all)
  func withNothingOffAllIsAsEver(shape: Shape) throws {
    var off = SwitchesTests.everything(shape)
    for layer in 0..<shape.config.nLayer {
      for head in 0..<shape.config.nHead { off.setHead(layer: layer, head: head, off: false, config: shape.config) }
      off.setMLP(layer: layer, off: false, config: shape.config)
    }
    #expect(off == Switches())
    let (plain, switched) = (try SwitchesTests.trace(shape, Switches()), try SwitchesTests.trace(shape, off))
    #expect(plain.losses == switched.losses)
    #expect(plain.activation(.logits) == switched.activation(.logits))
    for index in ParameterTable(shape.config).tensors.indices {
      #expect(plain.gradient(tensor: index) == switched.gradient(tensor: index))
    }
  }

  /// All 256 heads that a model may have, one at a time.
  @Test func everyHeadHasASwitchOfItsOwn() {
    var config = Config()
    (config.nLayer, config.nHead) = (8, 32)
    var met: [Switches] = []
    for layer in 0..<8 {
      for head in 0..<32 {
        var off = Switches()
        off.setHead(layer: layer, head: head, off: true, config: config)
        #expect(!met.contains(off) && off != Switches())
        met.append(off)
      }
    }
  }
}
