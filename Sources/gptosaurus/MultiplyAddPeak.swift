/// The most that one core can do with short vectors: as many multiplications and additions as fit, on
/// numbers that never leave their registers.
enum MultiplyAddPeak {
  typealias Vector = SIMD4<Float>

  /// Independent chains of `a = a * x + y`: enough that none waits for its own last result.
  static let chains = 12
  /// Floating-point operations of one round: a product and a sum for each lane of each chain.
  static let operationsPerRound = Double(chains * Vector.scalarCount * 2)

  /// Runs the chains `rounds` times.
  ///
  /// - Parameters:
  ///   - rounds: how often.
  ///   - start: where the chains start: the result of the call before, so that no call can be left out.
  /// - Returns: a number that depends on every operation.
  @inline(never)
  static func run(rounds: Int, from start: Float) -> Float {
    let x = Vector(repeating: 0.999)
    let y = Vector(repeating: 0.001)
    var a = Vector(0, 1, 2, 3) + start, b = a + 1, c = a + 2, d = a + 3
    var e = a + 4, f = a + 5, g = a + 6, h = a + 7
    var i = a + 8, j = a + 9, k = a + 10, l = a + 11
    for _ in 0..<rounds {
      a = a * x + y
      b = b * x + y
      c = c * x + y
      d = d * x + y
      e = e * x + y
      f = f * x + y
      g = g * x + y
      h = h * x + y
      i = i * x + y
      j = j * x + y
      k = k * x + y
      l = l * x + y
    }
    let sum = ((a + b) + (c + d)) + ((e + f) + (g + h)) + ((i + j) + (k + l))
    return sum[0] + sum[1] + sum[2] + sum[3]
  }
}
