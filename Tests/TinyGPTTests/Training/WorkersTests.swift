import Testing
import TinyGPT

/// Who computes changes no bit of a run.
struct WorkersTests {
  private static let batches = [1, 2, 3, 5, 8, 16, 17]
  private static let counts = [2, 3, 4, 7]

  @Test(arguments: WorkersTests.batches)
  func anyNumberOfThreadsGivesTheSameState(batch: Int) throws {
    let run = try Fixture.smallRun { _, recipe in recipe.batch = batch }
    let alone = Trainer(run)
    let losses = alone.train(to: 40)
    for count in WorkersTests.counts {
      for workers in [Workers.threads(count), .backwards(count)] {
        let trainer = Trainer(run, workers: workers)
        #expect(trainer.train(to: 40) == losses)
        #expect(trainer.model.fingerprint == alone.model.fingerprint && trainer.snapshot() == alone.snapshot())
      }
    }
  }

  @Test(arguments: Shape.all, [2, 5, 16])
  func everyShapeGivesTheSameState(shape: Shape, batch: Int) throws {
    var recipe = Recipe()
    recipe.batch = batch
    let run = try Run(names: shape.names(), config: shape.config, recipe: recipe)
    let alone = Trainer(run)
    let losses = alone.train(to: Effort.of(10))
    for count in WorkersTests.counts {
      let trainer = Trainer(run, workers: .threads(count))
      #expect(trainer.train(to: Effort.of(10)) == losses && trainer.snapshot() == alone.snapshot())
    }
  }

  @Test(arguments: VectorWidth.allCases.filter(\.isSupported))
  func everyWidthGivesTheSameState(width: VectorWidth) throws {
    let run = try Fixture.smallRun { _, recipe in recipe.batch = 6 }
    let alone = Trainer(run, width: .bits128)
    let trainer = Trainer(run, width: width, workers: .threads(3))
    #expect(alone.train(to: 20) == trainer.train(to: 20))
    #expect(alone.snapshot() == trainer.snapshot())
  }

  @Test func aRunGoesOnWithAnotherNumberOfThreads() throws {
    let run = try Fixture.smallRun { _, recipe in recipe.batch = 6 }
    let straight = Trainer(run)
    _ = straight.train(to: 30)
    var snapshot = Trainer(run).snapshot()
    for (index, count) in [3, 1, 7].enumerated() {
      let trainer = Trainer(run, workers: .threads(count))
      trainer.restore(snapshot)
      _ = trainer.train(to: 10 * (index + 1))
      snapshot = trainer.snapshot()
    }
    #expect(snapshot == straight.snapshot())
  }

  /// The loss that is no number may be any worker's.
  @Test func aRunThatDivergesStopsAtTheSameStep() throws {
    let run = try Fixture.smallRun { _, recipe in
      recipe.batch = 5
      recipe.learningRate = 1e18
    }
    let (alone, several) = (Trainer(run), Trainer(run, workers: .threads(3)))
    let losses = alone.train(to: 50)
    try #require(losses.count < 50)
    #expect(several.train(to: 50).dropLast() == losses.dropLast())
    #expect(several.step == alone.step && several.snapshot() == alone.snapshot())
  }
}
