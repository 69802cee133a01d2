/// out = start + x · b, element by element `out[r][n] = start[r][n] + ∑ₖ x[r][k] · b[k][n]` with k ascending.
///
/// Every product of the model, forward and backward, is this one. Columns run along vectors of 16, 8 and 4, and as many
/// rows share the loads of b as registers hold. The order of each sum is that of the formula whatever the tiling, so it is
/// the same for every size and target.
///
/// - Parameters:
///   - x: (R, K), any strides.
///   - b: (K, N), columns side by side.
///   - start: (R, N), columns side by side, or nil for zeros; may be `out` itself.
///   - out: (R, N), columns side by side; must not alias `x` or `b`.
/// - Precondition: rows of `b`, `start` and `out` are padded to whole lanes: the padding is computed along.
package func multiply(_ x: Matrix, _ b: Matrix, from start: Matrix? = nil, into out: Matrix) {
  precondition(x.rows == out.rows && x.columns == b.rows && b.columns == out.columns, "multiply: shapes must fit")
  precondition(b.columnStride == 1 && out.columnStride == 1, "multiply: columns must stand side by side")
  precondition((start?.rows ?? out.rows) == out.rows, "multiply: start must have the shape of out")
  let width = out.paddedColumns
  var column = 0
  while column < width {
    switch (width &- column) / laneCount {
    case 1:
      columns(8, 0, column, x, b, start, out, nil)
      column &+= laneCount
    case 2, 3:
      columns(4, 1, column, x, b, start, out, nil)
      column &+= 2 &* laneCount
    default:
      columns(2, 2, column, x, b, start, out, nil)
      column &+= 4 &* laneCount
    }
  }
}

/// One update of Adam of weights whose gradient is dy · x: ``multiply(_:_:from:into:)``, then
/// ``adam(_:m:v:g:_:into:keepMoments:)``, but each gradient is taken from the register that it was summed in and stored
/// nowhere; the products go on while the divisions and square roots take their time.
///
/// - Parameters:
///   - p: weights, (out, in), padded to 16 with zeros.
///   - dy: gradient of the outputs, (out, T).
///   - x: inputs, turned: (T, in), padded to 16 with zeros.
///   - m: first moments, like p.
///   - v: second moments, like p.
///   - coefficients: of this update.
package func update(
  _ p: Matrix, gradient dy: Matrix, _ x: Matrix, m: Matrix, v: Matrix, _ coefficients: AdamCoefficients
) {
  precondition(dy.rows == p.rows && dy.columns == x.rows && x.columns == p.columns, "update: shapes must fit")
  precondition(x.columnStride == 1 && p.columnStride == 1, "update: columns must stand side by side")
  precondition(m.rows == p.rows && v.rows == p.rows, "update: moments must have the shape of the weights")
  let update = Update(m: m, v: v, coefficients: AdamLaneCoefficients(coefficients))
  // Eight sums, sixteen columns wide.
  let split = laneCount == 4 ? 2 : laneCount == 8 ? 1 : 0
  var column = 0
  while column < p.columns {
    columns(laneCount / 2, split, column, dy, x, nil, p, update)
    column &+= 16
  }
}

/// What Adam needs where a product is not stored but taken as the gradient of what it would be stored in.
private struct Update {
  let m: Matrix
  let v: Matrix
  let coefficients: AdamLaneCoefficients
}

/// 2^`split` vectors of columns of the product, `rows` rows at a time.
@inline(always)
private func columns(
  _ rows: Int, _ split: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix,
  _ update: Update?
) {
  var row = 0
  while row &+ rows <= out.rows {
    tile(rows, split, row, column, x, b, start, out, update)
    row &+= rows
  }
  // The last rows once more, where that changes nothing, rather than one by one.
  if row < out.rows, out.rows >= rows, start == nil, update == nil {
    tile(rows, split, out.rows &- rows, column, x, b, start, out, update)
    return
  }
  while row < out.rows {
    tile(1, split, row, column, x, b, start, out, update)
    row &+= 1
  }
}

/// `rows` × 2^`split` sums, 8 at most, in registers over the whole inner length. Both are constants at each call, so the
/// untaken branches vanish.
@inline(always)
private func tile(
  _ rows: Int, _ split: Int, _ row: Int, _ column: Int, _ x: Matrix, _ b: Matrix, _ start: Matrix?, _ out: Matrix,
  _ update: Update?
) {
  // region: product
  let place = Place(count: rows &<< split, split: split, row: row, column: column)
  var s0 = place.start(0, start), s1 = place.start(1, start), s2 = place.start(2, start), s3 = place.start(3, start)
  var s4 = place.start(4, start), s5 = place.start(5, start), s6 = place.start(6, start), s7 = place.start(7, start)
  let factors = Factors(
    split: split, x: x.floats.from(row &* x.rowStride), rowStride: x.rowStride, b: b.floats.from(column))
  var atX = 0
  var atB = 0
  for _ in 0..<x.columns {
    s0 += factors.product(0, atX, atB)
    if place.count > 1 { s1 += factors.product(1, atX, atB) }
    if place.count > 2 { s2 += factors.product(2, atX, atB) }
    if place.count > 3 { s3 += factors.product(3, atX, atB) }
    if place.count > 4 { s4 += factors.product(4, atX, atB) }
    if place.count > 5 { s5 += factors.product(5, atX, atB) }
    if place.count > 6 { s6 += factors.product(6, atX, atB) }
    if place.count > 7 { s7 += factors.product(7, atX, atB) }
    atX &+= x.columnStride
    atB &+= b.rowStride
  }
  // end region
  place.finish(0, s0, out, update)
  place.finish(1, s1, out, update)
  place.finish(2, s2, out, update)
  place.finish(3, s3, out, update)
  place.finish(4, s4, out, update)
  place.finish(5, s5, out, update)
  place.finish(6, s6, out, update)
  place.finish(7, s7, out, update)
}

/// The factors of a tile: sum i adds up the products of row i / 2^split of x and vector i mod 2^split of b.
private struct Factors {
  let split: Int
  let x: Floats
  let rowStride: Int
  let b: Floats

  /// The term of sum i, given where the inner index stands in x and b.
  @inline(always)
  func product(_ i: Int, _ atX: Int, _ atB: Int) -> Lanes {
    b.lanes(at: atB &+ (i & (1 &<< split &- 1)) &* laneCount) * x[atX &+ i &>> split &* rowStride]
  }
}

/// Where a tile's sums start and end: sum i in row i / 2^split and vector i mod 2^split, from `row` and `column`.
private struct Place {
  let count: Int
  let split: Int
  let row: Int
  let column: Int

  @inline(always)
  func start(_ i: Int, _ start: Matrix?) -> Lanes {
    guard i < count, let start else { return .zero }
    return start.lanes(row &+ i &>> split, column &+ (i & (1 &<< split &- 1)) &* laneCount)
  }

  @inline(always)
  func finish(_ i: Int, _ sum: Lanes, _ out: Matrix, _ update: Update?) {
    guard i < count else { return }
    let row = row &+ i &>> split
    let column = column &+ (i & (1 &<< split &- 1)) &* laneCount
    guard let update else { return out.store(sum, row, column) }
    let new = AdamLanes(
      out.lanes(row, column), m: update.m.lanes(row, column), v: update.v.lanes(row, column), g: sum,
      update.coefficients)
    out.store(new.p, row, column)
    update.m.store(new.m, row, column)
    update.v.store(new.v, row, column)
  }
}
