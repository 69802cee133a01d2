/// SplitMix64: 64 random bits a call from 64 bits of state.
///
/// - Note: Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
package struct RandomStream {
  /// What a stream of random numbers is for: each purpose draws numbers of its own from the one seed.
  package enum Purpose: UInt64 {
    /// Initial weights; the index is the tensor's place in the table.
    case weights = 1
    /// The order of the names.
    case order = 2
    /// Generated names; the index is the name's.
    case names = 3
  }

  private var state: UInt64
  private var spare: Double?

  /// The numbers that `seed` has for `index` of `purpose`: independent of all others.
  package init(seed: UInt32, _ purpose: Purpose, index: Int = 0) {
    state = mixed(mixed(mixed(UInt64(seed)) ^ purpose.rawValue) ^ UInt64(index))
  }

  package mutating func next() -> UInt64 {
    defer { state &+= goldenGamma }
    return mixed(state)
  }

  /// 24 bits: 0 ≤ u < 1.
  package mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A whole number in 0 ..< bound.
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max >> 1), "RandomStream: bound must fit 31 bits")
    return Int(((next() >> 32) &* UInt64(bound)) >> 32)
  }

  /// A deviate of the normal distribution with mean 0 and standard deviation 1, by the polar method.
  ///
  /// - Note: Source: Marsaglia & Bray 1964, "A convenient method for generating normal variables".
  package mutating func normal() -> Double {
    if let deviate = spare {
      spare = nil
      return deviate
    }
    while true {
      let a = 2 * Double(uniform()) - 1
      let b = 2 * Double(uniform()) - 1
      let s = a * a + b * b
      guard s > 0 && s < 1 else { continue }
      let factor = squareRoot(-2 * logarithm(s) / s)
      spare = b * factor
      return a * factor
    }
  }
}

/// 2⁶⁴ divided by the golden ratio, odd.
private let goldenGamma: UInt64 = 0x9E37_79B9_7F4A_7C15

/// What SplitMix64 returns in state x.
private func mixed(_ x: UInt64) -> UInt64 {
  var z = x &+ goldenGamma
  z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
  return z ^ z >> 31
}
