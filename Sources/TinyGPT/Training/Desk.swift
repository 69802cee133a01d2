/// Where one worker takes one name at a time through both passes: activations, their gradients and scratch, one after the other
/// in a block of ``count(_:)`` floats.
struct Desk {
  private let passes: Passes
  private let table: ActivationTable
  private let activations: Floats
  private let activationGradients: Floats
  private let scratch: Floats

  static func count(_ config: Config) -> Int { 2 * ActivationTable(config).blockCount + Scratch.count(config) }

  init(_ block: Floats, _ passes: Passes) {
    self.passes = passes
    table = ActivationTable(passes.network.config)
    let count = table.blockCount
    activations = block.slice(0, count)
    activationGradients = block.slice(count, count)
    scratch = block.from(2 &* count)
  }

  /// Fills the activations for a name; its loss.
  func forward(_ document: Document, _ weights: Floats) -> Loss {
    let a = table.activations(in: activations, positions: document.inputs.count)
    passes.forward(document, weights, a, scratch)
    return a.loss(targets: document.targets)
  }

  /// The gradient of the name that ``forward(_:_:)`` saw last into `g`.
  func backward(_ document: Document, _ weights: Floats, into g: Floats) {
    let positions = document.inputs.count
    let a = table.activations(in: activations, positions: positions)
    let d = table.activations(in: activationGradients, positions: positions)
    passes.backward(document, weights, a, d, into: g, scratch)
  }

  /// Updates the weights on the name that ``forward(_:_:)`` saw last.
  func backwardAndUpdate(_ document: Document, _ weights: Floats, _ optimizer: Optimizer) {
    let positions = document.inputs.count
    let a = table.activations(in: activations, positions: positions)
    let d = table.activations(in: activationGradients, positions: positions)
    passes.backwardAndUpdate(document, weights, a, d, optimizer, scratch)
  }
}
