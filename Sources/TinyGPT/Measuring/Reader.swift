/// Takes names through a model one after another, forward alone, in one block of activations.
package struct Reader {
  private let model: Model
  private let table: ActivationTable
  private let block: Block<Float>
  private let scratch: Block<Float>

  package init(_ model: Model) {
    self.model = model
    table = ActivationTable(model.config)
    block = Block(count: table.blockCount)
    scratch = Block(count: Scratch.count(model.config))
  }

  /// The activations of a name: good until the next one is read, as long as the reader is kept.
  package func read(_ document: Document, off: Switches = Switches()) -> Activations {
    let activations = table.activations(in: block.view, positions: document.inputs.count)
    model.passes.forward(document, model.weights.view, activations, scratch.view, off: off)
    return activations
  }
}
