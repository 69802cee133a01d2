import Testing
import TinyGPT
import TinyGPTAnalysis

/// Finding names in a list.
struct NameIndexTests {
  @Test func findsTheFirstPlaceOfEachName() throws {
    let list = ["rex", "ann", "rexx", "re", "ann", "zoe", "rex", "b", "élan"]
    let index = NameIndex(try Small.names(list.joined(separator: "\n")))
    for name in list { #expect(index.index(of: Small.scalars(name)) == list.firstIndex(of: name), "\(name)") }
    for name in ["", "r", "rexxx", "an", "anna", "zz", "a", "elan"] {
      #expect(index.index(of: Small.scalars(name)) == nil, "\(name)")
    }
    #expect(index.duplicates == 2)
  }

  @Test func aListOfOneName() throws {
    let index = NameIndex(try Small.names("rex"))
    #expect(index.index(of: Small.scalars("rex")) == 0)
    #expect(index.index(of: Small.scalars("rey")) == nil)
    #expect(index.duplicates == 0)
  }

  @Test func threeTimesTheSameNameRepeatsTwice() throws {
    #expect(NameIndex(try Small.names("a\na\na")).duplicates == 2)
  }
}
