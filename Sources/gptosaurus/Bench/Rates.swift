/// Several kinds of work, measured by turns, so that a machine that slows down slows all of them.
struct Rates {
  /// Does a little and says how many units that was.
  typealias Work = () -> Double

  private var works: [Work] = []
  /// Units a second: of each kind, one rate a round.
  private(set) var rates: [[Double]] = []

  /// Adds a kind of work; its index.
  mutating func add(_ work: @escaping Work) -> Int {
    works.append(work)
    rates.append([])
    return works.count - 1
  }

  /// Does each kind again and again for about `slice`, `rounds` times by turns.
  mutating func measure(rounds: Int, slice: Duration) {
    for _ in 0..<rounds {
      for (index, work) in works.enumerated() { rates[index].append(Rates.rate(for: slice, work)) }
    }
  }

  /// The median rate of a kind, in units a second.
  func median(_ index: Int) -> Double { rates[index].median }

  /// The median, over the rounds, of how many times faster one kind was than another.
  func medianRatio(_ index: Int, over other: Int) -> Double { zip(rates[index], rates[other]).map { $0 / $1 }.median }

  private static func rate(for duration: Duration, _ work: Work) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var units = 0.0
    while true {
      units += work()
      let time = clock.now - start
      if time >= duration { return units / (time / .seconds(1)) }
    }
  }
}

extension [Double] {
  /// The one in the middle.
  ///
  /// - Precondition: there is a number.
  var median: Double { sorted()[count / 2] }
}
