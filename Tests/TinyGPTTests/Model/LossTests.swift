import Foundation
import Testing
import TinyGPT

/// Losses add up by prediction.
struct LossTests {
  @Test func meansArePerPrediction() {
    let sum = Loss(sum: 6, count: 2) + Loss(sum: 4, count: 3)
    #expect(sum == Loss(sum: 10, count: 5) && sum.mean == 2)
    var loss = Loss()
    #expect(loss.mean.isNaN)
    loss += sum
    #expect(loss == sum)
  }

  @Test func lossOfPlacesIsTheSumOfTheirNames() throws {
    let trainer = Trainer(try Fixture.smallRun())
    let (model, documents) = (trainer.model, trainer.documents)
    var off = Switches()
    off.setMLP(layer: 0, off: true, config: model.config)
    for off in [Switches(), off] {
      let losses = (5..<9).map { Trace(model, documents.document(at: $0), off: off, gradients: false).loss }
      let (loss, sum) = (model.loss(of: 5..<9, in: documents, off: off), losses.reduce(Loss(), +))
      // Two orders of adding: the same up to rounding.
      #expect(loss.count == sum.count && abs(loss.sum - sum.sum) <= 1e-12 * sum.sum)
    }
    #expect(model.loss(of: 5..<5, in: documents) == Loss())
    #expect(model.loss(of: 5..<6, in: documents) != model.loss(of: 5..<6, in: documents, off: off))
  }

  /// Where all weights are 0 every outcome is as likely.
  @Test func aModelOfZerosLosesTheLogarithmOfTheVocabulary() throws {
    let model = Model(config: Config(), vocabulary: .latin)
    let losses = try model.trace(Fixture.scalars("allosaurus")).losses
    #expect(losses.count == 11)
    #expect(losses.allSatisfy { abs($0 - log(27.0)) < 1e-6 })
  }
}
