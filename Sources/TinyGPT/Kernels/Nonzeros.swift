import CMath

/// In which columns each row of a matrix is not 0, and in which any row is not.
///
/// A row of its memory holds how many these are, the columns themselves, in ascending order, and then seven zeros: whole numbers,
/// in the bits of the floats that the memory of the passes is made of. The first row is about all rows of the matrix.
package struct Nonzeros {
  private let memory: Floats
  private let rowStride: Int

  /// For a matrix of `columns` columns, and as many rows as the memory has room for.
  @inline(__always)
  package init(_ memory: Floats, columns: Int) {
    self.memory = memory
    rowStride = Nonzeros.rowStride(columns)
  }

  /// Floats of memory for a matrix of this shape.
  package static func count(rows: Int, columns: Int) -> Int { (rows + 1) * rowStride(columns) }

  /// Room for how many there are, and for what a whole vector of columns stores past the last one.
  @inline(__always)
  private static func rowStride(_ columns: Int) -> Int { paddedTo16(columns) &+ 16 }

  /// Where the columns of a row stand in the memory.
  @inline(__always)
  package func places(ofRow row: Int) -> Range<Int> { places(from: (row &+ 1) &* rowStride) }

  /// Where the columns stand in which any row is not 0, once ``findInAnyRow(of:)`` has looked.
  @inline(__always)
  package var placesOfAnyRow: Range<Int> { places(from: 0) }

  @inline(__always)
  private func places(from start: Int) -> Range<Int> { start &+ 1..<start &+ 1 &+ whole(memory[start]) }

  /// The column at a place; 0 at the seven places after the last one.
  @inline(__always)
  package func column(at place: Int) -> Int { whole(memory[place]) }

  @inline(__always)
  private func whole(_ float: Float) -> Int { Int(truncatingIfNeeded: float.bitPattern) }

  /// Visits the columns below `end` in ascending order: each that is listed in any row alone, those between in ranges.
  @inline(always)
  func forEachRange(below end: Int, _ body: (_ columns: Range<Int>, _ isListed: Bool) -> Void) {
    var next = 0
    for place in placesOfAnyRow {
      let listed = column(at: place)
      if next < listed { body(next..<listed, false) }
      body(listed..<listed &+ 1, true)
      next = listed &+ 1
    }
    if next < end { body(next..<end, false) }
  }

  /// Looks for them in x: columns side by side, padding 0. What is no number is not 0 either.
  package func find(in x: Matrix) {
    precondition(Nonzeros.rowStride(x.columns) == rowStride, "Nonzeros: columns must be those it was made for")
    precondition((x.rows &+ 1) &* rowStride <= memory.count, "Nonzeros: rows must have room")
    for row in 0..<x.rows { list(x.columns, from: (row &+ 1) &* rowStride) { x.lanes(row, $0) } }
  }

  /// Lists in which columns any row of x is not 0, for ``placesOfAnyRow``.
  package func findInAnyRow(of x: Matrix) {
    precondition(Nonzeros.rowStride(x.columns) == rowStride, "Nonzeros: columns must be those it was made for")
    list(x.columns, from: 0) { column in
      // Numbers are 0 together where all their bits are, but for the sign.
      var any = bits(x.lanes(0, column))
      for row in 1..<x.rows { any |= bits(x.lanes(row, column)) }
      return lanes(bits: any)
    }
  }

  /// Lists where vectors are not 0, in the row of memory at `start`.
  @inline(always)
  private func list(_ columns: Int, from start: Int, _ vector: (_ column: Int) -> Lanes) {
    let first = start &+ 1
    var end = first
    var column = 0
    #if LANES16
      // One instruction lists those of a vector.
      var listed = LaneBits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      while column < columns {
        let bits = nonzero(vector(column))
        memory.store(lanes(bits: laneCompressed(listed, UInt32(truncatingIfNeeded: bits))), unalignedAt: end)
        end &+= bits.nonzeroBitCount
        listed &+= LaneBits(repeating: 16)
        column &+= laneCount
      }
    #else
      while column < columns {
        let bits = nonzero(vector(column))
        for four in stride(from: 0, to: laneCount, by: 4) {
          append(bits &>> UInt64(four), from: column &+ four, at: &end)
        }
        column &+= laneCount
      }
    #endif
    memory[start] = Float(bitPattern: UInt32(truncatingIfNeeded: end &- first))
    for place in end..<end &+ 7 { memory[place] = 0 }
  }

  #if !LANES16
    /// Lists the columns from `first` on whose bit is set, of four: without a branch, as processors can't guess them.
    @inline(always)
    private func append(_ bits: UInt64, from first: Int, at end: inout Int) {
      let four = bits & 15
      let columns = setBits(UInt32(truncatingIfNeeded: four)) &+ SIMD4(repeating: Int32(truncatingIfNeeded: first))
      memory.store(four: columns, unalignedAt: end)
      // A digit for each number of four bits: how many are set.
      end &+= Int(truncatingIfNeeded: (0x4332_3221_3221_2110 &>> (4 &* four)) & 15)
    }
  #endif
}
