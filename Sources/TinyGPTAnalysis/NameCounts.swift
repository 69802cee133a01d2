import TinyGPT

/// What the names of a list say alone, whatever a head does: the cases of its measures and their chance.
package struct NameCounts {
  /// Names that reach each query.
  package private(set) var reaching: [Int]
  /// Names that reach a query and have a vowel at a key, (blockSize, blockSize), key by query.
  private var vowelsAt: [Int]
  /// Queries whose next letter stands among their keys 1...q, and the sum of those keys' shares under uniform attention.
  package private(set) var copies: (count: Int, chance: Double) = (0, 0)
  package private(set) var letters = 0
  package private(set) var vowels = 0
  /// By token id; empty where vowels mean nothing.
  private let isVowel: [Bool]
  /// What the name taken in last asks of a head's attention: the vowels among its keys; for each query the keys that hold its
  /// next letter.
  package private(set) var marks: NameMarks

  package init(blockSize: Int, isVowel: [Bool]) {
    self.isVowel = isVowel
    reaching = Array(repeating: 0, count: blockSize)
    vowelsAt = Array(repeating: 0, count: blockSize * blockSize)
    marks = NameMarks(blockSize: blockSize)
  }

  /// Whether vowels mean something.
  var hasVowels: Bool { !isVowel.isEmpty }

  /// Names that reach a query and have a vowel at a key.
  package func vowels(at key: Int, reaching query: Int) -> Int { vowelsAt[key * reaching.count + query] }

  /// Takes one name in.
  package mutating func add(_ document: Document) {
    let length = document.inputs.count
    letters += length - 1
    marks.pairs.removeAll(keepingCapacity: true)
    for position in 0..<length {
      reaching[position] += 1
      guard position >= 1 else { continue }
      countCopies(document, query: position)
      let isVowel = hasVowels && isVowel[Int(document.inputs[position])]
      marks.keys.view[position] = isVowel ? 1 : 0
      guard isVowel else { continue }
      vowels += 1
      for query in position..<length { vowelsAt[position * reaching.count + query] += 1 }
    }
  }

  private mutating func countCopies(_ document: Document, query: Int) {
    let before = marks.pairs.count
    for key in 1...query where document.inputs[key] == document.targets[query] { marks.pairs.append((key, query)) }
    let found = marks.pairs.count - before
    guard found > 0 else { return }
    copies.count += 1
    copies.chance += Double(found) / Double(query + 1)
  }

  package static func + (a: NameCounts, b: NameCounts) -> NameCounts {
    var sum = a
    for index in sum.reaching.indices { sum.reaching[index] += b.reaching[index] }
    for index in sum.vowelsAt.indices { sum.vowelsAt[index] += b.vowelsAt[index] }
    sum.copies = (a.copies.count + b.copies.count, a.copies.chance + b.copies.chance)
    sum.letters += b.letters
    sum.vowels += b.vowels
    return sum
  }
}
