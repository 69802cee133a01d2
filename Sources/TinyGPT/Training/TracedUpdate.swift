/// One weight before and after an update that was only asked about.
package struct WeightChange: Equatable {
  package let weight: Float
  /// Of the mean loss, by this weight.
  package let gradient: Float
  /// Adam's moments before, and as the update would store them.
  package let m: Float
  package let v: Float
  package let newM: Float
  package let newV: Float
  package let newWeight: Float

  package var change: Float { newWeight - weight }
}

/// An update as it would be, beside what it starts from; nothing of the trainer's is touched.
final class TracedUpdate {
  /// Copies of what the update starts from.
  let weights: Block<Float>
  private let m: Block<Float>
  private let v: Block<Float>
  private let coefficients: AdamCoefficients
  let newWeights: Block<Float>

  init(_ weights: Floats, gradient: Floats, _ optimizer: Optimizer) {
    func copy(_ floats: Floats) -> Block<Float> {
      let block = Block<Float>(count: floats.count)
      block.view.copy(from: floats)
      return block
    }
    self.weights = copy(weights)
    m = copy(optimizer.m)
    v = copy(optimizer.v)
    coefficients = optimizer.coefficients
    newWeights = Block(count: weights.count)
    adam(weights, m: m.view, v: v.view, g: gradient, coefficients, into: newWeights.view, keepMoments: false)
  }

  /// The weight at `offset` of the block, worked out again with its moments: each lane of Adam is alone.
  func change(at offset: Int, gradient: Floats) -> WeightChange {
    func lanes(_ floats: Floats) -> Lanes { Lanes(repeating: floats[offset]) }
    let new = AdamLanes(
      lanes(weights.view), m: lanes(m.view), v: lanes(v.view), g: lanes(gradient), AdamLaneCoefficients(coefficients))
    return WeightChange(
      weight: weights.view[offset], gradient: gradient[offset], m: m.view[offset], v: v.view[offset], newM: new.m[0],
      newV: new.v[0], newWeight: new.p[0])
  }
}
