// What the passes work on, as types that every module knows.

/// The sizes: nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio.
package typealias RawNetwork = (Int, Int, Int, Int, Int, Int)
package typealias RawFloats = UnsafeMutableBufferPointer<Float>
package typealias RawTokens = UnsafeMutableBufferPointer<UInt16>
package typealias RawName = (inputs: RawTokens, targets: RawTokens)
package typealias RawSwitches = (heads: SIMD4<UInt64>, mlps: SIMD4<UInt64>)
package typealias RawOptimizer = (m: RawFloats, v: RawFloats, coefficients: SIMD8<Float>)

extension View {
  @inline(__always)
  init(raw: UnsafeMutableBufferPointer<Element>) {
    guard let start = raw.baseAddress else { preconditionFailure("View: memory must be somewhere") }
    unsafe self.init(start: start, count: raw.count)
  }

  @inline(__always)
  var raw: UnsafeMutableBufferPointer<Element> { unsafe UnsafeMutableBufferPointer(start: start, count: count) }
}

extension Network {
  init(raw: RawNetwork) {
    var config = Config()
    (config.nLayer, config.nEmbd, config.nHead, config.blockSize, config.vocabSize, config.mlpRatio) = raw
    self.init(config: config, offsets: ParameterOffsets(config))
  }

  var raw: RawNetwork {
    (config.nLayer, config.nEmbd, config.nHead, config.blockSize, config.vocabSize, config.mlpRatio)
  }
}

extension Optimizer {
  init(raw: RawOptimizer) {
    let c = unsafe raw.coefficients
    unsafe self.init(
      m: Floats(raw: raw.m), v: Floats(raw: raw.v),
      coefficients: AdamCoefficients(
        rate: c[0], epsilon: c[1], beta1: c[2], rest1: c[3], beta2: c[4], rest2: c[5]))
  }

  var raw: RawOptimizer {
    let c = coefficients
    return unsafe (m.raw, v.raw, SIMD8(c.rate, c.epsilon, c.beta1, c.rest1, c.beta2, c.rest2, 0, 0))
  }
}
