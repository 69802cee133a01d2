/// What the backward pass does with the gradients of the weights: it makes those of one matrix after another.
protocol WeightGradients {
  /// Where the gradient of w goes: padding is 0, the rest is to be overwritten.
  func room(for w: WeightMatrix) -> Matrix
  /// Where the gradient of w goes if only rows listed in `active` can be other than 0: those are 0 yet.
  func room(for w: WeightMatrix, rows active: Nonzeros) -> Matrix
  /// The gradient of w stands in its room, and the pass has no more use for w.
  func take(_ w: WeightMatrix)
  /// The same of a gradient whose rows are 0 unless they are listed in `active`.
  func take(_ w: WeightMatrix, rows active: Nonzeros)
}

/// Keeps them all, in a block of the shape of the weights.
struct KeptGradients: WeightGradients {
  let block: Floats

  @inline(always)
  func room(for w: WeightMatrix) -> Matrix { w(block) }
  @inline(always)
  func room(for w: WeightMatrix, rows active: Nonzeros) -> Matrix {
    clear(w(block))
    return w(block)
  }
  @inline(always)
  func take(_ w: WeightMatrix) {}
  @inline(always)
  func take(_ w: WeightMatrix, rows active: Nonzeros) {}
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

  /// Most rows of a large matrix are listed nowhere: their zeros are neither written here nor read by ``take(_:rows:)``.
  @inline(always)
  func room(for w: WeightMatrix, rows active: Nonzeros) -> Matrix {
    let room = room(for: w)
    if w.isLarge {
      active.forEachRange(below: w.rows) { rows, isListed in
        if isListed { clear(room.rows(rows.lowerBound, rows.count)) }
      }
    } else {
      clear(room)
    }
    return room
  }

  @inline(always)
  func take(_ w: WeightMatrix) { update(w, rows: 0..<w.rows, isZero: false) }

  @inline(always)
  func take(_ w: WeightMatrix, rows active: Nonzeros) {
    guard w.isLarge else { return take(w) }
    active.forEachRange(below: w.rows) { rows, isListed in update(w, rows: rows, isZero: !isListed) }
  }

  /// Updates some rows of w by their gradient, or by a gradient of 0.
  @inline(always)
  private func update(_ w: WeightMatrix, rows: Range<Int>, isZero: Bool) {
    let first = rows.lowerBound &* w.rowStride
    let count = rows.count &* w.rowStride
    func slice(_ block: Floats) -> Floats { block.slice(w.offset &+ first, count) }
    let p = slice(weights)
    adam(
      p, m: slice(optimizer.m), v: slice(optimizer.v), g: isZero ? nil : memory.slice(first, count),
      optimizer.coefficients, into: p, keepMoments: true, isFar: w.isLarge)
  }
}
