import Testing
import TinyGPT
import TinyGPTAnalysis

/// The distance between names, and the nearest of a list.
struct NearestNameTests {
  private static func distance(_ a: String, _ b: String) -> Int {
    levenshteinDistance(Small.scalars(a)[...], Small.scalars(b)[...])
  }

  @Test(arguments: [
    ("", "", 0), ("", "rex", 3), ("rex", "rex", 0), ("rex", "ex", 1), ("rex", "rexa", 1), ("rex", "tex", 1),
    ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("ab", "ba", 2), ("abc", "def", 3), ("flaw", "lawn", 2),
    ("aaa", "a", 2), ("é", "e", 1),
  ])
  func worksOutByHand(a: String, b: String, distance: Int) {
    #expect(NearestNameTests.distance(a, b) == distance)
    #expect(NearestNameTests.distance(b, a) == distance)
  }

  /// Straight from the definition, on every pair of short words over two letters.
  @Test func isTheRecursiveDefinition() {
    func defined(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Int {
      guard let first = a.first, let other = b.first else { return a.count + b.count }
      if first == other { return defined(a.dropFirst(), b.dropFirst()) }
      return 1
        + min(defined(a.dropFirst(), b), defined(a, b.dropFirst()), defined(a.dropFirst(), b.dropFirst()))
    }
    let words: [[UInt32]] = (0...4).flatMap { length in
      (0..<1 << length).map { bits in (0..<length).map { UInt32(bits >> $0 & 1) } }
    }
    for a in words {
      for b in words { #expect(levenshteinDistance(a[...], b[...]) == defined(a[...], b[...]), "\(a) \(b)") }
    }
  }

  @Test func countsFromASlicesOwnStart() {
    let letters = Small.scalars("xxrexyy")
    #expect(levenshteinDistance(letters[2..<5], letters[2...]) == 2)
  }

  @Test func tiesGoToTheFirstInTheList() throws {
    let names = try Small.names("anna\ntexas\nrey\nrez\nbob")
    let nearest = try #require(NearestName(to: Small.scalars("rex"), in: names))
    #expect((nearest.index, nearest.distance) == (2, 1))
    let far = try #require(NearestName(to: Small.scalars("wwwww"), in: names))
    #expect((far.index, far.distance) == (0, 5))
    let itself = try #require(NearestName(to: Small.scalars("bob"), in: try Small.names("bo\nbob\nbob")))
    #expect((itself.index, itself.distance) == (1, 0))
  }

  @Test(arguments: 0..<50)
  func noOtherNameIsNearer(seed: Int) throws {
    var random = RandomStream(seed: UInt32(seed), .names)
    func word() -> String {
      String((0...random.below(6)).map { _ in ["a", "b", "c"][random.below(3)] as Character })
    }
    let list = (0..<20).map { _ in word() }
    let name = word()
    let nearest = try #require(NearestName(to: Small.scalars(name), in: try Small.names(list.joined(separator: "\n"))))
    let distances = list.map { NearestNameTests.distance(name, $0) }
    #expect(nearest.distance == distances.min())
    #expect(nearest.index == distances.firstIndex(of: nearest.distance))
  }
}
