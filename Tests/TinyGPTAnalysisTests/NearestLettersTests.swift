import Testing
import TinyGPT
import TinyGPTAnalysis

/// Letters by the cosine of their rows.
struct NearestLettersTests {
  @Test func cosinesByHand() throws {
    // a, then: the same way, a right angle, the opposite way, 3 : 4, nothing at all (BOS).
    let model = try Small.model(wte: [[2, 0], [7, 0], [0, 3], [-1, 0], [3, 4], [0, 0]])
    let letters = nearestLetters(to: 0, in: model)
    #expect(letters.map(\.token) == [1, 4, 2, 5, 3])
    #expect(zip(letters, [1, 0.6, 0, 0, -1]).allSatisfy { isClose($0.cosine, $1) })
    // The letter of no length is like none.
    #expect(nearestLetters(to: 5, in: model).map(\.token) == [0, 1, 2, 3, 4])
    #expect(nearestLetters(to: 5, in: model).allSatisfy { $0.cosine == 0 })
  }

  @Test func lettersThatAreEquallyAlikeStandInTheirOrder() throws {
    let model = try Small.model(wte: [[1, 0], [0, 1], [1, 0], [0, 2], [3, 0], [-1, 0]])
    #expect(nearestLetters(to: 0, in: model).map(\.token) == [2, 4, 1, 3, 5])
  }

  @Test func everyOtherTokenOfATrainedModelStandsThereOnce() throws {
    let model = try Small.trainer().model
    for token in 0..<27 {
      let letters = nearestLetters(to: token, in: model)
      #expect(letters.map(\.token).sorted() == (0..<27).filter { $0 != token })
      #expect(zip(letters, letters.dropFirst()).allSatisfy { $0.cosine >= $1.cosine })
      #expect(letters.allSatisfy { abs($0.cosine) <= 1 + 1e-12 })
    }
  }
}
