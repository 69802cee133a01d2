import Foundation
import Testing
import TinyGPT

/// The engine against an independent float64 implementation: plain Python with scalar autograd,
/// `Scripts/make_reference.py`, whose output is `Fixtures/reference.json`.
struct ReferenceTests {
  @Test(arguments: ["default", "odd"])
  func initialWeightsAreTheReferences(_ name: String) throws {
    let reference = try Reference.named(name)
    let model = try reference.trainer().model
    for tensor in model.table.tensors {
      let values = tensor.values(in: model.weights.view).map(Double.init)
      let sums = try #require(reference.initialSums[tensor.name])
      #expect(abs(values.reduce(0, +) - sums.sum) < 1e-9, "\(tensor.name)")
      #expect(abs(values.map(abs).reduce(0, +) - sums.sumOfAbsolutes) < 1e-9, "\(tensor.name)")
      if let initial = reference.initial?[tensor.name] {
        #expect(tensor.values(in: model.weights.view) == initial.floats, "\(tensor.name)")
      }
    }
  }

  @Test(arguments: ["default", "odd"])
  func logitsLossesAndGradientsAgree(_ name: String) throws {
    let reference = try Reference.named(name)
    let trainer = try reference.trainer()
    let trace = trainer.trace(trainer.documents.document(at: 0))
    expectClose(trace.activation(.logits).values, reference.logits.floats, "logits")
    for (ours, theirs) in zip(trace.losses, reference.perLetter) { #expect(abs(ours - theirs) < 1e-5) }
    #expect(abs(trace.loss.mean - reference.loss) < 1e-5)
    for (index, tensor) in trainer.model.table.tensors.enumerated() {
      let gradient = try #require(trace.gradient(tensor: index))
      let expected = try #require(reference.gradients[tensor.name])
      expectClose(gradient.values, expected.floats, tensor.name)
    }
  }

  @Test(arguments: ["default", "odd"])
  func tenUpdatesAgree(_ name: String) throws {
    let reference = try Reference.named(name)
    let trainer = try reference.trainer()
    for expected in reference.losses {
      let loss = trainer.trainStep()
      #expect(abs(loss.mean - expected) < 1e-5, "loss of update \(trainer.step)")
    }
    for tensor in trainer.model.table.tensors {
      let expected = try #require(reference.weightsAfter[tensor.name])
      expectClose(tensor.values(in: trainer.model.weights.view), expected.floats, tensor.name)
    }
  }

  /// Differences stay below 1e-5 of the largest value.
  private func expectClose(_ ours: [Float], _ theirs: [Float], _ what: String) {
    #expect(ours.count == theirs.count, "\(what)")
    let largest = theirs.map(abs).max() ?? 0
    let difference = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
    #expect(difference <= 1e-5 * largest, "\(what): \(difference) of \(largest)")
  }
}
