import Testing
import TinyGPT

/// Every width of vectors that this machine can compute with gives the same bits.
struct VectorWidthTests {
  private static let widths = VectorWidth.allCases.filter(\.isSupported)

  @Test func everyMachineHas128Bits() {
    #expect(VectorWidth.bits128.isSupported)
    #expect(VectorWidth.chosen.isSupported && VectorWidth.widest.isSupported)
  }

  @Test(arguments: VectorWidthTests.widths)
  func theLabsRunIsThatOf128Bits(width: VectorWidth) throws {
    let run = try Fixture.labRun(seed: 42)
    let narrow = Trainer(run, width: .bits128)
    let wide = Trainer(run, width: width)
    let steps = Effort.of(500)
    #expect(narrow.train(to: steps) == wide.train(to: steps))
    #expect(narrow.snapshot() == wide.snapshot())
  }

  /// A batch adds its gradients up first, so it takes another way to the update.
  @Test(arguments: widths)
  func aBatchIsThatOf128Bits(width: VectorWidth) throws {
    let run = try Fixture.smallRun { _, recipe in recipe.batch = 5 }
    let narrow = Trainer(run, width: .bits128)
    let wide = Trainer(run, width: width)
    #expect(narrow.train(to: 20) == wide.train(to: 20))
    #expect(narrow.snapshot() == wide.snapshot())
  }

  /// Sizes that fill no vector, one head and many, contexts longer than the widest vector.
  @Test(arguments: Shape.all, widths)
  func everyShapeIsThatOf128Bits(shape: Shape, width: VectorWidth) throws {
    let run = try Run(names: shape.names(), config: shape.config)
    let narrow = Trainer(run, width: .bits128)
    let wide = Trainer(run, width: width)
    #expect(narrow.train(to: 20) == wide.train(to: 20))
    #expect(narrow.snapshot() == wide.snapshot())
  }
}
