import Testing
import TinyGPT
import TinyGPTAnalysis

/// How large an update is.
struct UpdateSizesTests {
  @Test func meansAreThoseOfTheTables() throws {
    let trainer = try Small.trainer(steps: 7)
    let trace = trainer.trace(trainer.documents.document(at: 7))
    let sizes = try #require(UpdateSizes(trace))
    var gradients: [Double] = []
    var changes: [Double] = []
    for index in trainer.model.table.tensors.indices {
      let gradient = try #require(trace.gradient(tensor: index)).values.map { abs(Double($0)) }
      let change = try #require(trace.change(tensor: index)).values.map { abs(Double($0)) }
      #expect(isClose(sizes.tensors[index].meanGradient, gradient.reduce(0, +) / Double(gradient.count)))
      #expect(isClose(sizes.tensors[index].meanChange, change.reduce(0, +) / Double(change.count)))
      gradients += gradient
      changes += change
    }
    #expect(sizes.tensors.count == 15 && gradients.count == trainer.run.config.parameterCount)
    #expect(isClose(sizes.all.meanGradient, gradients.reduce(0, +) / Double(gradients.count)))
    #expect(isClose(sizes.all.meanChange, changes.reduce(0, +) / Double(changes.count)))
    #expect(sizes.largestChange == changes.max() && sizes.largestChange > sizes.all.meanChange)
  }

  /// The first update moves every weight that has a gradient by the learning rate.
  @Test func theFirstChangeIsTheLearningRate() throws {
    let trainer = try Small.trainer(steps: 0)
    let sizes = try #require(UpdateSizes(trainer.trace(trainer.documents.document(at: 0))))
    #expect(isClose(sizes.largestChange, 0.005, within: 1e-6))
    #expect(trainer.run.recipe.learningRate(ofUpdate: 1) == 0.005)
  }

  @Test func withoutAnOptimizerThereIsNoUpdate() throws {
    #expect(UpdateSizes(try Small.trainer(steps: 0).model.trace(Small.scalars("ann"), gradients: true)) == nil)
  }
}
