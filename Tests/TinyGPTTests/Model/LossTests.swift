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

  /// Where all weights are 0 every outcome is as likely.
  @Test func aModelOfZerosLosesTheLogarithmOfTheVocabulary() throws {
    let model = Model(config: Config(), vocabulary: .latin)
    let losses = try model.trace(Fixture.scalars("allosaurus")).losses
    #expect(losses.count == 11)
    #expect(losses.allSatisfy { abs($0 - log(27.0)) < 1e-6 })
  }
}
