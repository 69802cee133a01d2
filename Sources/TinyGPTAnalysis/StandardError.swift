import TinyGPT

/// The standard error of a model's mean loss over the held-out names, in nats per prediction: how far it would typically move
/// with other names of the same kind held out.
///
/// The mean is a ratio L = ∑ sᵢ / ∑ nᵢ of sums over N names, so its error is √(N / (N - 1) · ∑ (sᵢ - L nᵢ)²) / ∑ nᵢ. Not a
/// number for fewer than two names.
package func heldOutStandardError(_ model: Model, _ documents: Documents) -> Double {
  let losses = documents.heldOut.map { model.loss(of: [$0], in: documents) }
  var all = Loss()
  for loss in losses { all += loss }
  var squares: Double = 0
  for loss in losses {
    let difference = loss.sum - all.mean * Double(loss.count)
    squares += difference * difference
  }
  let names = Double(losses.count)
  guard names > 1 else { return .nan }
  return (squares * names / (names - 1)).squareRoot() / Double(all.count)
}
