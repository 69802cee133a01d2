import Foundation
import Testing
import TinyGPT

/// The weights of an untrained model, and the fingerprint that names them.
struct ModelTests {
  private static func model(_ shape: Shape, seed: UInt32 = 42, std: Double = 0.08) throws -> Model {
    var recipe = Recipe()
    recipe.initStd = std
    return Model(untrained: try Run(names: shape.names(), config: shape.config, recipe: recipe, seed: seed))
  }

  @Test func untrainedWeightsAreNormallyDistributed() throws {
    let model = try ModelTests.model(Shape.all[0])
    for tensor in model.table.tensors {
      let values = tensor.values(in: model.weights.view).map(Double.init)
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      // Four standard errors of mean and variance.
      #expect(abs(mean) < 4 * 0.08 / sqrt(count), "\(tensor.name)")
      #expect(abs(variance / (0.08 * 0.08) - 1) < 4 * sqrt(2 / count), "\(tensor.name)")
    }
  }

  @Test func everyTensorDrawsNumbersOfItsOwn() throws {
    let model = try ModelTests.model(Shape.all[0])
    let firsts = model.table.tensors.map { $0.values(in: model.weights.view)[0] }
    #expect(Set(firsts).count == firsts.count)
  }

  @Test func sameSeedGivesTheSameWeightsAndAnotherSeedOthers() throws {
    let shape = Shape.all[0]
    #expect(try ModelTests.model(shape).fingerprint == ModelTests.model(shape).fingerprint)
    #expect(try ModelTests.model(shape).fingerprint != ModelTests.model(shape, seed: 43).fingerprint)
    #expect(try ModelTests.model(shape).fingerprint != ModelTests.model(shape, std: 0.09).fingerprint)
  }

  /// FNV-1a over the little-endian bytes of the weights in table order, written out.
  @Test(arguments: Shape.all)
  func fingerprintIsTheHashOfTheWeightsBytes(shape: Shape) throws {
    let model = try ModelTests.model(shape)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for tensor in model.table.tensors {
      for value in tensor.values(in: model.weights.view) {
        for byte in withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init) {
          hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
      }
    }
    #expect(model.fingerprint == hash)
  }

  @Test func fingerprintSeesEveryWeightAndNoPadding() throws {
    let model = try ModelTests.model(Shape.all[2])
    let before = model.fingerprint
    var isWeight = Array(repeating: false, count: model.table.blockCount)
    model.table.forEachWeight { isWeight[$0] = true }
    var random = RandomStream(case: 0)
    var met = (weights: 0, padding: 0)
    while met.weights < Effort.of(200) || met.padding < Effort.of(200) {
      let place = random.below(isWeight.count)
      let value = model.weights.view[place]
      model.weights.view[place] = value + 1
      #expect((model.fingerprint == before) == !isWeight[place])
      model.weights.view[place] = value
      if isWeight[place] { met.weights += 1 } else { met.padding += 1 }
    }
    #expect(model.fingerprint == before)
  }

  @Test func isFiniteUntilAWeightIsNot() throws {
    for bad in [Float.nan, .infinity, -.infinity] {
      let model = try ModelTests.model(Shape.all[2])
      #expect(model.isFinite)
      model.weights.view[model.table.tensors[4].offset + 11] = bad
      #expect(!model.isFinite)
    }
  }
}
