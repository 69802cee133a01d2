import TinyGPT

/// A matrix for a kernel to work on, in a block of its own.
///
/// Everything that a kernel must not write holds a sentinel: what lies before and after the matrix, and in each row
/// what lies past its padding to whole lanes. Padding inside these lanes holds not-a-numbers, so that no result can depend on
/// it, but for kernels that ask for zeros there.
struct PaddedMatrix {
  private static let sentinel: Float = 0x1.23456p77
  private static let margin = 16

  /// Lives as long as the variable that holds this matrix, so take it of a variable only.
  let view: Matrix
  private let block: Block<Float>
  /// Columns with their padding.
  private let covered: Int

  /// Not-a-numbers: for a kernel to fill.
  init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns) { _, _ in .nan }
  }

  /// Independent deviates of the standard normal distribution.
  init(rows: Int, columns: Int, padding: Float = .nan, _ random: inout RandomStream) {
    self.init(rows: rows, columns: columns, padding: padding) { _, _ in Float(random.normal()) }
  }

  init(_ rows: [[Float]], padding: Float = .nan) {
    self.init(rows: rows.count, columns: rows[0].count, padding: padding) { rows[$0][$1] }
  }

  init(
    rows: Int, columns: Int, padding: Float = .nan,
    _ element: (_ row: Int, _ column: Int) -> Float
  ) {
    let covered = paddedToLanes(columns)
    self.covered = covered
    let stride = covered + laneCount
    block = Block(count: rows * stride + 2 * PaddedMatrix.margin)
    block.view.fill(PaddedMatrix.sentinel)
    view = Matrix(
      block.view.slice(PaddedMatrix.margin, rows * stride), rows: rows, columns: columns, rowStride: stride)
    for row in 0..<rows {
      for column in 0..<covered {
        view.floats[row * stride + column] = column < columns ? element(row, column) : padding
      }
    }
  }

  /// A copy with sentinels of its own.
  func copy(padding: Float = .nan) -> PaddedMatrix {
    PaddedMatrix(rows: view.rows, columns: view.columns, padding: padding) { view[$0, $1] }
  }

  /// A copy with rows and columns exchanged.
  var turned: PaddedMatrix {
    PaddedMatrix(rows: view.columns, columns: view.rows) { view[$1, $0] }
  }

  /// Whether what pads its rows to whole lanes is 0.
  var isPaddedWithZeros: Bool {
    (0..<view.rows).allSatisfy { row in (view.columns..<covered).allSatisfy { view[row, $0] == 0 } }
  }

  /// The elements, row after row.
  var values: [Float] { view.values }

  /// Whether every sentinel still stands.
  var isIntact: Bool {
    let length = view.rows * view.rowStride
    return block.view.array().enumerated().allSatisfy { index, value in
      let place = index - PaddedMatrix.margin
      let isCovered = place >= 0 && place < length && place % view.rowStride < covered
      return isCovered || value == PaddedMatrix.sentinel
    }
  }
}

extension Matrix {
  /// The elements, row after row.
  var values: [Float] { (0..<rows).flatMap { row in (0..<columns).map { self[row, $0] } } }

  /// Sum over all elements of `weights` times this, in double: a loss whose gradient by this matrix is `weights`.
  func weightedSum(_ weights: Matrix) -> Double {
    zip(values, weights.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}

extension [Float] {
  /// The bits of each number, to compare with: -0 is not 0, and a not-a-number is itself.
  var bits: [UInt32] { map(\.bitPattern) }

  /// The largest difference from `other`.
  func distance(to other: [Float]) -> Float {
    count == other.count ? zip(self, other).reduce(0) { Swift.max($0, abs($1.0 - $1.1)) } : .infinity
  }
}

extension RandomStream {
  /// The random numbers of test case `seed`.
  init(case seed: Int) { self.init(seed: UInt32(seed), .names) }

  /// A whole number of `range`.
  mutating func count(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
}
