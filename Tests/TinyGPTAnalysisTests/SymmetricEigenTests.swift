import Testing
import TinyGPT
import TinyGPTAnalysis

/// Eigenvalues and eigenvectors against what they must satisfy.
struct SymmetricEigenTests {
  private static func check(_ a: [[Double]], _ label: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let n = a.count
    let eigen = SymmetricEigen(a)
    let size = a.flatMap { $0 }.reduce(1) { max($0, abs($1)) }
    #expect(eigen.values.count == n && eigen.vectors.count == n, sourceLocation: sourceLocation)
    var worst = 0.0
    for i in 0..<n {
      let v = eigen.vectors[i]
      for row in 0..<n {
        let product = (0..<n).reduce(0) { $0 + a[row][$1] * v[$1] }
        worst = max(worst, abs(product - eigen.values[i] * v[row]) / size)
      }
      for j in 0..<n {
        let product = (0..<n).reduce(0) { $0 + v[$1] * eigen.vectors[j][$1] }
        worst = max(worst, abs(product - (i == j ? 1 : 0)))
      }
      if i > 0 { #expect(eigen.values[i - 1] >= eigen.values[i], "\(label)", sourceLocation: sourceLocation) }
      let largest = v.max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0 || v.contains(-largest), "\(label)", sourceLocation: sourceLocation)
    }
    let trace = (0..<n).reduce(0) { $0 + a[$1][$1] }
    worst = max(worst, abs(trace - eigen.values.reduce(0, +)) / size)
    #expect(worst < 1e-11, "\(label): \(worst)", sourceLocation: sourceLocation)
  }

  @Test(arguments: 0..<50)
  func vectorsAreTurnedToMultiplesOfThemselves(seed: Int) {
    var random = RandomStream(seed: UInt32(seed), .names)
    let n = 1 + random.below(27)
    var a = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        a[i][j] = random.normal()
        a[j][i] = a[i][j]
      }
    }
    SymmetricEigenTests.check(a, "seed \(seed)")
    // Few directions, as the products of many letters in a narrow model have.
    let rows = (0..<n).map { _ in (0..<3).map { _ in random.normal() } }
    SymmetricEigenTests.check(
      rows.map { a in rows.map { b in a[0] * b[0] + a[1] * b[1] + a[2] * b[2] } }, "seed \(seed), rank 3")
  }

  @Test func twoByTwoByHand() {
    // (1, 1) / √2 is doubled-up to 3, (1, -1) / √2 stays.
    let eigen = SymmetricEigen([[2, 1], [1, 2]])
    #expect(isClose(eigen.values[0], 3) && isClose(eigen.values[1], 1))
    let half = 0.5.squareRoot()
    for (entry, expected) in zip(eigen.vectors[0], [half, half]) { #expect(isClose(entry, expected)) }
    #expect(isClose(abs(eigen.vectors[1][0]), half) && isClose(eigen.vectors[1][0] + eigen.vectors[1][1], 0))
  }

  @Test func diagonalsZerosAndTiesHold() {
    #expect(SymmetricEigen([[1, 0, 0], [0, -5, 0], [0, 0, 7]]).values == [7, 1, -5])
    #expect(SymmetricEigen([[1, 0], [0, 7]]).vectors == [[0, 1], [1, 0]])
    #expect(SymmetricEigen([[0, 0], [0, 0]]).values == [0, 0])
    #expect(SymmetricEigen([[-3]]) == SymmetricEigen([[-3]]) && SymmetricEigen([[-3]]).vectors == [[1]])
    SymmetricEigenTests.check([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "identity")
    SymmetricEigenTests.check(Array(repeating: Array(repeating: 1, count: 5), count: 5), "ones")
    SymmetricEigenTests.check([[1e-9, 1e9], [1e9, 1e-9]], "far apart")
    SymmetricEigenTests.check([[0, 1e-200], [1e-200, 0]], "tiny")
  }
}
