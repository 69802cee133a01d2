import Foundation
import Testing
import TinyGPT

/// Compares a gradient with what the loss does when its arguments move a little.
///
/// A direction d of length 1 moves all arguments at once: `L(x + εd) - L(x - εd)` against the gradient times the way that
/// the arguments went, rounding of each to float included. Random directions find entries that are wrong; directions
/// near the gradient's own bear a much tighter tolerance.
struct GradientCheck {
  /// Arguments of the loss, and its gradient by them.
  struct Part {
    let values: Matrix
    let gradient: Matrix
  }

  /// The largest errors that pass, each relative to the root mean square of the predicted differences.
  struct Tolerance {
    var random = 1e-2
    var aligned = 1e-3
  }

  let parts: [Part]
  var epsilon = 3e-3
  let loss: () -> Double

  /// Records an issue for each kind of direction that shows a wrong gradient.
  func expectAgreement(
    seed: Int, directions: Int = 4, within tolerance: Tolerance = Tolerance(), _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let gradient = parts.flatMap { $0.gradient.values.map(Double.init) }
    var random = RandomStream(case: seed)
    let randomError = relativeError(directions, gradient) { _ in random.normal() }
    let alignedError = relativeError(1, gradient) { $0 * (0.5 + Double(random.uniform())) }
    #expect(randomError <= tolerance.random, "random directions: \(what)", sourceLocation: sourceLocation)
    #expect(alignedError <= tolerance.aligned, "along the gradient: \(what)", sourceLocation: sourceLocation)
  }

  /// Infinite where either side is all zeros: such a comparison would prove nothing.
  func relativeError(_ directions: Int, _ gradient: [Double], _ component: (Double) -> Double) -> Double {
    var squares = (error: 0.0, measured: 0.0, predicted: 0.0)
    for _ in 0..<directions {
      let direction = gradient.map(component)
      let length = sqrt(direction.reduce(0) { $0 + $1 * $1 })
      let (measured, predicted) = differences(along: direction.map { $0 / length }, gradient)
      squares.error += (measured - predicted) * (measured - predicted)
      squares.measured += measured * measured
      squares.predicted += predicted * predicted
    }
    return squares.measured > 0 && squares.predicted > 0 ? sqrt(squares.error / squares.predicted) : .infinity
  }

  private func differences(along direction: [Double], _ gradient: [Double]) -> (measured: Double, predicted: Double) {
    let before = parts.flatMap(\.values.values)
    let above = before.indices.map { Float(Double(before[$0]) + epsilon * direction[$0]) }
    let below = before.indices.map { Float(Double(before[$0]) - epsilon * direction[$0]) }
    assign(above)
    let lossAbove = loss()
    assign(below)
    let lossBelow = loss()
    assign(before)
    let predicted = before.indices.reduce(0) { $0 + gradient[$1] * (Double(above[$1]) - Double(below[$1])) }
    return (lossAbove - lossBelow, predicted)
  }

  private func assign(_ values: [Float]) {
    var rest = values[...]
    for part in parts {
      for row in 0..<part.values.rows {
        for column in 0..<part.values.columns { part.values[row, column] = rest.removeFirst() }
      }
    }
  }
}
