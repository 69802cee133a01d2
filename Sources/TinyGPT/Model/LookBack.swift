/// Attention of names that run side by side and began at different times, one query each.
///
/// The first slots hold keys and values of what all names begin with. The others are a ring, filled by time: all names write
/// to the same slot. The names of one vector look back over as much of the ring as the longest of them needs; what lies there
/// before a name's own beginning has a share of exactly 0 and adds exactly 0, whatever an earlier name left there.
struct LookBack {
  let config: Config
  /// Slots that all names have in common.
  let common: Int
  /// (1, width): where each name is, `common` or more, unless nobody reads it.
  let positions: Matrix
  /// (blockSize, width): attention of one head, a row for each slot that is looked at.
  let shares: Matrix

  /// Floats that one name needs for the keys and values of a slot: one more than there are, as slots that are a power of two
  /// apart would fall into the same few lines of a processor's nearest cache.
  static func slotCount(_ config: Config) -> Int { 2 &* config.nEmbd &+ 1 }

  /// From one slot to the next: each vector of names has its slots side by side.
  private var slotStride: Int { LookBack.slotCount(config) &* laneCount }

  /// Where the slots of the vector that begins with name `name` start.
  private func start(_ name: Int) -> Int { name &* LookBack.slotCount(config) &* config.blockSize }

  /// Keeps keys and values, (2C, width).
  func keep(_ keysAndValues: Matrix, in cache: Floats, slot: Int) {
    forEachLanes(of: positions) { _, name in
      var at = start(name) &+ slot &* slotStride
      for c in 0..<keysAndValues.rows {
        cache.store(keysAndValues.lanes(c, name), at: at)
        at &+= laneCount
      }
    }
  }

  /// All heads' looks back, as ``TinyGPT/attend(q:k:v:scores:attention:into:)``.
  ///
  /// - Parameters:
  ///   - q: queries, (C, width).
  ///   - cache: the layer's keys and values.
  ///   - slot: the newest.
  ///   - out: output, (C, width).
  func attend(_ q: Matrix, _ cache: Floats, slot: Int, into out: Matrix) {
    forEachLanes(of: positions) { _, name in
      let position = positions.lanes(0, name)
      let ringCount = Int(largestLane(position)) &+ 1 &- common
      let oldest = slot &+ 1 &- ringCount
      let view = Slots(
        floats: cache.slice(start(name), config.blockSize &* slotStride), stride: slotStride, common: common,
        first: oldest < common ? oldest &+ config.blockSize &- common : oldest, count: common &+ ringCount,
        begin: Float(common &+ ringCount &- 1) - position)
      for head in 0..<config.nHead { attend(q, view, head &* config.headDim, name, into: out) }
    }
  }

  /// The slots that the names of one vector look back at: the common ones, then those of the ring, oldest first.
  private struct Slots {
    let floats: Floats
    let stride: Int
    let common: Int
    /// The oldest of the ring.
    let first: Int
    let count: Int
    /// In which of the ring's slots, counted from there, each name began.
    let begin: Lanes

    /// Row after row: where a channel stands, and which names began later.
    @inline(always)
    func forEach(_ channel: Int, _ body: (_ s: Int, _ at: Int, _ isOther: SIMDMask<LaneBits>) -> Void) {
      var at = channel &* laneCount
      var line = Lanes(repeating: .infinity)
      for s in 0..<count {
        if s == common {
          at = first &* stride &+ channel &* laneCount
          line = .zero
        }
        body(s, at, begin .> line)
        line += 1
        at &+= stride
        if at >= floats.count { at &-= floats.count &- common &* stride }
      }
    }
  }

  /// One head of the names of one vector.
  @inline(always)
  private func attend(_ q: Matrix, _ slots: Slots, _ channel: Int, _ name: Int, into out: Matrix) {
    let end = channel &+ config.headDim
    let eights = channel &+ config.headDim & ~7
    var c = channel
    while c < eights {
      addProducts(8, q, slots, c, name, isFirst: c == channel)
      c &+= 8
    }
    while c < end {
      addProducts(1, q, slots, c, name, isFirst: c == channel)
      c &+= 1
    }
    let rootScale = inverseRoot(config.headDim)
    var top = Lanes(repeating: -.infinity)
    slots.forEach(0) { s, _, isOther in
      let score = (shares.lanes(s, name) * rootScale).replacing(with: -.infinity, where: isOther)
      shares.store(score, s, name)
      top = larger(top, score)
    }
    var sum = Lanes.zero
    for s in 0..<slots.count {
      let share = exponential(shares.lanes(s, name) - top)
      shares.store(share, s, name)
      sum += share
    }
    let inverse = 1 / sum
    c = channel
    while c < eights {
      mix(8, slots, inverse, c, name, into: out)
      c &+= 8
    }
    while c < end {
      mix(1, slots, inverse, c, name, into: out)
      c &+= 1
    }
  }

  /// scores[s] += ∑ q[c] k[s][c] over `count` channels, 1 or 8, a constant at each call; with the first ones scores are 0 yet.
  @inline(always)
  private func addProducts(_ count: Int, _ q: Matrix, _ slots: Slots, _ c: Int, _ name: Int, isFirst: Bool) {
    @inline(always) func query(_ i: Int) -> Lanes { i < count ? q.lanes(c &+ i, name) : .zero }
    let (q0, q1, q2, q3) = (query(0), query(1), query(2), query(3))
    let (q4, q5, q6, q7) = (query(4), query(5), query(6), query(7))
    slots.forEach(c) { s, at, _ in
      @inline(always) func key(_ i: Int) -> Lanes { slots.floats.lanes(at: at &+ i &* laneCount) }
      var score = (isFirst ? .zero : shares.lanes(s, name)) + q0 * key(0)
      if count == 8 {
        score += q1 * key(1)
        score += q2 * key(2)
        score += q3 * key(3)
        score += q4 * key(4)
        score += q5 * key(5)
        score += q6 * key(6)
        score += q7 * key(7)
      }
      shares.store(score, s, name)
    }
  }

  /// out[c] = ∑ₛ v[s][c] share[s] for `count` channels, 1 or 8, a constant at each call.
  @inline(always)
  private func mix(_ count: Int, _ slots: Slots, _ inverse: Lanes, _ c: Int, _ name: Int, into out: Matrix) {
    var m0 = Lanes.zero, m1 = Lanes.zero, m2 = Lanes.zero, m3 = Lanes.zero
    var m4 = Lanes.zero, m5 = Lanes.zero, m6 = Lanes.zero, m7 = Lanes.zero
    slots.forEach(config.nEmbd &+ c) { s, at, isOther in
      let share = shares.lanes(s, name) * inverse
      @inline(always) func term(_ i: Int) -> Lanes {
        slots.floats.lanes(at: at &+ i &* laneCount).replacing(with: 0, where: isOther) * share
      }
      m0 += term(0)
      if count == 8 {
        m1 += term(1)
        m2 += term(2)
        m3 += term(3)
        m4 += term(4)
        m5 += term(5)
        m6 += term(6)
        m7 += term(7)
      }
    }
    out.store(m0, c, name)
    if count == 8 {
      out.store(m1, c &+ 1, name)
      out.store(m2, c &+ 2, name)
      out.store(m3, c &+ 3, name)
      out.store(m4, c &+ 4, name)
      out.store(m5, c &+ 5, name)
      out.store(m6, c &+ 6, name)
      out.store(m7, c &+ 7, name)
    }
  }
}
