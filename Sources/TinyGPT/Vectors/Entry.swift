// The passes as another module calls them: the files that a step needs are compiled three times, each time for vectors of
// another width (`Package.swift`), and each module has types of its own. So only raw memory and numbers cross over.

#if LANES8 || LANES16
  package func forward(
    _ network: RawNetwork, _ name: RawName, _ p: RawFloats, _ a: RawFloats, _ scratch: RawFloats, off: RawSwitches
  ) {
    let network = Network(raw: network)
    let a = unsafe ActivationTable(network.config).activations(in: Floats(raw: a), positions: name.inputs.count)
    unsafe network.forward(
      View(raw: name.inputs), Floats(raw: p), a, Scratch(Floats(raw: scratch), network.config), off: Switches(raw: off))
  }

  package func backward(
    _ network: RawNetwork, _ name: RawName, _ p: RawFloats, _ a: RawFloats, _ d: RawFloats, into g: RawFloats,
    _ scratch: RawFloats, off: RawSwitches, isTraced: Bool
  ) {
    let network = Network(raw: network)
    let table = ActivationTable(network.config)
    unsafe network.backward(
      View(raw: name.inputs), targets: View(raw: name.targets), Floats(raw: p),
      table.activations(in: Floats(raw: a), positions: name.inputs.count),
      table.activations(in: Floats(raw: d), positions: name.inputs.count), into: KeptGradients(block: Floats(raw: g)),
      Scratch(Floats(raw: scratch), network.config), off: Switches(raw: off), isTraced: isTraced)
  }

  package func backwardAndUpdate(
    _ network: RawNetwork, _ name: RawName, _ p: RawFloats, _ a: RawFloats, _ d: RawFloats, _ optimizer: RawOptimizer,
    _ scratch: RawFloats
  ) {
    let network = Network(raw: network)
    let table = ActivationTable(network.config)
    let scratch = unsafe Scratch(Floats(raw: scratch), network.config)
    unsafe network.backward(
      View(raw: name.inputs), targets: View(raw: name.targets), Floats(raw: p),
      table.activations(in: Floats(raw: a), positions: name.inputs.count),
      table.activations(in: Floats(raw: d), positions: name.inputs.count),
      into: AppliedGradients(weights: Floats(raw: p), optimizer: Optimizer(raw: optimizer), memory: scratch.matrix),
      scratch)
  }

  package func advance(
    _ network: RawNetwork, _ tokens: RawTokens, _ positions: RawTokens, common: Int, slot: Int, temperature: Float,
    _ p: RawFloats, cache: RawFloats, _ block: RawFloats, off: RawSwitches
  ) {
    let decoding = unsafe Decoding(
      network: Network(raw: network), weights: Floats(raw: p), off: Switches(raw: off), width: tokens.count,
      cache: Floats(raw: cache), block: Floats(raw: block))
    unsafe decoding.advance(
      View(raw: tokens), View(raw: positions), common: common, slot: slot, temperature: temperature)
  }

  package func adam(_ p: RawFloats, _ g: RawFloats, _ optimizer: RawOptimizer) {
    let optimizer = unsafe Optimizer(raw: optimizer)
    let p = unsafe Floats(raw: p)
    unsafe adam(
      p, m: optimizer.m, v: optimizer.v, g: Floats(raw: g), optimizer.coefficients, into: p, keepMoments: true,
      isFar: p.count > nearestCache)
  }
#endif
