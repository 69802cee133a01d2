import TinyGPT

/// The name of a list that is nearest to a given one.
package struct NearestName: Equatable {
  /// Index in the list.
  package let index: Int
  /// Letters to insert, remove or replace.
  package let distance: Int

  /// The smallest Levenshtein distance; ties go to the first in the list.
  package init?(to name: [UInt32], in names: NameList) {
    var best: NearestName?
    for index in 0..<names.count {
      let candidate = names[index]
      // The lengths alone ask for so many changes.
      if let best, abs(candidate.count - name.count) >= best.distance { continue }
      let distance = levenshteinDistance(name[...], candidate)
      if distance < best?.distance ?? Int.max { best = NearestName(index: index, distance: distance) }
    }
    guard let best else { return nil }
    self = best
  }

  private init(index: Int, distance: Int) {
    self.index = index
    self.distance = distance
  }
}

/// Letters to insert, remove or replace to turn a into b.
///
/// - Note: Source: Wagner & Fischer 1974, "The string-to-string correction problem".
package func levenshteinDistance(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Int {
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
    }
  }
  return row[b.count]
}
