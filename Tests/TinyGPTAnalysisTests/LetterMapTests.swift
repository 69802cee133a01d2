import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// The flat picture of the letters.
struct LetterMapTests {
  @Test(arguments: [
    (0, 0), (9, 0), (10, 10), (99, 10), (100, 100), (499, 100), (500, 500), (1_000, 1_000), (2_499, 1_000),
    (2_500, 2_500),
    (4_999, 2_500), (5_000, 5_000), (9_999, 5_000), (10_000, 10_000), (19_999, 10_000), (20_000, 20_000),
    (1_000_000, 640_000),
  ])
  func milestones(step: Int, milestone: Int) {
    #expect(LetterMap.milestone(atOrBefore: step) == milestone)
  }

  private static func worst(_ a: [LetterMap.Point], _ b: [LetterMap.Point]) -> Double {
    zip(a, b).reduce(a.count == b.count ? 0 : .infinity) { max($0, abs($1.0.x - $1.1.x), abs($1.0.y - $1.1.y)) }
  }

  private static func worst(_ a: [LetterMap.Point], _ b: [[Double]]) -> Double {
    worst(a, b.map { LetterMap.Point(x: $0[0], y: $0[1]) })
  }

  /// Six letters on three axes and one in the middle: the longest axis is drawn to the right, the next upwards.
  @Test func axesByHand() throws {
    let rows = [[0, 3, 0], [0, -3, 0], [0, 0, 2], [0, 0, -2], [1, 0, 0], [-1, 0, 0], [0, 0, 0]]
    for shift in [[0.0, 0, 0], [5, -7, 11]] {
      let model = try Small.model(wte: rows.map { row in row.indices.map { Double(row[$0]) + shift[$0] } })
      let map = LetterMap(fittedTo: model, previous: nil)
      let expected: [[Double]] = [[3, 0], [-3, 0], [0, 2], [0, -2], [0, 0], [0, 0], [0, 0]]
      #expect(LetterMapTests.worst(map.points(of: model), expected) < 1e-6)
      #expect(isClose(map.shownShare, 13.0 / 14, within: 1e-6))
    }
  }

  @Test func aMapOfOneStateShowsAnother() throws {
    let square: [[Double]] = [[3, 0], [-3, 0], [0, 2], [0, -2], [0, 0]]
    let map = LetterMap(fittedTo: try Small.model(wte: square), previous: nil)
    let moved: [[Double]] = [[1, 1], [2, 0], [-3, 1.5], [0, 0], [4, 4]]
    #expect(LetterMapTests.worst(map.points(of: try Small.model(wte: moved)), moved) < 1e-6)
  }

  @Test func theSameModelGivesTheSameMap() throws {
    let model = try Small.trainer().model
    let map = LetterMap(fittedTo: model, previous: nil)
    #expect(map == LetterMap(fittedTo: model, previous: nil))
    let next = LetterMap(fittedTo: model, previous: map)
    #expect(LetterMapTests.worst(next.points(of: model), map.points(of: model)) < 1e-9)
    #expect(0 < map.shownShare && map.shownShare < 1 && isClose(next.shownShare, map.shownShare))
  }

  /// In two dimensions a map shows everything, so the map of the copy, turned back, is the first map of the copy.
  @Test(arguments: 0..<50)
  func turnsToFitTheMilestoneBefore(seed: Int) throws {
    var random = RandomStream(seed: UInt32(seed), .names)
    var rows = (0..<9).map { _ in [2 * random.normal(), random.normal()] }
    // The middle in the origin: turning moves it nowhere.
    for column in 0..<2 {
      let mean = rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      for row in rows.indices { rows[row][column] -= mean }
    }
    let first = LetterMap(fittedTo: try Small.model(wte: rows), previous: nil)
    let angle = 2 * Double.pi * Double(random.uniform())
    for sign in [1.0, -1] {
      let copy = try Small.model(
        wte: rows.map { [cos(angle) * $0[0] - sin(angle) * $0[1], sign * (sin(angle) * $0[0] + cos(angle) * $0[1])] })
      let turned = LetterMap(fittedTo: copy, previous: first)
      #expect(LetterMapTests.worst(turned.points(of: copy), first.points(of: copy)) < 1e-5)
      #expect(isClose(turned.shownShare, 1, within: 1e-9))
    }
  }

  /// Turning moves no letter nearer to another, and no turn or mirror image would lie nearer to the map before.
  @Test func turningKeepsDistancesAndFitsBest() throws {
    let early = try Small.trainer(steps: 10).model
    let late = try Small.trainer(steps: 60).model
    let before = LetterMap(fittedTo: early, previous: nil)
    let plain = LetterMap(fittedTo: late, previous: nil).points(of: late)
    let turned = LetterMap(fittedTo: late, previous: before).points(of: late)
    let goal = before.points(of: late)
    for i in plain.indices {
      for j in plain.indices {
        let distance = hypot(plain[i].x - plain[j].x, plain[i].y - plain[j].y)
        #expect(isClose(hypot(turned[i].x - turned[j].x, turned[i].y - turned[j].y), distance, within: 1e-9))
      }
    }
    func misfit(_ points: [LetterMap.Point]) -> Double {
      zip(points, goal).reduce(0) { $0 + pow($1.0.x - $1.1.x, 2) + pow($1.0.y - $1.1.y, 2) }
    }
    for degree in 0..<360 {
      let angle = Double(degree) * Double.pi / 180
      for sign in [1.0, -1] {
        let other = plain.map {
          LetterMap.Point(
            x: cos(angle) * $0.x - sign * sin(angle) * $0.y, y: sin(angle) * $0.x + sign * cos(angle) * $0.y)
        }
        #expect(misfit(turned) <= misfit(other) + 1e-9)
      }
    }
  }

  @Test func lettersThatAreAllAlikeStandInOnePlace() throws {
    for row in [[0.0, 0], [1, 2]] {
      let model = try Small.model(wte: Array(repeating: row, count: 4))
      let map = LetterMap(fittedTo: model, previous: LetterMap(fittedTo: model, previous: nil))
      #expect(map.shownShare == 0)
      #expect(LetterMapTests.worst(map.points(of: model), Array(repeating: [0, 0], count: 4)) == 0)
    }
    // One channel: a line.
    let model = try Small.model(wte: [[1], [2], [4]])
    let map = LetterMap(fittedTo: model, previous: nil)
    #expect(isClose(map.shownShare, 1, within: 1e-9) && map.points(of: model).allSatisfy { $0.y == 0 })
  }
}
