import Testing
import TinyGPT

/// Several names' outcomes drawn at once, beside the rule written out for one.
struct DrawingTests {
  /// Scores and dice of some names, and what they are worth and pick.
  private struct Table {
    let logits: PaddedMatrix
    let rolls: PaddedMatrix
    let picks: PaddedMatrix
    let largest: PaddedMatrix
    let sum: PaddedMatrix
    private let shares: PaddedMatrix

    init(_ logits: PaddedMatrix, rolls: PaddedMatrix, temperature: Float) {
      (self.logits, self.rolls) = (logits, rolls)
      shares = PaddedMatrix(rows: logits.view.rows, columns: logits.view.columns)
      picks = PaddedMatrix(rows: 1, columns: logits.view.columns)
      largest = PaddedMatrix(rows: 1, columns: logits.view.columns)
      sum = PaddedMatrix(rows: 1, columns: logits.view.columns)
      let drawing = Drawing(
        logits: logits.view, shares: shares.view, rolls: rolls.view, picks: picks.view, largest: largest.view,
        sum: sum.view)
      drawing.draw(temperature: temperature)
    }

    var isIntact: Bool { [logits, rolls, picks, largest, sum, shares].allSatisfy(\.isIntact) }

    /// A name's scores.
    func scores(_ name: Int) -> [Float] { (0..<logits.view.rows).map { logits.view[$0, name] } }

    func pick(_ name: Int) -> Int { Int(picks.view[0, name]) }
  }

  private static func exponential(_ x: Float) -> Float { TinyGPT.exponential(Lanes(repeating: x))[0] }

  /// The first outcome, by id, whose cumulative share exceeds the roll.
  private static func plainPick(_ scores: [Float], temperature: Float, roll: Float) -> Int {
    let top = scores.reduce(-Float.infinity) { $1 > $0 ? $1 : $0 }
    let shares = scores.map { exponential(($0 - top) / temperature) }
    let total = shares.reduce(0, +)
    var cumulative: Float = 0
    for (id, share) in shares.enumerated() where share > 0 {
      cumulative += share
      if cumulative > roll * total { return id }
    }
    return shares.lastIndex { $0 > 0 } ?? 0
  }

  /// Any dice, at the ends of their range too, and scores so far apart that most shares vanish.
  @Test(arguments: [1e-30, 0.05, 0.3, 0.8, 1, 1.5, 100] as [Float], 0..<20)
  func drawsWhatTheRuleDraws(temperature: Float, seed: Int) {
    var random = RandomStream(case: seed)
    let (outcomes, names) = (random.count(2...60), random.count(1...40))
    let spread: Float = [0.1, 1, 10, 100][seed % 4]
    let logits = PaddedMatrix(rows: outcomes, columns: names) { _, _ in spread * Float(random.normal()) }
    let rolls = PaddedMatrix(rows: 1, columns: names) { _, name in
      [0, 1 - 0x1p-24, random.uniform()][min(name % 8, 2)]
    }
    let table = Table(logits, rolls: rolls, temperature: temperature)
    for name in 0..<names {
      let scores = table.scores(name)
      let expected = DrawingTests.plainPick(scores, temperature: temperature, roll: rolls.view[0, name])
      #expect(table.pick(name) == expected, "name \(name)")
      var sampling = Sampling()
      sampling.temperature = temperature
      var sampler = Sampler(sampling, outcomes: outcomes)
      #expect(sampler.pick(logits.view, column: name, u: rolls.view[0, name]) == expected, "name \(name)")
      #expect(table.largest.view[0, name] == scores.max())
      let exponentials = scores.map { DrawingTests.exponential($0 - table.largest.view[0, name]) }
      #expect(table.sum.view[0, name].bitPattern == LanesTests.plainFoldedSum(exponentials).bitPattern)
    }
    #expect(table.isIntact)
  }

  /// Every roll there is near the borders between outcomes.
  @Test func bordersBelongToTheNextOutcome() {
    let rolls: [Float] = [0, 0.25 - 0x1p-24, 0.25, 0.5 - 0x1p-24, 0.5, 0.75 - 0x1p-24, 0.75, 1 - 0x1p-24]
    let logits = PaddedMatrix(rows: 4, columns: rolls.count) { _, _ in 3 }
    let table = Table(logits, rolls: PaddedMatrix([rolls]), temperature: 1)
    #expect(rolls.indices.map(table.pick) == [0, 0, 1, 1, 2, 2, 3, 3])
  }

  /// A name whose scores are no numbers takes the last outcome with a share, or the first, and leaves the others alone.
  @Test func scoresThatAreNoNumbersAreKeptApart() {
    var random = RandomStream(case: 1)
    let sound = PaddedMatrix(rows: 5, columns: 20, &random)
    let rolls = PaddedMatrix(rows: 1, columns: 20) { _, _ in random.uniform() }
    let logits = sound.copy()
    for id in 0..<5 { logits.view[id, 3] = .nan }
    logits.view[4, 7] = .nan
    logits.view[0, 8] = .infinity
    let (healthy, sick) = (
      Table(sound, rolls: rolls, temperature: 0.8), Table(logits, rolls: rolls, temperature: 0.8)
    )
    #expect(sick.pick(3) == 0 && sick.pick(7) == 3 && sick.pick(8) == 0)
    for name in 0..<20 {
      let scores = sick.scores(name)
      #expect(sick.pick(name) == DrawingTests.plainPick(scores, temperature: 0.8, roll: rolls.view[0, name]))
      if [3, 7, 8].contains(name) { continue }
      #expect(sick.pick(name) == healthy.pick(name))
      #expect(sick.sum.view[0, name].bitPattern == healthy.sum.view[0, name].bitPattern)
    }
  }
}
