/// ln x within 2 ulp, for positive normal x; not a number for anything below.
///
/// x = 2ᵏ (1 + f) with √½ < 1 + f ≤ √2 and s = f / (2 + f): ln(1 + f) = 2 (s + s³/3 + s⁵/5 + …) = f - s (f - R), where
/// R = 2 (s²/3 + s⁴/5 + …). f is exact, so the first term carries no error; k ln 2 is added in two parts.
package func logarithm(_ x: Double) -> Double {
  guard x >= Double.leastNormalMagnitude else { return .nan }
  guard x < Double.infinity else { return x }
  var exponent = Int(truncatingIfNeeded: x.bitPattern >> 52) &- 1023
  var mantissa = Double(bitPattern: x.bitPattern & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
  if mantissa > 1.4142135623730951 {
    mantissa *= 0.5
    exponent &+= 1
  }
  let f = mantissa - 1
  let s = f / (2 + f)
  let s2 = s * s
  var series = 2.0 / 23
  series = series * s2 + 2.0 / 21
  series = series * s2 + 2.0 / 19
  series = series * s2 + 2.0 / 17
  series = series * s2 + 2.0 / 15
  series = series * s2 + 2.0 / 13
  series = series * s2 + 2.0 / 11
  series = series * s2 + 2.0 / 9
  series = series * s2 + 2.0 / 7
  series = series * s2 + 2.0 / 5
  series = series * s2 + 2.0 / 3
  let k = Double(exponent)
  let ln2High = 6.93147180369123816490e-01  // the upper 32 bits: k · ln2High is exact
  let ln2Low = 1.90821492927058770002e-10
  return k * ln2High - ((s * (f - series * s2) - k * ln2Low) - f)
}
