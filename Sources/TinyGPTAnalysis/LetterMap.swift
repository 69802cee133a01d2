import TinyGPT

/// A flat picture of the letters: the two directions along which the rows of wte differ most (principal components), fitted
/// at a milestone and turned to fit the milestone before, so that letters do not jump.
package struct LetterMap: Equatable {
  /// The steps at which maps are fitted, visited or not: 0, 10, 100, 500, 1,000, 2,500, 5,000, then every doubling.
  ///
  /// - Returns: the first of them after `step`.
  package static func milestone(after step: Int) -> Int {
    if step < 0 { return 0 }
    for milestone in [10, 100, 500, 1_000, 2_500] where milestone > step { return milestone }
    var milestone = 5_000
    while milestone <= step { milestone *= 2 }
    return milestone
  }

  /// Mean row of wte at the milestone, (C).
  private let center: [Double]
  /// Two directions of length 1, (2, C).
  private var axes: [[Double]]
  /// Share of the letters' spread that the two directions show, at the milestone.
  package let shownShare: Double

  package struct Point: Equatable {
    package let x: Double
    package let y: Double
  }

  /// Fits the map to a model; `previous` is the map of the milestone before, or nil for the first.
  package init(fittedTo model: Model, previous: LetterMap?) {
    let rows = LetterMap.rows(model)
    let c = rows[0].count
    var center = Array(repeating: 0.0, count: c)
    for row in rows {
      for i in 0..<c { center[i] += row[i] / Double(rows.count) }
    }
    let centered = rows.map { row in row.indices.map { row[$0] - center[$0] } }
    // The eigenvectors of the letters' products with each other give the directions, whatever the width.
    let products = centered.map { a in
      centered.map { b in
        var sum = 0.0
        for i in 0..<c { sum += a[i] * b[i] }
        return sum
      }
    }
    let eigen = SymmetricEigen(products)
    var axes: [[Double]] = []
    for index in 0..<2 {
      var axis = Array(repeating: 0.0, count: c)
      if index < eigen.values.count, eigen.values[index] > 1e-12 {
        let length = squareRoot(eigen.values[index])
        for (letter, row) in centered.enumerated() {
          for i in 0..<c { axis[i] += row[i] * eigen.vectors[index][letter] / length }
        }
      }
      axes.append(axis)
    }
    var total = 0.0
    for letter in products.indices { total += products[letter][letter] }
    var shown = 0.0
    for index in 0..<min(2, eigen.values.count) { shown += max(0, eigen.values[index]) }
    shownShare = total > 0 ? shown / total : 0
    self.center = center
    self.axes = axes
    if let previous { self.axes = turned(toFit: previous.points(of: model), model) }
  }

  /// Where each token stands, by id, for any state of the run.
  package func points(of model: Model) -> [Point] {
    LetterMap.rows(model).map { row in
      var x = 0.0
      var y = 0.0
      for i in row.indices {
        x += (row[i] - center[i]) * axes[0][i]
        y += (row[i] - center[i]) * axes[1][i]
      }
      return Point(x: x, y: y)
    }
  }

  /// The axes turned and, where that fits better, mirrored, so that the points come nearest to `target` (Procrustes).
  private func turned(toFit target: [Point], _ model: Model) -> [[Double]] {
    var xx = 0.0
    var xy = 0.0
    var yx = 0.0
    var yy = 0.0
    for (point, goal) in zip(points(of: model), target) {
      xx += point.x * goal.x
      xy += point.x * goal.y
      yx += point.y * goal.x
      yy += point.y * goal.y
    }
    let mirrored = squareRoot((xx - yy) * (xx - yy) + (xy + yx) * (xy + yx))
    let straight = squareRoot((xx + yy) * (xx + yy) + (xy - yx) * (xy - yx))
    guard max(mirrored, straight) > 0 else { return axes }
    let sign = straight >= mirrored ? 1.0 : -1.0
    let length = max(straight, mirrored)
    let cosine = (xx + sign * yy) / length
    let sine = (xy - sign * yx) / length
    return [
      axes[0].indices.map { cosine * axes[0][$0] - sign * sine * axes[1][$0] },
      axes[0].indices.map { sine * axes[0][$0] + sign * cosine * axes[1][$0] },
    ]
  }

  private static func rows(_ model: Model) -> [[Double]] {
    let wte = model.table.tensors[0].matrix(in: model.weights.view)
    return (0..<wte.rows).map { token in (0..<wte.columns).map { Double(wte[token, $0]) } }
  }
}
