import TinyGPT

/// The standard error of the mean loss of some names, in nats per prediction: how far it would typically move with other names
/// of the same kind.
///
/// The mean is a ratio L = ∑ sᵢ / ∑ nᵢ of sums over N names, so its error is √(N / (N - 1) · ∑ (sᵢ - L nᵢ)²) / ∑ nᵢ. Not a
/// number for fewer than two names.
package func standardError(of losses: [Loss]) -> Double {
  let all = losses.reduce(Loss(), +)
  var squares: Double = 0
  for loss in losses {
    let difference = loss.sum - all.mean * Double(loss.count)
    squares += difference * difference
  }
  let names = Double(losses.count)
  guard names > 1 else { return .nan }
  return (squares * names / (names - 1)).squareRoot() / Double(all.count)
}
