/// A vector of each of eight rows, in registers: the channels of a short head at as many positions as there are lanes.
struct EightRows {
  private var r0 = Lanes.zero, r1 = Lanes.zero, r2 = Lanes.zero, r3 = Lanes.zero
  private var r4 = Lanes.zero, r5 = Lanes.zero, r6 = Lanes.zero, r7 = Lanes.zero

  /// Zeros.
  @inline(always)
  init() {}

  /// The lanes of rows `row` to `row + 7` of x at `column`.
  @inline(always)
  init(_ x: Matrix, _ row: Int, _ column: Int) {
    (r0, r1) = (x.lanes(row, column), x.lanes(row &+ 1, column))
    (r2, r3) = (x.lanes(row &+ 2, column), x.lanes(row &+ 3, column))
    (r4, r5) = (x.lanes(row &+ 4, column), x.lanes(row &+ 5, column))
    (r6, r7) = (x.lanes(row &+ 6, column), x.lanes(row &+ 7, column))
  }

  /// start + ∑ᵢ row i · x[i], i ascending, for the eight numbers of x from `at`.
  @inline(always)
  func sum(from start: Lanes, times x: Floats, at: Int) -> Lanes {
    var sum = start
    sum += r0 * x[at]
    sum += r1 * x[at &+ 1]
    sum += r2 * x[at &+ 2]
    sum += r3 * x[at &+ 3]
    sum += r4 * x[at &+ 4]
    sum += r5 * x[at &+ 5]
    sum += r6 * x[at &+ 6]
    sum += r7 * x[at &+ 7]
    return sum
  }

  /// Row i += factor · x[i], for the eight numbers of x from `at`.
  @inline(always)
  mutating func add(_ factor: Lanes, times x: Floats, at: Int) {
    r0 += factor * x[at]
    r1 += factor * x[at &+ 1]
    r2 += factor * x[at &+ 2]
    r3 += factor * x[at &+ 3]
    r4 += factor * x[at &+ 4]
    r5 += factor * x[at &+ 5]
    r6 += factor * x[at &+ 6]
    r7 += factor * x[at &+ 7]
  }

  /// Stores the rows as the lanes of rows `row` to `row + 7` of x at `column`.
  @inline(always)
  func store(in x: Matrix, _ row: Int, _ column: Int) {
    x.store(r0, row, column)
    x.store(r1, row &+ 1, column)
    x.store(r2, row &+ 2, column)
    x.store(r3, row &+ 3, column)
    x.store(r4, row &+ 4, column)
    x.store(r5, row &+ 5, column)
    x.store(r6, row &+ 6, column)
    x.store(r7, row &+ 7, column)
  }
}
