/// log₂ x of each lane, within 2e-14 or 2 ulp, for positive normal x; some finite number for 0, and for subnormal x, so that
/// x log₂ x is 0 or vanishes there. Powers of two are exact.
///
/// x = 2ᵏ m with √½ ≤ m < √2 and s = (m - 1) / (m + 1), |s| ≤ 3 - √8: log₂ m = 2 / ln 2 · (s + s³/3 + s⁵/5 + …). The series is
/// a polynomial of degree 5 in s², near the minimax one.
@inline(__always)
package func binaryLogarithm(_ x: SIMD4<Double>) -> SIMD4<Double> {
  // 1 / √½ in bits is added, so that the exponent moves up at √½ times a power of two: k + 1023.
  let moved = bits(x) &+ 0x0009_5F61_9980_C433
  let exponent = moved &>> 52
  let m = lanes(bits: (moved & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
  // In the low digits of 2⁵² a whole number stands as it is.
  let k = lanes(bits: exponent | 0x4330_0000_0000_0000) - (0x1p52 + 1023)
  let s = (m - 1) / (m + 1)
  let s2 = s * s
  let s4 = s2 * s2
  let low = 2.885390081777851 + s2 * 0.9617966941122649
  let middle = 0.5770779426603044 + s2 * 0.41220922406110433
  let high = 0.31990680380701336 + s2 * 0.28288502340748234
  return k + s * (low + s4 * (middle + s4 * high))
}

@inline(__always)
private func bits(_ x: SIMD4<Double>) -> SIMD4<UInt64> {
  SIMD4(x[0].bitPattern, x[1].bitPattern, x[2].bitPattern, x[3].bitPattern)
}

@inline(__always)
private func lanes(bits: SIMD4<UInt64>) -> SIMD4<Double> {
  SIMD4(
    Double(bitPattern: bits[0]), Double(bitPattern: bits[1]), Double(bitPattern: bits[2]), Double(bitPattern: bits[3]))
}
