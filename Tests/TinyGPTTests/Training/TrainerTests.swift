import Testing
import TinyGPT

/// Training is a pure function of the run: replayed, resumed or repeated, it gives the same bits.
struct TrainerTests {
  private static func fingerprint(_ run: Run, steps: Int) -> UInt64 {
    let trainer = Trainer(run)
    _ = trainer.train(to: steps)
    return trainer.model.fingerprint
  }

  @Test func theSameRunGivesTheSameFingerprints() throws {
    let trainers = try (0..<2).map { _ in Trainer(try Fixture.labRun()) }
    for _ in 0..<Effort.of(100) {
      let losses = trainers.map { $0.trainStep() }
      #expect(losses[0] == losses[1])
      #expect(trainers[0].model.fingerprint == trainers[1].model.fingerprint)
    }
    #expect(trainers[0].step == Effort.of(100))
  }

  @Test func everyPartOfTheRunMatters() throws {
    let changes: [(inout Config, inout Recipe) -> Void] = [
      { _, _ in }, { _, recipe in recipe.learningRate = 0.006 }, { _, recipe in recipe.beta1 = 0.9 },
      { _, recipe in recipe.beta2 = 0.999 }, { _, recipe in recipe.horizon = 4_999 },
      { _, recipe in recipe.initStd = 0.1 }, { _, recipe in recipe.batch = 4 },
      { config, _ in config.nHead = 4 }, { config, _ in config.blockSize = 8 },
    ]
    var runs = try changes.map { try Fixture.smallRun($0) }
    runs += [try Fixture.smallRun(seed: 43), try Fixture.smallRun(names: Fixture.names("rex\nmei\n"))]
    let fingerprints = runs.map { TrainerTests.fingerprint($0, steps: 10) }
    #expect(Set(fingerprints).count == runs.count)
    #expect(fingerprints == runs.map { TrainerTests.fingerprint($0, steps: 10) })
  }

  @Test(arguments: [1, 4])
  func aSnapshotReplaysToTheSameFingerprints(batch: Int) throws {
    let run = try Fixture.smallRun { _, recipe in recipe.batch = batch }
    let trainer = Trainer(run)
    _ = trainer.train(to: 7)
    let snapshot = trainer.snapshot()
    var fingerprints = [trainer.model.fingerprint]
    for _ in 0..<13 {
      _ = trainer.trainStep()
      fingerprints.append(trainer.model.fingerprint)
    }
    // Back in time, and in another trainer of the same run.
    for other in [trainer, Trainer(run)] {
      other.restore(snapshot)
      #expect(other.step == 7 && other.snapshot() == snapshot)
      #expect(other.model.fingerprint == fingerprints[0])
      for expected in fingerprints.dropFirst() {
        _ = other.trainStep()
        #expect(other.model.fingerprint == expected)
      }
    }
  }

  @Test func trainingInPiecesIsTrainingInOneGo() throws {
    let run = try Fixture.smallRun()
    let (whole, pieces) = (Trainer(run), Trainer(run))
    let losses = whole.train(to: 30)
    #expect(losses.count == 30 && whole.step == 30)
    #expect(pieces.train(to: 11) + pieces.train(to: 11) + pieces.train(to: 30) == losses)
    #expect(pieces.model.fingerprint == whole.model.fingerprint)
    #expect(pieces.train(to: 5).isEmpty && pieces.step == 30)
  }

  @Test func lossFalls() throws {
    let losses = Trainer(try Fixture.labRun()).train(to: Effort.of(500))
    func mean(_ losses: some Sequence<Loss>) -> Double { losses.reduce(Loss(), +).mean }
    let part = losses.count / 5
    #expect(losses[0].mean > 3 && losses[0].mean < 4)
    #expect(mean(losses.suffix(part)) < mean(losses.prefix(part)) - 0.2)
  }

  /// One update on four names is Adam on the mean of their gradients, added pairwise.
  @Test func aBatchTrainsOnTheMeanGradientOfItsNames() throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.batch = 4 })
    let (model, table) = (trainer.model, trainer.model.table)
    for update in 1...3 {
      let traces = (0..<4).map { slot in
        trainer.trace(trainer.documents.document(at: 4 * (update - 1) + slot))
      }
      let mean = Block<Float>(count: table.blockCount)
      for (index, tensor) in table.tensors.enumerated() {
        let gradients = try traces.map { try #require($0.gradient(tensor: index)).values }
        tensor.set(GradientStackTests.pairwiseSum(gradients).map { $0 * 0.25 }, in: mean.view)
      }
      let expected = Model(config: model.config, vocabulary: model.vocabulary)
      adam(
        model.weights.view, m: trainer.m.view, v: trainer.v.view, g: mean.view,
        AdamCoefficients(trainer.run.recipe, update: update), into: expected.weights.view, keepMoments: false)
      let loss = trainer.trainStep()
      #expect(model.fingerprint == expected.fingerprint)
      #expect(loss == traces.map(\.loss).reduce(Loss(), +))
    }
  }

  /// One gradient after another stands in the same memory: nothing of one may get into what pads another.
  @Test(arguments: Shape.all)
  func whatPadsRowsStaysZero(shape: Shape) throws {
    let trainer = Trainer(try Run(names: shape.names(), config: shape.config))
    _ = trainer.train(to: 5)
    var isWeight = Array(repeating: false, count: trainer.model.table.blockCount)
    trainer.model.table.forEachWeight { isWeight[$0] = true }
    for block in [trainer.model.weights, trainer.m, trainer.v] {
      #expect(block.view.array().indices.allSatisfy { isWeight[$0] || block.view[$0] == 0 })
    }
  }

  /// Other names in the places of those held out change nothing that is learnt.
  @Test func heldOutNamesAreNeverTrainedOn() throws {
    let all = try Fixture.dinosaurs()
    var changed = stride(from: 0, to: all.count, by: 29).map { Fixture.text(all[$0]) }
    let names = try Fixture.names(changed.joined(separator: "\n"))
    let run = try Fixture.smallRun(names: names) { _, recipe in recipe.holdOut = 0.9 }
    let documents = Trainer(run).documents
    #expect(documents.trainingCount == 6 && documents.heldOutCount == 54)
    for place in documents.trainingCount..<documents.count { changed[documents.order[place]] = "zyzzyx" }
    let changedNames = try Fixture.names(changed.joined(separator: "\n"))
    let changedRun = try Fixture.smallRun(names: changedNames) { _, recipe in recipe.holdOut = 0.9 }
    let (trainer, otherTrainer) = (Trainer(run), Trainer(changedRun))
    #expect(trainer.train(to: 50) == otherTrainer.train(to: 50))
    #expect(trainer.model.fingerprint == otherTrainer.model.fingerprint)
    #expect(trainer.heldOutLoss() != otherTrainer.heldOutLoss())
  }

  @Test func heldOutLossIsThatOfTheHeldOutNames() throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.holdOut = 0.01 })
    _ = trainer.train(to: 20)
    let before = trainer.snapshot()
    let documents = trainer.documents
    #expect(documents.heldOutCount == 17 && documents.heldOut == 1_710..<1_727)
    let losses = documents.heldOut.map { trainer.trace(documents.document(at: $0)).loss }
    let (loss, sum) = (trainer.heldOutLoss(), losses.reduce(Loss(), +))
    // Two orders of adding: the same up to rounding.
    #expect(loss.count == sum.count && abs(loss.sum - sum.sum) <= 1e-12 * sum.sum)
    #expect(trainer.snapshot() == before, "measuring changes nothing")
  }

  @Test func shownLossIsThatOfTheTrainingSample() throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.holdOut = 0.01 })
    _ = trainer.train(to: 20)
    var sum = Loss()
    for i in 0..<17 { sum += trainer.trace(trainer.documents.document(at: i * 1_710 / 17)).loss }
    let loss = trainer.shownLoss()
    #expect(loss.count == sum.count && abs(loss.sum - sum.sum) <= 1e-12 * sum.sum)
  }

  @Test func withNothingHeldOutThereIsNoHeldOutLoss() throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.holdOut = 0 })
    #expect(trainer.heldOutLoss() == Loss() && trainer.shownLoss() == Loss())
  }

  @Test func aNameLongerThanTheContextIsCut() throws {
    // The first six letters are all that the model ever sees.
    let trainers = try ["pachycephalosaurus\n", "pachycormus\n"].map { name in
      Trainer(try Fixture.smallRun(names: Fixture.names(name)) { config, _ in config.blockSize = 6 })
    }
    for _ in 0..<5 {
      let losses = trainers.map { $0.trainStep() }
      #expect(losses[0].count == 6 && losses[0] == losses[1])
    }
    #expect(trainers[0].model.fingerprint == trainers[1].model.fingerprint)
  }

  @Test func oneNameIsEnough() throws {
    let trainer = Trainer(try Fixture.smallRun(names: Fixture.names("a\n")))
    let losses = trainer.train(to: 200)
    #expect(losses.allSatisfy { $0.count == 2 })
    #expect(losses[199].mean < 0.1)
  }

  /// A rate that flings the weights out of the range of floats: training stops at the first loss that is no number.
  @Test(arguments: [1e15, 1e18, 1e25, 1e38])
  func aRunThatDivergesStopsBeforeItsUpdate(rate: Double) throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.learningRate = rate })
    let losses = trainer.train(to: 50)
    try #require(losses.count < 50)
    #expect(losses.dropLast().allSatisfy { $0.sum.isFinite })
    #expect(losses.last?.sum.isFinite == false)
    #expect(trainer.step == losses.count - 1)
    let state = trainer.snapshot()
    let fingerprint = trainer.model.fingerprint
    #expect(!trainer.trainStep().sum.isFinite)
    #expect(trainer.model.fingerprint == fingerprint && trainer.step == state.step)
  }

  @Test(arguments: [100, 1e4, 1e6])
  func hugeWeightsLoseHugelyButTrain(std: Double) throws {
    let trainer = Trainer(try Fixture.smallRun { _, recipe in recipe.initStd = std })
    let losses = trainer.train(to: 50)
    #expect(losses.count == 50 && losses.allSatisfy { $0.sum.isFinite && $0.mean > 100 })
    #expect(trainer.step == 50 && trainer.model.isFinite)
  }
}
