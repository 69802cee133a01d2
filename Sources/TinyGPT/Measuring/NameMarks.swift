/// What is looked for in a head's attention over one name.
package struct NameMarks {
  /// 1 for each key that is marked, else 0, (T) or longer.
  package let keys: Block<Double>
  /// Keys and queries whose attention is added up.
  package var pairs: [(key: Int, query: Int)] = []

  /// For names of up to `blockSize` positions, without a mark.
  package init(blockSize: Int) { keys = Block(count: blockSize) }
}
