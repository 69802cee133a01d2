import Testing
import TinyGPT

/// The order of the names, what is held out, and names as tokens.
struct DocumentsTests {
  private static func documents(
    _ count: Int, holdOut: Double = 0.1, blockSize: Int = 18, seed: UInt32 = 42
  ) throws -> Documents {
    let names = try Fixture.names((0..<count).map { Array("n\($0)".utf8) })
    return Documents(
      names: names, vocabulary: try Vocabulary(names: names), blockSize: blockSize, holdOut: holdOut, seed: seed)
  }

  @Test(arguments: 0..<50)
  func theOrderIsAPermutation(seed: Int) throws {
    var random = RandomStream(case: seed)
    let count = random.count(2...300)
    let order = try DocumentsTests.documents(count, seed: UInt32(seed)).order
    #expect(order.sorted() == Array(0..<count))
    if count > 10 { #expect(order != Array(0..<count)) }
    #expect(try DocumentsTests.documents(count, seed: UInt32(seed)).order == order)
  }

  /// Every name comes first about equally often.
  @Test func theOrderIsFair() throws {
    var firsts = Array(repeating: 0, count: 5)
    for seed in 0..<2_000 { firsts[try DocumentsTests.documents(5, seed: UInt32(seed)).order[0]] += 1 }
    #expect(firsts.allSatisfy { abs($0 - 400) < 4 * 18 }, "\(firsts)")
  }

  @Test(arguments: [
    (1_727, 0.1, 172), (1_727, 0, 0), (10, 0.1, 1), (9, 0.1, 0), (10, 0.99, 9), (1, 0.1, 0), (1, 0.99, 0), (2, 0.99, 1),
    (100, 0.999, 99),
  ])
  func holdsOutTheShareRoundedDown(count: Int, share: Double, heldOut: Int) throws {
    let documents = try DocumentsTests.documents(count, holdOut: share)
    #expect(documents.count == count)
    #expect(documents.heldOutCount == heldOut)
    #expect(documents.trainingCount == count - heldOut)
    #expect(documents.trainingCount >= 1)
  }

  @Test func theTrainingSampleIsSpreadEvenlyOverTheOrder() throws {
    #expect(try DocumentsTests.documents(10, holdOut: 0.3).trainingSample == [0, 2, 4])
    #expect(try DocumentsTests.documents(10, holdOut: 0.5).trainingSample == [0, 1, 2, 3, 4])
    #expect(try DocumentsTests.documents(10, holdOut: 0.8).trainingSample == [0, 0, 0, 0, 1, 1, 1, 1])
    #expect(try DocumentsTests.documents(10, holdOut: 0).trainingSample.isEmpty)
    let sample = try DocumentsTests.documents(1_727).trainingSample
    #expect(sample.count == 172 && sample.prefix(3) == [0, 9, 18] && sample.last == 1_545)
  }

  @Test func updatesWalkTheTrainingNamesInOrderAndStartAgain() throws {
    let documents = try DocumentsTests.documents(10, holdOut: 0.3)
    #expect((1...9).map { documents.place(ofUpdate: $0, slot: 0, batch: 1) } == [0, 1, 2, 3, 4, 5, 6, 0, 1])
    let batches = (1...3).map { update in (0..<4).map { documents.place(ofUpdate: update, slot: $0, batch: 4) } }
    #expect(batches == [[0, 1, 2, 3], [4, 5, 6, 0], [1, 2, 3, 4]])
  }

  @Test func aNameIsItsLettersBetweenTwoMarkers() throws {
    let names = try Fixture.names("mei\n")
    let documents = Documents(names: names, vocabulary: .latin, blockSize: 18, holdOut: 0, seed: 1)
    let document = documents.document(at: 0)
    #expect(document.inputs.array() == [26, 12, 4, 8])
    #expect(document.targets.array() == [12, 4, 8, 26])
  }

  /// n = min(blockSize, letters + 1).
  @Test(arguments: 1...20)
  func longNamesAreCut(letters: Int) throws {
    let name = (0..<letters).map { UInt8(0x61 + $0) }
    let documents = Documents(
      names: try Fixture.names([name]), vocabulary: .latin, blockSize: 8, holdOut: 0, seed: 1)
    let tokens = [26] + (0..<letters).map { UInt16($0) } + [26]
    let count = min(8, letters + 1)
    let document = documents.document(at: 0)
    #expect(document.inputs.array() == Array(tokens[..<count]))
    #expect(document.targets.array() == Array(tokens[1...count]))
  }

  @Test func documentsFollowTheOrder() throws {
    let documents = try DocumentsTests.documents(50)
    let names = (0..<50).map { "n\($0)" }
    for (place, index) in documents.order.enumerated() {
      #expect(documents.document(at: place).inputs.count == names[index].count + 1)
    }
  }
}
