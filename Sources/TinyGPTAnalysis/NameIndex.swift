import TinyGPT

/// A list of names, sorted, to find a name in: its first place in the list.
package struct NameIndex {
  package let names: NameList
  private let sorted: [Int]

  package init(_ names: NameList) {
    self.names = names
    sorted = (0..<names.count).sorted { a, b in
      let order = NameIndex.compare(names[a], names[b])
      return order != 0 ? order < 0 : a < b
    }
  }

  /// The first index of a name in the list, or nil.
  package func index(of name: [UInt32]) -> Int? {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if NameIndex.compare(names[sorted[middle]], name[...]) < 0 { low = middle + 1 } else { high = middle }
    }
    guard low < sorted.count, NameIndex.compare(names[sorted[low]], name[...]) == 0 else { return nil }
    return sorted[low]
  }

  /// Names that stand in the list again.
  package var duplicates: Int {
    var count = 0
    for place in 1..<max(1, sorted.count)
    where NameIndex.compare(names[sorted[place - 1]], names[sorted[place]]) == 0 { count += 1 }
    return count
  }

  /// Negative, 0 or positive as a comes before, equals or comes after b.
  private static func compare(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Int {
    var i = a.startIndex
    var j = b.startIndex
    while i < a.endIndex && j < b.endIndex {
      if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
      i += 1
      j += 1
    }
    return a.count - b.count
  }
}
