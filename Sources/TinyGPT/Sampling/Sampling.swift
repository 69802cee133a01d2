/// How the dice choose among what the model holds possible: temperature first, then top-k, then top-p.
public struct Sampling: Equatable, Sendable {
  /// Every score is divided by it; 0 takes the most probable letter.
  public var temperature: Float = 0.8
  /// Only the k most probable letters; nil for all.
  public var topK: Int?
  /// Only the most probable letters that together reach this share; nil for all.
  public var topP: Float?
  /// Letters that every name starts with.
  public var prefix: [UInt32] = []

  public init() {}

  /// What is wrong with the settings, or nil.
  package var problem: SamplingError? {
    if !(temperature >= 0 && temperature.isFinite) { return .temperature(temperature) }
    if let topK, topK < 1 { return .topK(topK) }
    if let topP, !(topP > 0 && topP <= 1) { return .topP(topP) }
    return nil
  }
}

/// Why settings can't be sampled with.
public enum SamplingError: Error, Equatable, Sendable {
  /// Negative or not a number.
  case temperature(Float)
  /// Below 1.
  case topK(Int)
  /// Not above 0 and at most 1.
  case topP(Float)
}

/// A name that a model made up.
public struct GeneratedName: Equatable, Sendable {
  /// The letters, prefix included.
  public let letters: [UInt32]
  /// Whether the model ended it; false where the context did.
  public let ended: Bool
  /// Nats at temperature 1 without cut-offs, of the letters after the prefix and of END if it came.
  public let logProbability: Double
}

/// Picks one outcome from a column of scores, or says what share of the rolls each would get.
package struct Sampler {
  let temperature: Float
  let topK: Int
  let topP: Float
  /// Shares of the outcomes, and outcomes ordered by share where a cut-off asks for it.
  private var shares: [Float]
  private var ranked: [UInt64] = []
  /// The sum of the shares, in the order of ids.
  private var total: Float = 0

  package init(_ sampling: Sampling, outcomes: Int) {
    temperature = sampling.temperature
    topK = sampling.topK ?? outcomes
    topP = sampling.topP ?? 1
    shares = Array(repeating: 0, count: outcomes)
  }

  /// Whether more than a temperature above 0 decides what is picked: without, ``Drawing`` picks the same.
  package var hasCutOffs: Bool { !(temperature > 0) || topK < shares.count || topP < 1 }

  /// The first outcome, by id, whose cumulative probability exceeds `u`.
  ///
  /// - Parameters:
  ///   - logits: (V, names).
  ///   - column: the name's column of scores.
  ///   - u: the roll of the dice, 0 ≤ u < 1.
  /// - Returns: the outcome's id.
  package mutating func pick(_ logits: Matrix, column: Int, u: Float) -> Int {
    weigh(logits, column: column)
    return pick(u: u)
  }

  /// The same for the scores that were weighed last.
  package func pick(u: Float) -> Int {
    var cumulative: Float = 0
    var last = 0
    for id in shares.indices where shares[id] > 0 {
      cumulative += shares[id]
      last = id
      if cumulative > u * total { return id }
    }
    return last
  }

  /// The share of the rolls that ``pick(_:column:u:)`` gives to each outcome, by id.
  package mutating func shares(_ logits: Matrix, column: Int) -> [Float] {
    weigh(logits, column: column)
    return shares.map { $0 / total }
  }

  /// Weighs the outcomes by temperature, top-k and top-p.
  package mutating func weigh(_ logits: Matrix, column: Int) {
    if temperature > 0 {
      computeShares(logits, column)
      if topK < shares.count || topP < 1 { cutOff() }
    } else {
      // The lowest id of the highest score.
      var best = 0
      for id in 1..<shares.count where logits[id, column] > logits[best, column] { best = id }
      for id in shares.indices { shares[id] = id == best ? 1 : 0 }
    }
    total = 0
    for share in shares { total += share }
  }

  /// e^((z - max z) / temperature): shares but for a common factor. The largest is taken away first, so that no temperature
  /// makes scores infinite.
  private mutating func computeShares(_ logits: Matrix, _ column: Int) {
    var top = -Float.infinity
    for id in shares.indices { top = max(top, logits[id, column]) }
    var id = 0
    while id < shares.count {
      var z = Lanes(repeating: -.infinity)
      for lane in 0..<min(laneCount, shares.count &- id) { z[lane] = (logits[id &+ lane, column] - top) / temperature }
      let e = exponential(z)
      for lane in 0..<min(laneCount, shares.count &- id) { shares[id &+ lane] = e[lane] }
      id &+= laneCount
    }
  }

  /// Sets the shares of all but the k most probable outcomes, then of all past the top-p ones, to 0. Ties go by id.
  private mutating func cutOff() {
    // The bits of positive floats ascend with them: turned around above the id they sort by share, then id.
    ranked = shares.indices.map { UInt64(~shares[$0].bitPattern) << 32 | UInt64($0) }
    ranked.sort()
    for key in ranked.dropFirst(topK) { shares[id(key)] = 0 }
    guard topP < 1 else { return }
    var total: Float = 0
    for key in ranked { total += shares[id(key)] }
    var cumulative: Float = 0
    for key in ranked {
      let isReached = cumulative >= topP * total
      cumulative += shares[id(key)]
      if isReached { shares[id(key)] = 0 }
    }
  }

  /// The outcome of a key of ``ranked``.
  private func id(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key & 0xFFFF_FFFF) }
}
