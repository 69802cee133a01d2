/// What the backward pass does with the gradients of the weights: it makes those of one matrix after another.
protocol WeightGradients {
  /// Where the gradient of w goes: padding is 0, the rest is to be overwritten.
  func room(for w: WeightMatrix) -> Matrix
  /// The gradient of w stands in its room, and the pass has no more use for w.
  func take(_ w: WeightMatrix)
}

/// Keeps them all, in a block of the shape of the weights.
struct KeptGradients: WeightGradients {
  let block: Floats

  @inline(always)
  func room(for w: WeightMatrix) -> Matrix { w(block) }
  @inline(always)
  func take(_ w: WeightMatrix) {}
}

/// Updates a matrix as soon as its gradient is there and keeps none: all have the same room, which stays in the nearest cache.
struct AppliedGradients: WeightGradients {
  let weights: Floats
  let optimizer: Optimizer
  /// As many floats as the largest matrix has.
  let memory: Floats

  @inline(always)
  func room(for w: WeightMatrix) -> Matrix {
    let room = memory.slice(0, w.count)
    // Kernels write whole lanes: what pads rows beyond that is of the matrix before.
    if paddedToLanes(w.columns) < w.rowStride { room.fill(0) }
    return w.alone(in: room)
  }

  @inline(always)
  func take(_ w: WeightMatrix) {
    let (offset, count) = (w.offset, w.count)
    let p = weights.slice(offset, count)
    adam(
      p, m: optimizer.m.slice(offset, count), v: optimizer.v.slice(offset, count), g: memory.slice(0, count),
      optimizer.coefficients, into: p, keepMoments: true)
  }
}
