import Foundation
import Testing
import TinyGPT

/// Compares a gradient with what the loss does when its arguments move a little.
///
/// All arguments move at once, along a direction d of length 1: `L(x + εd) - L(x - εd)` against the gradient times the
/// way that the arguments went, their rounding to float included. Random directions find entries that are wrong;
/// directions near the gradient's own stand out of the rounding and bear a much tighter tolerance.
struct GradientCheck {
  /// Arguments of the loss, and its gradient by them.
  struct Part {
    let values: Matrix
    let gradient: Matrix
  }

  enum Directions {
    /// Every component a normal deviate.
    case random
    /// The gradient, each component times a number of its own between a half and one and a half.
    case aligned
  }

  let parts: [Part]
  /// The lengths ε to try: rounding blurs short ones, curvature and kinks bend long ones, and a wrong gradient is wrong
  /// at all of them.
  var lengths = [3e-3]
  let loss: () -> Double

  /// Records an issue for each kind of direction along which loss and gradient disagree.
  func expectAgreement(
    seed: Int, random: Double, aligned: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(error(.random, seed: seed) <= random, "random direction", sourceLocation: sourceLocation)
    #expect(error(.aligned, seed: seed) <= aligned, "along the gradient", sourceLocation: sourceLocation)
  }

  /// The smallest error over the lengths, up to the first that reaches `goal`, relative to the difference that is usual
  /// for such a direction. Infinite where either side is zero: such a comparison would prove nothing.
  func error(_ directions: Directions, seed: Int, goal: Double = 0) -> Double {
    let gradient = parts.flatMap { $0.gradient.values.map(Double.init) }
    var random = RandomStream(case: seed)
    let direction = gradient.map { component in
      switch directions {
      case .random: random.normal()
      case .aligned: component * (0.5 + Double(random.uniform()))
      }
    }
    let size = length(direction)
    let usual = directions == .random ? length(gradient) / sqrt(Double(gradient.count)) : nil
    var best = Double.infinity
    for epsilon in lengths where best > goal {
      let (measured, predicted, way) = differences(along: direction.map { epsilon * $0 / size }, gradient)
      guard measured != 0 && predicted != 0 else { continue }
      let error = abs(measured - predicted) / (usual.map { $0 * way } ?? abs(predicted))
      if error < best { best = error }
    }
    return best
  }

  /// The loss a step ahead less that a step back, the same as the gradient has it, and the length of the way between.
  private func differences(along step: [Double], _ gradient: [Double]) -> (
    measured: Double, predicted: Double, way: Double
  ) {
    let here = parts.flatMap(\.values.values)
    let above = here.indices.map { Float(Double(here[$0]) + step[$0]) }
    let below = here.indices.map { Float(Double(here[$0]) - step[$0]) }
    let way = here.indices.map { Double(above[$0]) - Double(below[$0]) }
    assign(above)
    let lossAbove = loss()
    assign(below)
    let lossBelow = loss()
    assign(here)
    return (lossAbove - lossBelow, zip(gradient, way).reduce(0) { $0 + $1.0 * $1.1 }, length(way))
  }

  private func assign(_ values: [Float]) {
    var next = 0
    for part in parts {
      for row in 0..<part.values.rows {
        for column in 0..<part.values.columns {
          part.values[row, column] = values[next]
          next += 1
        }
      }
    }
  }

  private func length(_ vector: [Double]) -> Double { sqrt(vector.reduce(0) { $0 + $1 * $1 }) }
}
