/// Attention of names that run side by side and began at different times, one query each.
///
/// Keys and values are kept by time: all names write to the same slot of a ring, and the ring is as long as the context. The
/// names of one vector look back over as many slots as the longest of them needs; what lies before a name's own beginning has
/// a share of exactly 0 and adds exactly 0, whatever an earlier name left there.
struct LookBack {
  let config: Config
  /// (1, width).
  let positions: Matrix
  /// (blockSize, width): all bits set where the slot belongs to the name, none where to an earlier one; oldest slot first.
  let isOwn: Matrix
  /// (blockSize, width): attention of one head, oldest slot first.
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
      let count = Int(largestLane(position)) &+ 1
      // The line of the slot in which each name began.
      let begin = Float(count &- 1) - position
      let all = lanes(bits: LaneBits(repeating: -1))
      for s in 0..<count { isOwn.store(all.replacing(with: 0, where: begin .> Float(s)), s, name) }
      let oldest = slot &+ 1 &- count
      let first = oldest < 0 ? oldest &+ config.blockSize : oldest
      let slots = cache.slice(start(name), config.blockSize &* slotStride)
      for head in 0..<config.nHead {
        attend(q, slots, head &* config.headDim, name, from: first, count, begin, into: out)
      }
    }
  }

  /// One head of the names of one vector, over `count` slots from `first` on, of which the name's own are those from `begin` on.
  @inline(always)
  private func attend(
    _ q: Matrix, _ slots: Floats, _ channel: Int, _ name: Int, from first: Int, _ count: Int, _ begin: Lanes,
    into out: Matrix
  ) {
    let (slotStride, headDim) = (slotStride, config.headDim)
    let rootScale = inverseRoot(headDim)
    var top = Lanes(repeating: -.infinity)
    var at = first &* slotStride &+ channel &* laneCount
    for s in 0..<count {
      var score = Lanes.zero
      for d in 0..<headDim { score += q.lanes(channel &+ d, name) * slots.lanes(at: at &+ d &* laneCount) }
      score *= rootScale
      score.replace(with: -.infinity, where: begin .> Float(s))
      shares.store(score, s, name)
      top = larger(top, score)
      at &+= slotStride
      if at >= slots.count { at &-= slots.count }
    }
    var sum = Lanes.zero
    for s in 0..<count {
      let share = exponential(shares.lanes(s, name) - top)
      shares.store(share, s, name)
      sum += share
    }
    let inverse = 1 / sum
    for s in 0..<count { shares.store(shares.lanes(s, name) * inverse, s, name) }
    for d in 0..<headDim {
      var mixed = Lanes.zero
      var at = first &* slotStride &+ (config.nEmbd &+ channel &+ d) &* laneCount
      for s in 0..<count {
        let value = lanes(bits: bits(slots.lanes(at: at)) & bits(isOwn.lanes(s, name)))
        mixed += value * shares.lanes(s, name)
        at &+= slotStride
        if at >= slots.count { at &-= slots.count }
      }
      out.store(mixed, channel &+ d, name)
    }
  }
}
