import Foundation
import Testing
import TinyGPT
import TinyGPTAnalysis

/// The flat picture of the letters.
struct LetterMapTests {
  @Test func milestones() {
    var milestones: [Int] = []
    while milestones.count < 11 { milestones.append(LetterMap.milestone(after: milestones.last ?? -1)) }
    #expect(milestones == [0, 10, 100, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 40_000, 80_000])
    for (step, next) in [(0, 10), (9, 10), (99, 100), (2_499, 2_500), (4_999, 5_000), (9_999, 10_000)] {
      #expect(LetterMap.milestone(after: step) == next)
    }
  }

  /// Six letters on three axes and one in the middle: the longest axis is drawn to the right, the next upwards.
  @Test func axesByHand() throws {
    let rows = [[0, 3, 0], [0, -3, 0], [0, 0, 2], [0, 0, -2], [1, 0, 0], [-1, 0, 0], [0, 0, 0]]
    for shift in [[0.0, 0, 0], [5, -7, 11]] {
      let model = try Small.model(wte: rows.map { row in row.indices.map { Double(row[$0]) + shift[$0] } })
      let map = LetterMap(fittedTo: model, previous: nil)
      let expected: [[Double]] = [[3, 0], [-3, 0], [0, 2], [0, -2], [0, 0], [0, 0], [0, 0]]
      #expect(worst(points(map, model), expected) < 1e-6)
      #expect(isClose(map.shownShare, 13.0 / 14, within: 1e-6))
    }
  }

  @Test func aMapOfOneStateShowsAnother() throws {
    let square: [[Double]] = [[3, 0], [-3, 0], [0, 2], [0, -2], [0, 0]]
    let map = LetterMap(fittedTo: try Small.model(wte: square), previous: nil)
    let moved: [[Double]] = [[1, 1], [2, 0], [-3, 1.5], [0, 0], [4, 4]]
    #expect(worst(points(map, try Small.model(wte: moved)), moved) < 1e-6)
  }

  @Test func theSameModelGivesTheSameMap() throws {
    let model = try Small.trainer().model
    let map = LetterMap(fittedTo: model, previous: nil)
    #expect(map == LetterMap(fittedTo: model, previous: nil))
    let next = LetterMap(fittedTo: model, previous: map)
    #expect(worst(points(next, model), points(map, model)) < 1e-9)
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
      #expect(worst(points(turned, copy), points(first, copy)) < 1e-5)
      #expect(isClose(turned.shownShare, 1, within: 1e-9))
    }
  }

  /// Turning moves no letter nearer to another, and no turn or mirror image would lie nearer to the map before.
  @Test func turningKeepsDistancesAndFitsBest() throws {
    let early = try Small.trainer(steps: 10).model
    let late = try Small.trainer(steps: 60).model
    let before = LetterMap(fittedTo: early, previous: nil)
    let plain = points(LetterMap(fittedTo: late, previous: nil), late)
    let turned = points(LetterMap(fittedTo: late, previous: before), late)
    let goal = points(before, late)
    for i in plain.indices {
      for j in plain.indices {
        let distance = hypot(plain[i][0] - plain[j][0], plain[i][1] - plain[j][1])
        #expect(isClose(hypot(turned[i][0] - turned[j][0], turned[i][1] - turned[j][1]), distance, within: 1e-9))
      }
    }
    func misfit(_ points: [[Double]]) -> Double {
      zip(points, goal).reduce(0) { $0 + pow($1.0[0] - $1.1[0], 2) + pow($1.0[1] - $1.1[1], 2) }
    }
    for degree in 0..<360 {
      let angle = Double(degree) * Double.pi / 180
      for sign in [1.0, -1] {
        let other = plain.map {
          [cos(angle) * $0[0] - sign * sin(angle) * $0[1], sin(angle) * $0[0] + sign * cos(angle) * $0[1]]
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
      #expect(worst(points(map, model), Array(repeating: [0, 0], count: 4)) == 0)
    }
    // One channel: a line.
    let model = try Small.model(wte: [[1], [2], [4]])
    let map = LetterMap(fittedTo: model, previous: nil)
    #expect(isClose(map.shownShare, 1, within: 1e-9) && map.points(of: model).allSatisfy { $0.y == 0 })
  }
}

/// A map's points of a model, as (x, y).
private func points(_ map: LetterMap, _ model: Model) -> [[Double]] { map.points(of: model).map { [$0.x, $0.y] } }

/// The largest difference of a coordinate.
private func worst(_ a: [[Double]], _ b: [[Double]]) -> Double {
  zip(a, b).reduce(a.count == b.count ? 0 : .infinity) { max($0, abs($1.0[0] - $1.1[0]), abs($1.0[1] - $1.1[1])) }
}
