import CMath

/// In which columns each row of a matrix is not 0.
///
/// A row of its memory holds how many these are and then the columns themselves, in ascending order: whole numbers, in the bits
/// of the floats that the memory of the passes is made of.
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
  package static func count(rows: Int, columns: Int) -> Int { rows * rowStride(columns) }

  /// Room for how many there are, and for what a whole vector of columns stores past the last one.
  @inline(__always)
  private static func rowStride(_ columns: Int) -> Int { paddedTo16(columns) &+ 16 }

  /// Where the columns of a row stand in the memory.
  @inline(__always)
  package func places(ofRow row: Int) -> Range<Int> {
    let first = row &* rowStride &+ 1
    return first..<first &+ whole(memory[first &- 1])
  }

  /// The column at a place.
  @inline(__always)
  package func column(at place: Int) -> Int { whole(memory[place]) }

  @inline(__always)
  private func whole(_ float: Float) -> Int { Int(truncatingIfNeeded: float.bitPattern) }

  /// Looks for them in x: columns side by side, padding 0. What is no number is not 0 either.
  package func find(in x: Matrix) {
    precondition(Nonzeros.rowStride(x.columns) == rowStride, "Nonzeros: columns must be those it was made for")
    precondition(x.rows &* rowStride <= memory.count, "Nonzeros: rows must have room")
    for row in 0..<x.rows {
      let first = row &* rowStride &+ 1
      var end = first
      var column = 0
      while column < x.columns {
        append(nonzeros(of: x, row, from: column), from: column, at: &end)
        column &+= Nonzeros.step
      }
      memory[first &- 1] = Float(bitPattern: UInt32(truncatingIfNeeded: end &- first))
    }
  }

  /// How many columns are looked at together: as many as one instruction can list, or as a word has bits.
  #if LANES16
    private static var step: Int { laneCount }
  #else
    private static var step: Int { 64 }
  #endif

  /// A bit for each of the columns from `first` on that are looked at together, the lowest for the first.
  @inline(always)
  private func nonzeros(of x: Matrix, _ row: Int, from first: Int) -> UInt64 {
    var bits: UInt64 = 0
    var offset = 0
    while offset < Nonzeros.step && first &+ offset < x.columns {
      bits |= nonzero(x.lanes(row, first &+ offset)) &<< UInt64(truncatingIfNeeded: offset)
      offset &+= laneCount
    }
    return bits
  }

  /// Lists the columns from `first` on whose bit is set.
  @inline(always)
  private func append(_ bits: UInt64, from first: Int, at end: inout Int) {
    #if LANES16
      let columns = LaneBits(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ Int32(truncatingIfNeeded: first)
      memory.store(lanes(bits: compressed16(columns, UInt32(truncatingIfNeeded: bits))), unalignedAt: end)
      end &+= bits.nonzeroBitCount
    #else
      var bits = bits
      while bits != 0 {
        memory[end] = Float(bitPattern: UInt32(truncatingIfNeeded: first &+ bits.trailingZeroBitCount))
        end &+= 1
        bits &= bits &- 1
      }
    #endif
  }
}
