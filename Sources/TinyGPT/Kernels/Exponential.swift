/// eˣ of each lane, within 2 ulp for -50 ≤ x ≤ 88; below that exactly 0.
///
/// A share of e⁻⁵⁰ is nothing beside the largest, which is e⁰. But products with shares down to e⁻⁸⁷ can be subnormal,
/// and processors are far slower with those.
///
/// x = n ln 2 + r with |r| ≤ ln 2 / 2; eˣ = 2ⁿ (1 + r + r² q(r)). q is the minimax polynomial of degree 4 for the relative
/// error of the whole (3.1e-9); ln 2 is split in two so that n · ln2High is exact.
@inline(__always)
package func exponential(_ x: Lanes) -> Lanes {
  // Adding and taking away 1.5 · 2²³ rounds to the nearest whole number, ties to even, in every rounding unit.
  let shifted = x * 1.442695 + 12_582_912
  let whole = shifted - 12_582_912
  let r = (x - whole * 0.693359375) + whole * 2.1219444e-4
  var q = Lanes(repeating: 0.001381455)
  q = q * r + 0.008368745
  q = q * r + 0.04166839
  q = q * r + 0.16666521
  q = q * r + 0.49999994
  let mantissa = (q * (r * r) + r) + 1
  // The low bits of `shifted` hold n; moved to the exponent they are 2ⁿ.
  let power = lanes(bits: (bits(shifted) &- 0x4B40_0000 &+ 127) &<< 23)
  let result = mantissa * power
  return result.replacing(with: 0, where: x .< -50)
}
