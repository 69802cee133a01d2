/// A view of `rows` × `columns` numbers: element (r, c) is `floats[r * rowStride + c * columnStride]`.
///
/// Transposing or cutting a matrix changes the view and moves nothing.
package struct Matrix {
  package let floats: Floats
  package let rows: Int
  package let columns: Int
  package let rowStride: Int
  package let columnStride: Int

  @inline(__always)
  package init(_ floats: Floats, rows: Int, columns: Int, rowStride: Int, columnStride: Int = 1) {
    self.floats = floats
    self.rows = rows
    self.columns = columns
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  @inline(__always)
  package var transposed: Matrix {
    Matrix(floats, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride)
  }

  /// `count` rows from row `first`.
  @inline(__always)
  package func rows(_ first: Int, _ count: Int) -> Matrix {
    assert(first >= 0 && first &+ count <= rows, "Matrix: rows out of bounds")
    return Matrix(
      floats.from(first &* rowStride), rows: count, columns: columns, rowStride: rowStride, columnStride: columnStride)
  }

  /// `count` columns from column `first`.
  @inline(__always)
  package func columns(_ first: Int, _ count: Int) -> Matrix {
    assert(first >= 0 && first &+ count <= columns, "Matrix: columns out of bounds")
    return Matrix(
      floats.from(first &* columnStride), rows: rows, columns: count, rowStride: rowStride, columnStride: columnStride)
  }

  @inline(__always)
  package subscript(row: Int, column: Int) -> Float {
    get { floats[row &* rowStride &+ column &* columnStride] }
    nonmutating set { floats[row &* rowStride &+ column &* columnStride] = newValue }
  }

  /// Whether the nearest cache has no room for it.
  @inline(always)
  var isLarge: Bool { rows &* rowStride > nearestCache }

  /// The whole lanes that cover its columns. Rows are long enough for them.
  @inline(always)
  var paddedColumns: Int { paddedToLanes(columns) }

  /// The lanes at columns `column ..< column + laneCount` of a row (columns stand side by side).
  @inline(always)
  func lanes(_ row: Int, _ column: Int) -> Lanes { floats.lanes(at: row &* rowStride &+ column) }

  @inline(always)
  func store(_ lanes: Lanes, _ row: Int, _ column: Int) { floats.store(lanes, at: row &* rowStride &+ column) }

  /// Four floats at columns `column ..< column + 4` of a row.
  @inline(always)
  func four(_ row: Int, _ column: Int) -> SIMD4<Float> { floats.four(at: row &* rowStride &+ column) }
}

/// Floats that the nearest cache of most processors holds: 32 KB.
@inline(__always)
var nearestCache: Int { 8_192 }
