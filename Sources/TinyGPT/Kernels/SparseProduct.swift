// Products with a matrix most of which is 0: after ReLU nine numbers in ten are, once a model is trained. What is multiplied
// by 0 is left out, all other terms are added in the order in which `multiply` adds them. So the sums have the same bits, as
// long as what was left out is finite: a hidden unit at 0 adds nothing, whatever its weights.

/// out = start + x · b, the ``multiply(_:_:from:into:)`` for an x with many zeros.
///
/// - Parameters:
///   - x: (R, K), any strides.
///   - nonzeros: where x is not 0; x may have more zeros.
///   - b: (K, N), columns side by side.
///   - start: (R, N), columns side by side, or nil for zeros; may be `out` itself.
///   - out: (R, N), columns side by side; must not alias `x` or `b`.
/// - Precondition: rows of all are padded to whole lanes: the padding is computed along.
package func multiplySparse(
  _ x: Matrix, at nonzeros: Nonzeros, _ b: Matrix, from start: Matrix? = nil, into out: Matrix
) {
  precondition(x.rows == out.rows && x.columns == b.rows && b.columns == out.columns, "multiplySparse: shapes must fit")
  precondition(
    b.columnStride == 1 && out.columnStride == 1, "multiplySparse: columns must stand side by side")
  precondition((start?.rows ?? out.rows) == out.rows, "multiplySparse: start must have the shape of out")
  SparseProduct(x, nonzeros, b, from: start, into: out).sums(out.paddedColumns)
}

/// out += xᵀ · b, the ``multiply(_:_:from:into:)`` from out into out for an x with many zeros.
///
/// - Parameters:
///   - x: (R, K), any strides.
///   - nonzeros: where x is not 0; x may have more zeros.
///   - b: (R, N), columns side by side.
///   - out: (K, N), columns side by side; must not alias `x` or `b`. Rows whose column of x is listed nowhere are not touched.
/// - Precondition: rows of all are padded to whole lanes: the padding is computed along.
package func multiplySparse(transposed x: Matrix, at nonzeros: Nonzeros, _ b: Matrix, addingTo out: Matrix) {
  precondition(x.columns == out.rows && x.rows == b.rows && b.columns == out.columns, "multiplySparse: shapes must fit")
  precondition(
    b.columnStride == 1 && out.columnStride == 1, "multiplySparse: columns must stand side by side")
  SparseProduct(x, nonzeros, b, from: nil, into: out).outerProducts(out.paddedColumns)
}

/// The operands of a product, taken apart once.
private struct SparseProduct {
  let x: Floats, rowStride: Int, columnStride: Int
  let nonzeros: Nonzeros
  let b: Floats, bStride: Int
  let start: Floats?, startStride: Int
  let out: Floats, outStride: Int
  let rows: Int

  @inline(always)
  init(_ x: Matrix, _ nonzeros: Nonzeros, _ b: Matrix, from start: Matrix?, into out: Matrix) {
    self.nonzeros = nonzeros
    (self.x, rowStride, columnStride) = (x.floats, x.rowStride, x.columnStride)
    (self.b, bStride) = (b.floats, b.rowStride)
    (self.start, startStride) = (start?.floats, start?.rowStride ?? 0)
    (self.out, outStride) = (out.floats, out.rowStride)
    rows = x.rows
  }

  /// Rows of out as sums of rows of b: all of it, `width` columns in whole vectors.
  @inline(always)
  func sums(_ width: Int) {
    var column = 0
    while column < width {
      let vectors = Strip.widest((width &- column) / laneCount)
      switch vectors {
      case 1: sums(1, column)
      case 2: sums(2, column)
      case 4: sums(4, column)
      default: sums(8, column)
      }
      column &+= vectors &* laneCount
    }
  }

  // region: sparse-product
  /// out[row] = start[row] + ∑ₖ x[row][k] · b[k] over the places that may not be 0, for a strip of columns.
  @inline(always)
  private func sums(_ vectors: Int, _ column: Int) {
    for row in 0..<rows {
      var sums = Strip(vectors)
      if let start { sums.load(start, at: row &* startStride &+ column) }
      for place in nonzeros.places(ofRow: row) {
        let k = nonzeros.column(at: place)
        sums.add(b, at: k &* bStride &+ column, times: x[row &* rowStride &+ k &* columnStride])
      }
      sums.store(out, at: row &* outStride &+ column)
    }
  }
  // end region

  /// Each row of b, times what stands in x's row, added to rows of out: all of it, `width` columns in whole vectors.
  @inline(always)
  func outerProducts(_ width: Int) {
    var column = 0
    while column < width {
      let vectors = Strip.widest((width &- column) / laneCount)
      switch vectors {
      case 1: outerProducts(1, column)
      case 2: outerProducts(2, column)
      case 4: outerProducts(4, column)
      default: outerProducts(8, column)
      }
      column &+= vectors &* laneCount
    }
  }

  // region: sparse-outer-products
  /// out[k] += x[row][k] · b[row] for one row after another and the places that may not be 0, for a strip of columns.
  @inline(always)
  private func outerProducts(_ vectors: Int, _ column: Int) {
    for row in 0..<rows {
      var strip = Strip(vectors)
      strip.load(b, at: row &* bStride &+ column)
      for place in nonzeros.places(ofRow: row) {
        let k = nonzeros.column(at: place)
        strip.add(times: x[row &* rowStride &+ k &* columnStride], to: out, at: k &* outStride &+ column)
      }
    }
  }
  // end region
}

/// Up to eight vectors side by side, in registers.
private struct Strip {
  /// How many: a constant, so that what asks for it vanishes.
  private let width: Int
  private var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero, s3 = Lanes.zero
  private var s4 = Lanes.zero, s5 = Lanes.zero, s6 = Lanes.zero, s7 = Lanes.zero

  @inline(always)
  init(_ width: Int) { self.width = width }

  /// How many vectors to take at once when `left` are left: 8, 4, 2 or 1.
  @inline(always)
  static func widest(_ left: Int) -> Int { left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1 }

  @inline(always)
  mutating func load(_ x: Floats, at: Int) {
    s0 = x.lanes(at: at)
    if width > 1 { s1 = x.lanes(at: at &+ laneCount) }
    if width > 2 { s2 = x.lanes(at: at &+ 2 &* laneCount) }
    if width > 3 { s3 = x.lanes(at: at &+ 3 &* laneCount) }
    if width > 4 { s4 = x.lanes(at: at &+ 4 &* laneCount) }
    if width > 5 { s5 = x.lanes(at: at &+ 5 &* laneCount) }
    if width > 6 { s6 = x.lanes(at: at &+ 6 &* laneCount) }
    if width > 7 { s7 = x.lanes(at: at &+ 7 &* laneCount) }
  }

  /// self += x · factor.
  @inline(always)
  mutating func add(_ x: Floats, at: Int, times factor: Float) {
    s0 += x.lanes(at: at) * factor
    if width > 1 { s1 += x.lanes(at: at &+ laneCount) * factor }
    if width > 2 { s2 += x.lanes(at: at &+ 2 &* laneCount) * factor }
    if width > 3 { s3 += x.lanes(at: at &+ 3 &* laneCount) * factor }
    if width > 4 { s4 += x.lanes(at: at &+ 4 &* laneCount) * factor }
    if width > 5 { s5 += x.lanes(at: at &+ 5 &* laneCount) * factor }
    if width > 6 { s6 += x.lanes(at: at &+ 6 &* laneCount) * factor }
    if width > 7 { s7 += x.lanes(at: at &+ 7 &* laneCount) * factor }
  }

  /// out += self · factor.
  @inline(always)
  func add(times factor: Float, to out: Floats, at: Int) {
    @inline(always) func add(_ x: Lanes, _ at: Int) { out.store(out.lanes(at: at) + x * factor, at: at) }
    add(s0, at)
    if width > 1 { add(s1, at &+ laneCount) }
    if width > 2 { add(s2, at &+ 2 &* laneCount) }
    if width > 3 { add(s3, at &+ 3 &* laneCount) }
    if width > 4 { add(s4, at &+ 4 &* laneCount) }
    if width > 5 { add(s5, at &+ 5 &* laneCount) }
    if width > 6 { add(s6, at &+ 6 &* laneCount) }
    if width > 7 { add(s7, at &+ 7 &* laneCount) }
  }

  @inline(always)
  func store(_ out: Floats, at: Int) {
    out.store(s0, at: at)
    if width > 1 { out.store(s1, at: at &+ laneCount) }
    if width > 2 { out.store(s2, at: at &+ 2 &* laneCount) }
    if width > 3 { out.store(s3, at: at &+ 3 &* laneCount) }
    if width > 4 { out.store(s4, at: at &+ 4 &* laneCount) }
    if width > 5 { out.store(s5, at: at &+ 5 &* laneCount) }
    if width > 6 { out.store(s6, at: at &+ 6 &* laneCount) }
    if width > 7 { out.store(s7, at: at &+ 7 &* laneCount) }
  }
}
