import TinyGPT

/// A list of names to find a name in: its first place in the list.
package struct NameIndex {
  package let names: NameList
  /// A number for each name, ascending: the upper bits of its hash, then its place in the list.
  private let keys: [UInt64]

  /// Enough for more names than a list may hold.
  private static let placeBits: UInt64 = 26

  package init(_ names: NameList) {
    self.names = names
    var keys = (0..<names.count).map { NameIndex.hash(names[$0]) | UInt64($0) }
    keys.sort()
    self.keys = keys
  }

  /// The first place of a name in the list, or nil.
  package func index(of name: [UInt32]) -> Int? { firstPlace(of: name[...]) }

  /// Names that stand in the list again.
  package var duplicates: Int {
    var count = 0
    for place in 0..<names.count where firstPlace(of: names[place]) != place { count += 1 }
    return count
  }

  private func firstPlace(of name: ArraySlice<UInt32>) -> Int? {
    let hash = NameIndex.hash(name)
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < hash { low = middle + 1 } else { high = middle }
    }
    // Names of one hash stand together, in the order of the list.
    while low < keys.count, keys[low] >> NameIndex.placeBits == hash >> NameIndex.placeBits {
      let place = Int(truncatingIfNeeded: keys[low] & ((1 << NameIndex.placeBits) - 1))
      if names[place].elementsEqual(name) { return place }
      low += 1
    }
    return nil
  }

  /// The name's hash, its lower bits cleared for a place.
  private static func hash(_ name: ArraySlice<UInt32>) -> UInt64 {
    var hash = FNV1a()
    for scalar in name { hash.combine(littleEndian: scalar) }
    return (hash.value >> placeBits) << placeBits
  }
}
