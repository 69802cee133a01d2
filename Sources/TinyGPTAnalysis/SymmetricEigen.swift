import TinyGPT

/// Eigenvalues, largest first, and eigenvectors of length 1 of a symmetric matrix, by Jacobi's rotations.
///
/// Each vector's largest entry in magnitude is positive, so that a matrix always gives the same vectors.
///
/// - Note: Source: Jacobi 1846; Golub & Van Loan, "Matrix Computations", section 8.5.
package struct SymmetricEigen: Equatable {
  package let values: [Double]
  package let vectors: [[Double]]

  package init(_ matrix: [[Double]]) {
    let n = matrix.count
    var a = matrix
    var v: [[Double]] = Array(repeating: Array(repeating: 0, count: n), count: n)
    for i in 0..<n { v[i][i] = 1 }
    for _ in 0..<60 {
      var off = 0.0
      var all = 0.0
      for p in 0..<n {
        for q in 0..<n {
          all += a[p][q] * a[p][q]
          if p != q { off += a[p][q] * a[p][q] }
        }
      }
      if off <= 1e-26 * all { break }
      for p in 0..<n {
        for q in p + 1..<max(p + 1, n) where a[p][q] != 0 { SymmetricEigen.rotate(&a, &v, p, q) }
      }
    }
    let diagonal: [Double] = (0..<n).map { a[$0][$0] }
    let order = descending(diagonal)
    values = order.map { diagonal[$0] }
    vectors = order.map { column in
      let vector: [Double] = v.map { $0[column] }
      var largest = 0.0
      for entry in vector where abs(entry) > abs(largest) { largest = entry }
      return largest < 0 ? vector.map { -$0 } : vector
    }
  }

  /// The rotation in the plane of p and q that makes a[p][q] zero.
  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + squareRoot(theta * theta + 1))
    let c = 1 / squareRoot(t * t + 1)
    let s = t * c
    for k in a.indices {
      let kp = a[k][p]
      let kq = a[k][q]
      a[k][p] = c * kp - s * kq
      a[k][q] = s * kp + c * kq
    }
    for k in a.indices {
      let pk = a[p][k]
      let qk = a[q][k]
      a[p][k] = c * pk - s * qk
      a[q][k] = s * pk + c * qk
      let kp = v[k][p]
      let kq = v[k][q]
      v[k][p] = c * kp - s * kq
      v[k][q] = s * kp + c * kq
    }
  }
}
