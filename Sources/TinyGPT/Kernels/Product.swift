/// out = start + x · b, element by element `out[r][n] = start[r][n] + ∑ₖ x[r][k] · b[k][n]` with k ascending.
///
/// Every product of a step, forward and backward, is this one or, with what ReLU left, its sparse form. Columns run along
/// vectors of 16, 8 and 4, and as many rows share the loads of b as registers hold. The order of each sum is that of the
/// formula whatever the tiling, so it is the same for every size and target.
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
  let product = Product(x, b, from: start, into: out)
  let width = out.paddedColumns
  let isWhole = b.rowStride == width && out.rowStride == width && (start?.rowStride ?? width) == width
  switch (isWhole ? width : 0, rows: x.columnStride == 1, columns: x.rowStride == 1) {
  case (32, rows: true, _): product.rowsBy32()
  case (96, rows: true, _): product.rowsBy96()
  case (128, rows: true, _): product.rowsBy128()
  case (32, _, columns: true): product.columnsBy32()
  case (96, _, columns: true): product.columnsBy96()
  case (128, _, columns: true): product.columnsBy128()
  default: product.prefetching(b: b.isLarge, x: x.isLarge && x.columnStride == 1).tiles(width)
  }
}

/// The operands of ``multiply(_:_:from:into:)``, taken apart once: read from the matrices anew for every tile they would
/// cost as much as a short sum.
private struct Product {
  let x: Floats
  var rowStride: Int, columnStride: Int
  let b: Floats
  var bStride: Int
  let start: Floats?
  var startStride: Int
  let out: Floats
  var outStride: Int
  let rows: Int
  /// The inner length.
  let count: Int
  /// Whether b, or x as it stands, may come from a far cache: what is read next is asked for.
  var prefetchesB = false, prefetchesX = false

  @inline(always)
  init(_ x: Matrix, _ b: Matrix, from start: Matrix?, into out: Matrix) {
    (self.x, rowStride, columnStride) = (x.floats, x.rowStride, x.columnStride)
    (self.b, bStride) = (b.floats, b.rowStride)
    (self.start, startStride) = (start?.floats, start?.rowStride ?? 0)
    (self.out, outStride) = (out.floats, out.rowStride)
    (rows, count) = (out.rows, x.columns)
  }

  // The strides of the default sizes as constants: x as it stands or transposed, b as wide as the stream, as q, k and v, and as
  // the MLP. Each is a function of its own: in one large function, compilers keep less in registers.
  @inline(never)
  func rowsBy32() { with(32, rowStride, 1).wholeTiles(32) }
  @inline(never)
  func rowsBy96() { with(96, rowStride, 1).wholeTiles(96) }
  @inline(never)
  func rowsBy128() { with(128, rowStride, 1).wholeTiles(128) }
  @inline(never)
  func columnsBy32() { with(32, 1, columnStride).wholeTiles(32) }
  @inline(never)
  func columnsBy96() { with(96, 1, columnStride).wholeTiles(96) }
  @inline(never)
  func columnsBy128() { with(128, 1, columnStride).wholeTiles(128) }

  /// The same product, with strides that the caller knows, of operands that are near.
  @inline(always)
  private func with(_ stride: Int, _ rowStride: Int, _ columnStride: Int) -> Product {
    var product = prefetching(b: false, x: false)
    (product.bStride, product.startStride, product.outStride) = (stride, stride, stride)
    (product.rowStride, product.columnStride) = (rowStride, columnStride)
    return product
  }

  /// The same product, of operands that may come from a far cache.
  @inline(always)
  func prefetching(b: Bool, x: Bool) -> Product {
    var product = self
    (product.prefetchesB, product.prefetchesX) = (b, x)
    return product
  }

  /// All of it, `width` columns, a multiple of 32.
  @inline(always)
  private func wholeTiles(_ width: Int) {
    var column = 0
    while column < width {
      #if LANES16
        shares(from: column)
        column &+= 2 &* laneCount
      #else
        pairs(from: column)
        column &+= 4 &* laneCount
      #endif
    }
  }

  /// All of it, `width` columns in whole vectors.
  @inline(always)
  func tiles(_ width: Int) {
    var column = 0
    while column < width {
      switch (width &- column) / laneCount {
      case 1:
        columns(8, 0, from: column)
        column &+= laneCount
      #if LANES16
        default:
          shares(from: column)
          column &+= 2 &* laneCount
      #else
        case 2, 3:
          columns(4, 1, from: column)
          column &+= 2 &* laneCount
        default:
          pairs(from: column)
          column &+= 4 &* laneCount
      #endif
      }
    }
  }

  /// Four vectors of columns, two rows at a time. The last three rows of an odd number fill tiles of half the width: a row alone
  /// has too few sums to keep the adders busy.
  @inline(always)
  private func pairs(from column: Int) {
    let isOdd = rows & 1 == 1 && rows > 1
    let even = isOdd ? rows &- 3 : rows
    var row = 0
    while row &+ 2 <= even {
      tile(2, 2, row, column)
      row &+= 2
    }
    if isOdd {
      tile(3, 1, row, column)
      tile(3, 1, row, column &+ 2 &* laneCount)
    } else if row < rows {
      tile(1, 2, row, column)
    }
  }

  /// Two vectors of columns, rows in even shares of 8 at most: AVX-512 has 32 registers, room for 16 sums.
  @inline(always)
  private func shares(from column: Int) {
    var row = 0
    while row < rows {
      let left = rows &- row
      let height = left <= 8 ? left : left < 16 ? (left &+ 1) / 2 : 8
      switch height {
      case 1: tile(1, 1, row, column)
      case 2: tile(2, 1, row, column)
      case 3: tile(3, 1, row, column)
      case 4: tile(4, 1, row, column)
      case 5: tile(5, 1, row, column)
      case 6: tile(6, 1, row, column)
      case 7: tile(7, 1, row, column)
      default: tile(8, 1, row, column)
      }
      row &+= height
    }
  }

  /// 2^`split` vectors of columns, `height` rows at a time. Both are constants at each call, so the untaken branches vanish.
  @inline(always)
  private func columns(_ height: Int, _ split: Int, from column: Int) {
    var row = 0
    while row &+ height <= rows {
      tile(height, split, row, column)
      row &+= height
    }
    // The last rows once more, where that changes nothing, rather than one by one.
    if row < rows, rows >= height, start == nil { return tile(height, split, rows &- height, column) }
    while row < rows {
      tile(1, split, row, column)
      row &+= 1
    }
  }

  /// `height` × 2^`split` sums, 16 at most, in registers over the whole inner length: sum i belongs to row i / 2^split and
  /// vector i mod 2^split.
  @inline(always)
  private func tile(_ height: Int, _ split: Int, _ row: Int, _ column: Int) {
    // region: product
    let tile = Tile(count: height &<< split, split: split)
    let atStart = row &* startStride &+ column
    var s0 = first(0, tile, atStart), s1 = first(1, tile, atStart), s2 = first(2, tile, atStart)
    var s3 = first(3, tile, atStart), s4 = first(4, tile, atStart), s5 = first(5, tile, atStart)
    var s6 = first(6, tile, atStart), s7 = first(7, tile, atStart)
    var s8 = first(8, tile, atStart), s9 = first(9, tile, atStart)
    var s10 = first(10, tile, atStart), s11 = first(11, tile, atStart)
    var s12 = first(12, tile, atStart), s13 = first(13, tile, atStart)
    var s14 = first(14, tile, atStart), s15 = first(15, tile, atStart)
    var atX = row &* rowStride
    var atB = column
    // Where x has the rows of the next tile: a piece of them is asked for at every turn of the loop.
    var atNext = (row &+ height) &* rowStride
    for _ in 0..<count {
      if prefetchesB { prefetchB(tile, atB) }
      if prefetchesX {
        x.prefetch(at: atNext)
        atNext &+= height
      }
      s0 += term(0, tile, atX, atB)
      if tile.count > 1 { s1 += term(1, tile, atX, atB) }
      if tile.count > 2 { s2 += term(2, tile, atX, atB) }
      if tile.count > 3 { s3 += term(3, tile, atX, atB) }
      if tile.count > 4 { s4 += term(4, tile, atX, atB) }
      if tile.count > 5 { s5 += term(5, tile, atX, atB) }
      if tile.count > 6 { s6 += term(6, tile, atX, atB) }
      if tile.count > 7 { s7 += term(7, tile, atX, atB) }
      if tile.count > 8 { s8 += term(8, tile, atX, atB) }
      if tile.count > 9 { s9 += term(9, tile, atX, atB) }
      if tile.count > 10 { s10 += term(10, tile, atX, atB) }
      if tile.count > 11 { s11 += term(11, tile, atX, atB) }
      if tile.count > 12 { s12 += term(12, tile, atX, atB) }
      if tile.count > 13 { s13 += term(13, tile, atX, atB) }
      if tile.count > 14 { s14 += term(14, tile, atX, atB) }
      if tile.count > 15 { s15 += term(15, tile, atX, atB) }
      atX &+= columnStride
      atB &+= bStride
    }
    // end region
    let atOut = row &* outStride &+ column
    store(s0, 0, tile, atOut)
    store(s1, 1, tile, atOut)
    store(s2, 2, tile, atOut)
    store(s3, 3, tile, atOut)
    store(s4, 4, tile, atOut)
    store(s5, 5, tile, atOut)
    store(s6, 6, tile, atOut)
    store(s7, 7, tile, atOut)
    store(s8, 8, tile, atOut)
    store(s9, 9, tile, atOut)
    store(s10, 10, tile, atOut)
    store(s11, 11, tile, atOut)
    store(s12, 12, tile, atOut)
    store(s13, 13, tile, atOut)
    store(s14, 14, tile, atOut)
    store(s15, 15, tile, atOut)
  }

  /// Asks for what this row of b has for the tiles to the right: rows lie too far apart for processors to guess the next one.
  @inline(always)
  private func prefetchB(_ tile: Tile, _ atB: Int) {
    let width = laneCount &<< tile.split
    var column = width
    while column < 2 &* width {
      b.prefetch(at: atB &+ column)
      column &+= 16
    }
  }

  /// What sum i starts from.
  @inline(always)
  private func first(_ i: Int, _ tile: Tile, _ at: Int) -> Lanes {
    guard i < tile.count, let start else { return .zero }
    return start.lanes(at: at &+ tile.row(i) &* startStride &+ tile.column(i))
  }

  /// The next term of sum i, given where the inner index stands in x and b.
  @inline(always)
  private func term(_ i: Int, _ tile: Tile, _ atX: Int, _ atB: Int) -> Lanes {
    b.lanes(at: atB &+ tile.column(i)) * x[atX &+ tile.row(i) &* rowStride]
  }

  @inline(always)
  private func store(_ sum: Lanes, _ i: Int, _ tile: Tile, _ at: Int) {
    guard i < tile.count else { return }
    out.store(sum, at: at &+ tile.row(i) &* outStride &+ tile.column(i))
  }
}

/// Where the sums of a tile stand in it.
private struct Tile {
  let count: Int
  let split: Int

  @inline(always)
  func row(_ i: Int) -> Int { i &>> split }
  @inline(always)
  func column(_ i: Int) -> Int { (i & (1 &<< split &- 1)) &* laneCount }
}
