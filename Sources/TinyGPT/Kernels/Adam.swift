/// The numbers that one update of Adam needs: all derived in double from the number of the update, then rounded once.
package struct AdamCoefficients {
  /// lr √(1 - β₂ᵗ) / (1 - β₁ᵗ): the learning rate with both bias corrections.
  package let rate: Float
  /// ε √(1 - β₂ᵗ), ε = 1e-8.
  package let epsilon: Float
  let beta1: Float, rest1: Float
  let beta2: Float, rest2: Float
}

/// What Adam needs beside weights and gradients.
package struct Optimizer {
  /// First and second moments, in the shape of the weights.
  let m: Floats
  let v: Floats
  let coefficients: AdamCoefficients
}

/// One update of Adam with bias correction, element by element:
///
///     m = β₁ m + (1 - β₁) g
///     v = β₂ v + (1 - β₂) g²
///     p = p - rate · m / (√v + ε)
///
/// A moment below 2⁻¹⁰⁰ in magnitude is stored as 0: the moments of dead units would decay into subnormals, stay there and
/// slow every later step.
///
/// - Parameters:
///   - p: parameters: blocks of one shape, padded to whole lanes with zeros.
///   - m: first moments.
///   - v: second moments.
///   - g: gradients, or nil for zeros.
///   - coefficients: of this update.
///   - updated: where the new p goes: `p` itself to train, another block to ask what would change.
///   - keepMoments: whether m and v are stored.
///   - isFar: whether p, m and v may come from a far cache: what is read next is asked for.
/// - Note: Source: Kingma & Ba 2015, arXiv:1412.6980, with both corrections folded into `rate` and `ε`.
package func adam(
  _ p: Floats, m: Floats, v: Floats, g: Floats?, _ coefficients: AdamCoefficients, into updated: Floats,
  keepMoments: Bool, isFar: Bool = false
) {
  precondition(m.count == p.count && v.count == p.count && (g?.count ?? p.count) == p.count && updated.count == p.count)
  precondition(p.count % laneCount == 0, "adam: blocks must be padded to whole lanes")
  let coefficients = AdamLaneCoefficients(coefficients)
  // Processors guess what is read next within a page of 4 KB; this is as far ahead.
  let ahead = 1_024
  // Two loops: a question about gradients in each turn of one would cost some hundredths of its time.
  @inline(always) func update(_ gradient: (_ at: Int) -> Lanes) {
    var i = 0
    while i < p.count {
      if isFar && i % 16 == 0 {
        p.prefetch(at: i &+ ahead)
        m.prefetch(at: i &+ ahead)
        v.prefetch(at: i &+ ahead)
      }
      let new = AdamLanes(p.lanes(at: i), m: m.lanes(at: i), v: v.lanes(at: i), g: gradient(i), coefficients)
      updated.store(new.p, at: i)
      if keepMoments {
        m.store(new.m, at: i)
        v.store(new.v, at: i)
      }
      i &+= laneCount
    }
  }
  if let g { update { g.lanes(at: $0) } } else { update { _ in .zero } }
}

/// A few parameters and their moments after one update of Adam.
struct AdamLanes {
  let p: Lanes
  let m: Lanes
  let v: Lanes

  @inline(always)
  init(_ p: Lanes, m: Lanes, v: Lanes, g: Lanes, _ coefficients: AdamLaneCoefficients) {
    let newM = coefficients.flushed(m * coefficients.beta1 + g * coefficients.rest1)
    let newV = coefficients.flushed(nonnegative: v * coefficients.beta2 + g * g * coefficients.rest2)
    self.p = p - newM * coefficients.rate / (squareRoot(newV) + coefficients.epsilon)
    self.m = newM
    self.v = newV
  }
}

/// ``AdamCoefficients``, each in every lane.
struct AdamLaneCoefficients {
  let rate: Lanes
  let epsilon: Lanes
  let beta1: Lanes, rest1: Lanes
  let beta2: Lanes, rest2: Lanes
  /// The least magnitude of a moment that is kept: 2⁻¹⁰⁰.
  let least: Lanes
  /// All bits but the sign.
  let magnitude: LaneBits

  @inline(always)
  init(_ coefficients: AdamCoefficients) {
    rate = Lanes(repeating: coefficients.rate)
    epsilon = Lanes(repeating: coefficients.epsilon)
    beta1 = Lanes(repeating: coefficients.beta1)
    rest1 = Lanes(repeating: coefficients.rest1)
    beta2 = Lanes(repeating: coefficients.beta2)
    rest2 = Lanes(repeating: coefficients.rest2)
    least = Lanes(repeating: 0x1p-100)
    magnitude = LaneBits(repeating: 0x7FFF_FFFF)
  }

  /// x, or 0 where |x| < 2⁻¹⁰⁰.
  @inline(always)
  func flushed(_ x: Lanes) -> Lanes { x.replacing(with: Lanes.zero, where: lanes(bits: bits(x) & magnitude) .< least) }

  /// The same of an x that is never negative.
  @inline(always)
  func flushed(nonnegative x: Lanes) -> Lanes { x.replacing(with: Lanes.zero, where: x .< least) }
}
