import Testing
import TinyGPT

/// The backward pass of the whole model against differences of its loss, for models of several shapes.
struct NetworkTests {
  /// A model with random weights, one name, and the gradient of the name's mean loss by every weight.
  private final class Case {
    let trainer: Trainer
    let off: Switches
    private let gradients: Block<Float>
    private let document: Document

    init(_ shape: Shape, seed: Int, off: Switches = Switches()) throws {
      var recipe = Recipe()
      // Twice the usual: attention and hidden units far from uniform and from zero, so that gradients stand out.
      recipe.initStd = 0.16
      trainer = Trainer(try Run(names: shape.names(), config: shape.config, recipe: recipe, seed: UInt32(seed)))
      self.off = off
      document = trainer.documents.document(at: seed)
      gradients = Block(count: trainer.model.table.blockCount)
      let trace = Trace(trainer.model, document, off: off, gradients: true)
      for (index, tensor) in trainer.model.table.tensors.enumerated() {
        tensor.set(try #require(trace.gradient(tensor: index)).values, in: gradients.view)
      }
    }

    func check(_ tensors: [ParameterTable.Tensor]) -> GradientCheck {
      let parts = tensors.map { tensor in
        GradientCheck.Part(
          values: tensor.matrix(in: trainer.model.weights.view), gradient: tensor.matrix(in: gradients.view))
      }
      return GradientCheck(parts: parts, lengths: [3e-3, 1e-2, 1e-3, 3e-4]) {
        Trace(self.trainer.model, self.document, off: self.off, gradients: false).loss.mean
      }
    }
  }

  private static let cases = Effort.of(30)

  /// A step along a direction can take a hidden unit over ReLU's kink, where the difference says nothing; a wrong
  /// gradient is wrong every time. So most of the cases must agree, each with weights, name and direction of its own.
  ///
  /// Measured: the medians of all tensors and shapes stay below 1.7e-3 along random directions and below 3e-4 near the
  /// gradient.
  private static func expectMostAgree(
    _ cases: [Case], _ what: String, _ tensors: (ParameterTable) -> [ParameterTable.Tensor]
  ) {
    for (directions, tolerance) in [(GradientCheck.Directions.random, 4e-3), (.aligned, 8e-4)] {
      var agreeing = 0
      for (seed, one) in cases.enumerated() where agreeing <= cases.count / 2 {
        let error = one.check(tensors(one.trainer.model.table)).error(directions, seed: seed, goal: tolerance)
        if error <= tolerance { agreeing += 1 }
      }
      #expect(agreeing > cases.count / 2, "\(what), \(directions)")
    }
  }

  @Test(arguments: Shape.all)
  func gradientOfEachTensorAgreesWithDifferences(shape: Shape) throws {
    let cases = try (0..<NetworkTests.cases).map { try Case(shape, seed: $0) }
    for (index, tensor) in ParameterTable(shape.config).tensors.enumerated() {
      NetworkTests.expectMostAgree(cases, tensor.name) { [$0.tensors[index]] }
    }
  }

  @Test(arguments: Shape.all)
  func gradientOfAllWeightsAgreesWithDifferences(shape: Shape) throws {
    let cases = try (0..<NetworkTests.cases).map { try Case(shape, seed: $0) }
    NetworkTests.expectMostAgree(cases, "all weights") { $0.tensors }
  }

  @Test(arguments: Shape.all)
  func gradientWithPartsSwitchedOffAgreesWithDifferences(shape: Shape) throws {
    var off = Switches()
    off.setHead(layer: 0, head: 0, off: true, config: shape.config)
    off.setMLP(layer: shape.config.nLayer - 1, off: true, config: shape.config)
    let cases = try (0..<NetworkTests.cases).map { try Case(shape, seed: $0, off: off) }
    NetworkTests.expectMostAgree(cases, "all weights") { $0.tensors }
  }
}
