import Testing
import TinyGPT
import TinyGPTAnalysis

/// First letters, lengths, repeats and long names of a list.
struct NameStatisticsTests {
  @Test func countsWhatAListShows() throws {
    let names = try Small.names("bob\nann\nbo\nabcde\nann\nabcd\nann")
    let statistics = NameStatistics(names, vocabulary: .latin, blockSize: 5)
    #expect(statistics.letters == 3 + 3 + 2 + 5 + 3 + 4 + 3)
    #expect(statistics.firstLetters == [5, 2] + Array(repeating: 0, count: 24))
    #expect(statistics.lengths == [0, 0, 1, 4, 1, 1])
    #expect(statistics.duplicates == 2)
    // Five places hold BOS and four letters.
    #expect(statistics.longerThanContext == [3])
  }

  @Test func lettersOfAnyVocabularyCount() throws {
    let names = try Small.names("éa\nÉ\né")
    let vocabulary = try Vocabulary(names: names)
    let statistics = NameStatistics(names, vocabulary: vocabulary, blockSize: 18)
    #expect(vocabulary.scalars == Small.scalars("aÉé"))
    #expect(statistics.firstLetters == [0, 1, 2])
    #expect(statistics.lengths == [0, 2, 1])
    #expect(statistics.longerThanContext.isEmpty && statistics.duplicates == 0)
  }
}
