// The yardstick for one core: as many multiplications and additions as fit, on numbers that never leave their registers.

/// Independent chains of `a = a · x + y`: enough that none waits for its own last result.
private let chains = 12

/// Runs the chains `rounds` times, in the lanes of this module's vectors.
///
/// - Parameters:
///   - rounds: how often.
///   - start: where the chains start: the result of the call before, so that no call can be left out.
/// - Returns: a number that depends on every operation; it stays finite, as the chains converge.
@inline(never)
package func multiplyAddPeak(rounds: Int, from start: Float) -> Float {
  let x = Lanes(repeating: 0.999)
  let y = Lanes(repeating: 0.001)
  var a = Lanes(repeating: start)
  for lane in 0..<laneCount { a[lane] += Float(lane) }
  var b = a + 1, c = a + 2, d = a + 3, e = a + 4, f = a + 5
  var g = a + 6, h = a + 7, i = a + 8, j = a + 9, k = a + 10, l = a + 11
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
  var total: Float = 0
  for lane in 0..<laneCount { total += sum[lane] }
  return total
}

/// Floating-point operations of one round: a product and a sum for each lane of each chain.
package var multiplyAddOperations: Int { chains &* 2 &* laneCount }
