import Foundation
import Testing
import TinyGPT

/// Causal attention of one head, forward and backward.
struct AttentionTests {
  /// A head with random queries, keys, values and gradient of its output, and room for everything else.
  private struct Head {
    let q, k, v, scores, attention, out: PaddedMatrix
    let dOut, dAttention, dScores, turned, dq, dk, dv: PaddedMatrix

    init(channels: Int, positions: Int, _ random: inout RandomStream) {
      func drawn() -> PaddedMatrix { PaddedMatrix(rows: channels, columns: positions, &random) }
      func drawnRows() -> PaddedMatrix { PaddedMatrix(rows: positions, columns: channels, &random) }
      func empty() -> PaddedMatrix { PaddedMatrix(rows: channels, columns: positions) }
      func square() -> PaddedMatrix { PaddedMatrix(rows: positions, columns: positions) }
      (q, k, v, dOut) = (drawn(), drawnRows(), drawnRows(), drawn())
      (out, dq, dk, dv) = (empty(), empty(), empty(), empty())
      (scores, attention, dAttention, dScores, turned) = (
        square(), square(), square(), square(), square()
      )
    }

    /// Up to 40 positions, so that blocks of 16 queries and whole lanes come out even and uneven.
    init(_ random: inout RandomStream) {
      self.init(channels: random.count(1...12), positions: random.count(1...40), &random)
    }

    var positions: Int { q.view.columns }
    var channels: Int { q.view.rows }
    var isIntact: Bool {
      [q, k, v, scores, attention, out, dOut, dAttention, dScores, turned, dq, dk, dv].allSatisfy(\.isIntact)
    }

    func forward() {
      attend(
        q: q.view, k: k.view, v: v.view, scores: scores.view, attention: attention.view, into: out.view)
    }

    func backward() {
      let qRows = q.turned
      attendBackward(
        dOut.view, q: qRows.view, k: k.view, v: v.view, attention: attention.view, dAttention: dAttention.view,
        dScores: dScores.view, turned: turned.view, dq: dq.view, dk: dk.view, dv: dv.view)
    }

    func shares(of query: Int) -> [Float] { (0..<positions).map { attention.view[$0, query] } }
  }

  @Test func looksBackOverTwoPositions() {
    var random = RandomStream(case: 0)
    let head = Head(channels: 1, positions: 2, &random)
    for (matrix, values) in [(head.q, [5, 1]), (head.k, [0, log(3)]), (head.v, [4, 8])] as [(PaddedMatrix, [Float])] {
      // Of one channel: a row or a column, the numbers stand in the same order.
      for t in 0..<2 { matrix.view[min(t, matrix.view.rows - 1), min(t, matrix.view.columns - 1)] = values[t] }
    }
    head.forward()
    #expect(head.shares(of: 0) == [1, 0])
    #expect(head.shares(of: 1).distance(to: [0.25, 0.75]) <= 1e-7)
    #expect(head.out.values.distance(to: [4, 7]) <= 1e-6)
  }

  /// Queries so large that shares reach down to where `exponential` ends: processors are slow with subnormal numbers.
  @Test(arguments: 0..<40)
  func nothingIsSubnormal(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(channels: 4, positions: 40, &random)
    for c in 0..<head.channels { for t in 0..<head.positions { head.q.view[c, t] *= 40 } }
    head.forward()
    head.backward()
    #expect(head.attention.values.contains { $0 > 0 && $0 < 1e-15 })
    for made in [head.attention, head.out, head.dScores, head.dq, head.dk, head.dv] {
      #expect(!made.values.contains { $0.isSubnormal })
    }
  }

  @Test func scoresAreScaledByTheRootOfTheChannels() {
    var random = RandomStream(case: 1)
    let head = Head(channels: 4, positions: 2, &random)
    head.forward()
    let product = (0..<4).reduce(Float.zero) { $0 + head.k.view[0, $1] * head.q.view[$1, 1] }
    #expect(head.scores.view[0, 1] == product / 2)
  }

  /// The sums of the kernel's comment, one number at a time.
  @Test(arguments: 0..<50)
  func isThePlainFormula(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(&random)
    head.forward()
    let scale = Float(1 / Double(head.channels).squareRoot())
    for t in 0..<head.positions {
      let scores = (0...t).map { s in
        (0..<head.channels).reduce(Float.zero) { $0 + head.k.view[s, $1] * head.q.view[$1, t] } * scale
      }
      let top = scores.max() ?? .nan
      let powers = scores.map { exponential(Lanes(repeating: $0 - top))[0] }
      let inverse = 1 / powers.reduce(0, +)
      let shares = powers.map { $0 * inverse }
      #expect(Array(head.shares(of: t)[...t]).bits == shares.bits, "shares of query \(t)")
      let out = (0..<head.channels).map { d in (0...t).reduce(Float.zero) { $0 + head.v.view[$1, d] * shares[$1] } }
      #expect(out.bits == (0..<head.channels).map { head.out.view[$0, t] }.bits, "output of query \(t)")
    }
    #expect(head.isIntact)
  }

  @Test(arguments: 0..<50)
  func backwardIsThePlainFormula(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(&random)
    head.forward()
    head.backward()
    let (channels, positions) = (head.channels, head.positions)
    let scale = Float(1 / Double(channels).squareRoot())
    var dScores = Array(repeating: Array(repeating: Float.zero, count: positions), count: positions)
    for t in 0..<positions {
      let dShares = (0...t).map { s in
        (0..<channels).reduce(Float.zero) { $0 + head.v.view[s, $1] * head.dOut.view[$1, t] }
      }
      let mean = (0...t).reduce(Float.zero) { $0 + dShares[$1] * head.attention.view[$1, t] }
      for s in 0...t { dScores[s][t] = (dShares[s] - mean) * head.attention.view[s, t] * scale }
    }
    // Masked places add ±0 to sums that are never -0, so compare by value, not by sign of zero.
    func product(_ a: PaddedMatrix, _ b: (Int, Int) -> Float) -> [Float] {
      (0..<channels).flatMap { d in
        (0..<positions).map { i in (0..<positions).reduce(Float.zero) { $0 + a.view[d, $1] * b(i, $1) } }
      }
    }
    #expect(head.dScores.values == dScores.flatMap { $0 })
    #expect(head.dq.values == product(head.k.turned) { t, s in dScores[s][t] })
    #expect(head.dk.values == product(head.q) { s, t in dScores[s][t] })
    #expect(head.dv.values == product(head.dOut) { s, t in head.attention.view[s, t] })
    #expect(head.isIntact)
  }

  /// Heads of eight, sixteen and twenty-four channels beside the same numbers in the general form.
  @Test(arguments: 0..<60)
  func channelsByEightsHaveTheSameBits(seed: Int) {
    var random = RandomStream(case: seed)
    let channels = 8 * (1 + seed % 3)
    let head = Head(channels: channels, positions: random.count(1...40), &random)
    head.forward()
    head.backward()
    let (positions, qRows, dRows) = (head.positions, head.q.turned, head.dOut.turned)
    func square() -> PaddedMatrix { PaddedMatrix(rows: positions, columns: positions) }
    let (scores, attention, dAttention, dScores) = (square(), square(), square(), square())
    func turned() -> PaddedMatrix { PaddedMatrix(rows: channels, columns: positions) }
    func rows() -> PaddedMatrix { PaddedMatrix(rows: positions, columns: channels) }
    let (out, dq, dk, dv) = (turned(), turned(), rows(), rows())
    attendByEights(
      q: head.q.view, k: head.k.view, v: head.v.view, scores: scores.view, attention: attention.view, into: out.view)
    attendBackwardByEights(
      head.dOut.view, rows: dRows.view, q: qRows.view, k: head.k.view, v: head.v.view, attention: attention.view,
      dAttention: dAttention.view, dScores: dScores.view, dq: dq.view, dk: dk.view, dv: dv.view)
    for (made, expected) in [
      (attention, head.attention), (out, head.out), (dScores, head.dScores), (dq, head.dq), (dk.turned, head.dk),
      (dv.turned, head.dv),
    ] {
      #expect(made.values.bits == expected.values.bits)
    }
    for t in 0..<positions {
      for (made, expected) in [(scores, head.scores), (dAttention, head.dAttention)] {
        #expect((0...t).map { made.view[$0, t] }.bits == (0...t).map { expected.view[$0, t] }.bits)
      }
    }
    #expect([scores, attention, dAttention, dScores, out, dq, dk, dv].allSatisfy(\.isIntact) && head.isIntact)
  }

  @Test(arguments: 0..<50)
  func causalMaskHidesTheFuture(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(channels: random.count(1...8), positions: random.count(2...40), &random)
    head.forward()
    let before = head.out.copy()
    let cut = random.count(1...head.positions - 1)
    for t in cut..<head.positions {
      for matrix in [head.q.view, head.k.view.transposed, head.v.view.transposed] {
        for d in 0..<head.channels { matrix[d, t] = 100 * Float(random.normal()) }
      }
    }
    head.forward()
    #expect(head.out.view.columns(0, cut).values.bits == before.view.columns(0, cut).values.bits)
    #expect(head.out.view.columns(cut, 1).values.bits != before.view.columns(cut, 1).values.bits)
  }

  @Test(arguments: 0..<50)
  func sharesSumToOneAndMaskedOnesAreExactlyZero(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(&random)
    head.forward()
    head.backward()
    for t in 0..<head.positions {
      let shares = head.shares(of: t)
      #expect(abs(shares.reduce(0) { $0 + Double($1) } - 1) <= 5e-7)
      #expect(shares[...t].allSatisfy { $0 >= 0 } && shares[(t + 1)...].allSatisfy { $0 == 0 })
      #expect((t + 1..<head.positions).allSatisfy { head.dScores.view[$0, t] == 0 })
    }
  }

  /// Not even a score that overflows may reach a query from the future.
  @Test func masksHugeScoresOfTheFuture() {
    var random = RandomStream(case: 2)
    let head = Head(channels: 2, positions: 6, &random)
    for d in 0..<2 { head.k.view[5, d] = 3e38 }
    head.forward()
    #expect(head.out.view.columns(0, 5).values.allSatisfy { $0.isFinite })
    for t in 0..<5 { #expect(head.attention.view[5, t] == 0) }
  }

  @Test(arguments: 0..<50)
  func gradientsOfQueriesKeysAndValuesAgreeWithDifferences(seed: Int) {
    var random = RandomStream(case: seed)
    let head = Head(channels: random.count(2...12), positions: random.count(2...40), &random)
    head.forward()
    head.backward()
    for (values, gradient) in [(head.q, head.dq), (head.k, head.dk.turned), (head.v, head.dv.turned)] {
      GradientCheck(parts: [.init(values: values.view, gradient: gradient.view)]) {
        head.forward()
        return head.out.view.weightedSum(head.dOut.view)
      }.expectAgreement(seed: seed, random: 3e-3, aligned: 3e-4)
    }
  }
}
