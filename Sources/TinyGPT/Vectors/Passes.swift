#if canImport(TinyGPT256)
  import TinyGPT256
  import TinyGPT512
#endif

/// The passes through a network in the width of vectors that was chosen: here one of the modules is picked that all come
/// from the same files. The results have the same bits in each.
struct Passes: Sendable {
  let network: Network
  let width: VectorWidth

  /// ``Network/forward(_:_:_:_:off:)``.
  func forward(_ document: Document, _ p: Floats, _ a: Activations, _ scratch: Floats, off: Switches = Switches()) {
    #if canImport(TinyGPT256)
      switch width {
      case .bits128: break
      case .bits256:
        return unsafe TinyGPT256.forward(network.raw, document.raw, p.raw, a.block.raw, scratch.raw, off: off.raw)
      case .bits512:
        return unsafe TinyGPT512.forward(network.raw, document.raw, p.raw, a.block.raw, scratch.raw, off: off.raw)
      }
    #endif
    network.forward(document.inputs, p, a, Scratch(scratch, network.config), off: off)
  }

  /// ``Network/backward(_:targets:_:_:_:into:_:off:isTraced:)``.
  func backward(
    _ document: Document, _ p: Floats, _ a: Activations, _ d: Activations, into g: Floats, _ scratch: Floats,
    off: Switches = Switches(), isTraced: Bool = false
  ) {
    #if canImport(TinyGPT256)
      switch width {
      case .bits128: break
      case .bits256:
        return unsafe TinyGPT256.backward(
          network.raw, document.raw, p.raw, a.block.raw, d.block.raw, into: g.raw, scratch.raw, off: off.raw,
          isTraced: isTraced)
      case .bits512:
        return unsafe TinyGPT512.backward(
          network.raw, document.raw, p.raw, a.block.raw, d.block.raw, into: g.raw, scratch.raw, off: off.raw,
          isTraced: isTraced)
      }
    #endif
    network.backward(
      document.inputs, targets: document.targets, p, a, d, into: KeptGradients(block: g),
      Scratch(scratch, network.config), off: off, isTraced: isTraced)
  }

  /// The same, with each matrix of weights updated as soon as its gradient is there, which is not kept.
  func backwardAndUpdate(
    _ document: Document, _ p: Floats, _ a: Activations, _ d: Activations, _ optimizer: Optimizer, _ scratch: Floats
  ) {
    #if canImport(TinyGPT256)
      switch width {
      case .bits128: break
      case .bits256:
        return unsafe TinyGPT256.backwardAndUpdate(
          network.raw, document.raw, p.raw, a.block.raw, d.block.raw, optimizer.raw, scratch.raw)
      case .bits512:
        return unsafe TinyGPT512.backwardAndUpdate(
          network.raw, document.raw, p.raw, a.block.raw, d.block.raw, optimizer.raw, scratch.raw)
      }
    #endif
    let scratch = Scratch(scratch, network.config)
    network.backward(
      document.inputs, targets: document.targets, p, a, d,
      into: AppliedGradients(weights: p, optimizer: optimizer, memory: scratch.matrix), scratch)
  }

  /// ``Decoding/advance(_:_:common:slot:temperature:)``.
  func advance(
    _ decoding: Decoding, _ tokens: View<UInt16>, _ positions: View<UInt16>, common: Int, slot: Int,
    temperature: Float
  ) {
    #if canImport(TinyGPT256)
      switch width {
      case .bits128: break
      case .bits256:
        return unsafe TinyGPT256.advance(
          network.raw, tokens.raw, positions.raw, common: common, slot: slot, temperature: temperature,
          decoding.weights.raw,
          cache: decoding.cache.raw, decoding.block.raw, off: decoding.off.raw)
      case .bits512:
        return unsafe TinyGPT512.advance(
          network.raw, tokens.raw, positions.raw, common: common, slot: slot, temperature: temperature,
          decoding.weights.raw,
          cache: decoding.cache.raw, decoding.block.raw, off: decoding.off.raw)
      }
    #endif
    decoding.advance(tokens, positions, common: common, slot: slot, temperature: temperature)
  }

  /// One update of all weights by gradients that were added up.
  func update(_ p: Floats, gradient g: Floats, _ optimizer: Optimizer) {
    #if canImport(TinyGPT256)
      switch width {
      case .bits128: break
      case .bits256: return unsafe TinyGPT256.adam(p.raw, g.raw, optimizer.raw)
      case .bits512: return unsafe TinyGPT512.adam(p.raw, g.raw, optimizer.raw)
      }
    #endif
    adam(
      p, m: optimizer.m, v: optimizer.v, g: g, optimizer.coefficients, into: p, keepMoments: true,
      isFar: p.count > nearestCache)
  }
}

extension VectorWidth {
  /// Multiplies and adds on vectors of this width, `rounds` times: what one core can do at most.
  ///
  /// - Parameters:
  ///   - rounds: how often.
  ///   - start: the result of the call before, so that no call can be left out.
  /// - Returns: a number that depends on every operation, and how many those were.
  package func multiplyAddPeak(rounds: Int, from start: Float) -> (result: Float, operations: Double) {
    #if canImport(TinyGPT256)
      switch self {
      case .bits128: break
      case .bits256:
        let result = TinyGPT256.multiplyAddPeak(rounds: rounds, from: start)
        return (result, Double(rounds) * Double(TinyGPT256.multiplyAddOperations))
      case .bits512:
        let result = TinyGPT512.multiplyAddPeak(rounds: rounds, from: start)
        return (result, Double(rounds) * Double(TinyGPT512.multiplyAddOperations))
      }
    #endif
    let result = TinyGPT.multiplyAddPeak(rounds: rounds, from: start)
    return (result, Double(rounds) * Double(multiplyAddOperations))
  }
}

#if canImport(TinyGPT256)
  extension Document {
    fileprivate var raw: RawName { unsafe (inputs.raw, targets.raw) }
  }
#endif
