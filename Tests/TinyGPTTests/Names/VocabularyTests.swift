import Testing
import TinyGPT

/// Which letters a model knows, and their token ids.
struct VocabularyTests {
  @Test func smallLettersAloneGetAllTwentySeven() throws {
    for text in ["rex\n", "a\n", "abcdefghijklmnopqrstuvwxyz\n"] {
      let vocabulary = try Vocabulary(names: Fixture.names(text))
      #expect(vocabulary == .latin)
      #expect(vocabulary.count == 27 && vocabulary.bos == 26)
      #expect(vocabulary.scalars == Array(0x61...0x7A))
    }
  }

  @Test func anyOtherListGetsItsOwnLettersSorted() throws {
    let vocabulary = try Vocabulary(names: Fixture.names("Rex\nßa-🦕\nexe\n"))
    #expect(Fixture.text(vocabulary.scalars) == "-Raexß🦕")
    #expect(vocabulary.count == 8 && vocabulary.bos == 7)
  }

  @Test func hasAtMost200Letters() throws {
    func names(_ count: Int) throws -> NameList {
      try Fixture.names((0..<count).map { Fixture.text([UInt32(0x4E00 + $0)]) }.joined(separator: "\n"))
    }
    #expect(try Vocabulary(names: names(200)).count == 201)
    let tooMany = try names(201)
    #expect(throws: VocabularyError.tooManyLetters(201)) { try Vocabulary(names: tooMany) }
    #expect(throws: RunError.vocabulary(.tooManyLetters(201))) { try Run(names: tooMany) }
    let texts = (0..<600).map { Fixture.text([UInt32(0x4E00 + 7 * $0 % 300)]) }
    let twice = try Fixture.names(texts.joined(separator: "\n"))
    #expect(throws: VocabularyError.tooManyLetters(300)) { try Vocabulary(names: twice) }
  }

  @Test func lettersMustAscend() throws {
    #expect(try Vocabulary(letters: [0x41, 0x43, 0x1F995]).count == 4)
    #expect(throws: VocabularyError.notAscending) { try Vocabulary(letters: [0x43, 0x41]) }
    #expect(throws: VocabularyError.notAscending) { try Vocabulary(letters: [0x41, 0x41]) }
    #expect(throws: VocabularyError.noLetters) { try Vocabulary(letters: []) }
    #expect(throws: VocabularyError.tooManyLetters(201)) { try Vocabulary(letters: Array(1...201)) }
  }

  @Test(arguments: 0..<50)
  func lettersComeBackFromTheirTokens(seed: Int) throws {
    var random = RandomStream(case: seed)
    let letters = Set((0..<random.count(1...200)).map { _ in UInt32(0x100 + random.below(2_000)) }).sorted()
    let vocabulary = try Vocabulary(letters: letters)
    for (id, letter) in letters.enumerated() { #expect(vocabulary.token(letter) == id) }
    for _ in 0..<100 {
      let scalar = UInt32(random.below(0x1000))
      #expect((vocabulary.token(scalar) != nil) == letters.contains(scalar))
    }
    let text = (0..<20).map { _ in letters[random.below(letters.count)] }
    #expect(try vocabulary.tokens(text).get().map { vocabulary.scalars[Int($0)] } == text)
  }

  @Test(arguments: [("t-Rex", 0x2D, 1), ("taRex", 0x52, 2), ("ß", 0xDF, 0), ("rex ", 0x20, 3)])
  func namesTheFirstLetterThatItLacks(text: String, scalar: UInt32, place: Int) throws {
    let scalars = Fixture.scalars(text)
    let unknown = try #require(throws: UnknownLetter.self) { try Vocabulary.latin.tokens(scalars).get() }
    #expect(unknown.scalar == scalar && unknown.place == place)
    // Places count from the start of the text, wherever that is.
    let cut = ([0x61] + scalars).dropFirst()
    #expect(Vocabulary.latin.tokens(cut) == .failure(unknown))
  }
}
