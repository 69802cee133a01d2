/// Draws an outcome for each of several names at once, names in the lanes: the first, by id, whose cumulative share exceeds
/// the roll of the name's dice.
///
///     share[v] = e^((z[v] - max z) / temperature)
///     pick     = first v with share[0] + … + share[v] > roll · ∑ share
///
/// ``Sampler`` says the same one name at a time, with cut-offs.
package struct Drawing {
  /// z: (V, width).
  package let logits: Matrix
  /// Room for shares: (V, width).
  package let shares: Matrix
  /// The dice: (1, width), 0 ≤ roll < 1.
  package let rolls: Matrix
  /// Output, (1, width): the ids that were drawn.
  package let picks: Matrix
  /// Output, (1, width): max z.
  package let largest: Matrix
  /// Output, (1, width): ∑ e^(z - max z), folded. With it ln p of outcome v at temperature 1 is `(z[v] - largest) - ln sum`.
  package let sum: Matrix

  package init(logits: Matrix, shares: Matrix, rolls: Matrix, picks: Matrix, largest: Matrix, sum: Matrix) {
    precondition(logits.rows == shares.rows && logits.columns == rolls.columns, "Drawing: a column for each name")
    (self.logits, self.shares, self.rolls) = (logits, shares, rolls)
    (self.picks, self.largest, self.sum) = (picks, largest, sum)
  }

  /// - Precondition: temperature > 0.
  package func draw(temperature: Float) {
    forEachLanes(of: rolls) { _, name in
      var top = Lanes(repeating: -.infinity)
      for v in 0..<logits.rows { top = larger(top, logits.lanes(v, name)) }
      largest.store(top, 0, name)
      for v in 0..<logits.rows { shares.store(exponential(logits.lanes(v, name) - top), v, name) }
      sum.store(foldedSum(logits.rows) { v in shares.lanes(v, name) }, 0, name)
      if temperature != 1 {
        for v in 0..<logits.rows {
          shares.store(exponential((logits.lanes(v, name) - top) / temperature), v, name)
        }
      }
      var total = Lanes.zero
      for v in 0..<logits.rows { total += shares.lanes(v, name) }
      let goal = rolls.lanes(0, name) * total
      var cumulative = Lanes.zero
      // As many outcomes as do not exceed the goal come before the one that does.
      var pick = Lanes.zero
      for v in 0..<logits.rows {
        cumulative += shares.lanes(v, name)
        pick += Lanes(repeating: 1).replacing(with: 0, where: cumulative .> goal)
      }
      picks.store(pick, 0, name)
    }
    for name in 0..<picks.columns where Int(picks[0, name]) == logits.rows {
      picks[0, name] = Float(lastPossible(name))
    }
  }

  /// Where rounding, or scores that are no numbers, leave no outcome that exceeds the goal: the last with a share, or 0.
  private func lastPossible(_ name: Int) -> Int {
    var v = logits.rows &- 1
    while v > 0 && !(shares[v, name] > 0) { v &-= 1 }
    return v
  }
}
