import Testing
import TinyGPT
import TinyGPTAnalysis

/// What parts are worth: the loss without them less the loss with them.
struct WorthTests {
  /// Mean loss per prediction over the names at `places`, from their traces.
  private static func loss(_ trainer: Trainer, _ places: Range<Int>, _ off: Switches = Switches()) throws -> Double {
    var loss = Loss()
    for index in Small.documents(trainer).order[places] {
      loss += try trainer.model.trace(Array(trainer.run.names[index]), off: off).loss
    }
    return loss.mean
  }

  @Test func nothingSwitchedOffIsWorthNothing() throws {
    let trainer = try Small.trainer()
    let worth = Worth(trainer.model, Small.documents(trainer))
    #expect(worth.of(Switches()) == 0)
    #expect(worth.loss == trainer.heldOutLoss().mean)
    #expect(isClose(worth.loss, try WorthTests.loss(trainer, 32..<40)))
  }

  @Test func eachPartIsWorthWhatTheHeldOutNamesLoseWithoutIt() throws {
    let trainer = try Small.trainer()
    let config = trainer.run.config
    let worth = Worth(trainer.model, Small.documents(trainer))
    let with = try WorthTests.loss(trainer, 32..<40)
    var all = Switches()
    for layer in 0..<2 {
      for head in 0..<2 {
        var off = Switches()
        off.setHead(layer: layer, head: head, off: true, config: config)
        all.setHead(layer: layer, head: head, off: true, config: config)
        let expected = try WorthTests.loss(trainer, 32..<40, off) - with
        #expect(isClose(worth.ofHead(layer: layer, head: head), expected))
        #expect(worth.ofHead(layer: layer, head: head) == worth.of(off) && expected != 0)
      }
      var off = Switches()
      off.setMLP(layer: layer, off: true, config: config)
      #expect(isClose(worth.of(off), try WorthTests.loss(trainer, 32..<40, off) - with))
      #expect(worth.of(off) != 0)
    }
    #expect(isClose(worth.of(all), try WorthTests.loss(trainer, 32..<40, all) - with))
    #expect(isClose(worth.loss(off: all), try WorthTests.loss(trainer, 32..<40, all)))
    #expect(worth.loss(off: Switches()) == worth.loss)
  }

  /// A head whose columns of wo are 0 adds nothing, on or off; so does an MLP whose fc2 is 0.
  @Test func whatAddsNothingIsWorthNothing() throws {
    let trainer = try Small.trainer()
    let model = trainer.model
    for tensor in model.table.tensors where ["layer0.attn_wo", "layer1.mlp_fc2"].contains(tensor.name) {
      var values = tensor.values(in: model.weights.view)
      for index in values.indices where tensor.name == "layer1.mlp_fc2" || index % tensor.columns < 4 {
        values[index] = 0
      }
      tensor.set(values, in: model.weights.view)
    }
    let worth = Worth(model, Small.documents(trainer))
    #expect(worth.ofHead(layer: 0, head: 0) == 0)
    #expect(worth.ofHead(layer: 0, head: 1) != 0)
    var off = Switches()
    off.setMLP(layer: 1, off: true, config: trainer.run.config)
    #expect(worth.of(off) == 0)
  }

  /// An untrained model of zeros is blind with all of its parts and without.
  @Test func aModelOfZerosIsBlind() throws {
    let trainer = try Small.trainer(steps: 0)
    let worth = Worth(Model(config: trainer.run.config, vocabulary: .latin), Small.documents(trainer))
    #expect(isClose(worth.loss, 3.295836866004329, within: 1e-6))
    #expect(worth.ofHead(layer: 1, head: 1) == 0)
  }

  @Test func withoutHeldOutNamesTheFirst172OfTheOrderAreMeasured() throws {
    let few = try Small.trainer(holdOut: 0)
    #expect(isClose(Worth(few.model, Small.documents(few)).loss, try WorthTests.loss(few, 0..<40)))
    let letters = "abcdefghijklmnopqrstuvwxyz"
    let list = letters.flatMap { first in letters.prefix(8).map { "\(first)\($0)" } }
    var recipe = Recipe()
    recipe.holdOut = 0
    let many = Trainer(
      try Run(names: try Small.names(list.joined(separator: "\n")), config: Small.config, recipe: recipe, seed: 3))
    _ = many.train(to: 20)
    #expect(isClose(Worth(many.model, Small.documents(many)).loss, try WorthTests.loss(many, 0..<172)))
  }
}
