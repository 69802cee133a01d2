import TinyGPT

/// What parts of a model are worth: by how much the mean loss rises, in nats per prediction, when they are switched off and
/// the others stay on.
///
/// Worths don't add up (heads stand in for each other), and zeros are not what the layers above were trained on.
package struct Worth {
  private let trainer: Trainer
  private let places: Range<Int>
  /// Mean loss with everything on.
  package let loss: Double

  /// Measured over the held-out names; where none are held out, over the first 172 of the seed's order.
  package init(_ trainer: Trainer) {
    self.trainer = trainer
    let documents = trainer.documents
    places =
      documents.heldOutCount > 0 ? documents.trainingCount..<documents.count : 0..<min(172, documents.count)
    loss = trainer.loss(of: places).mean
  }

  /// What the switched-off parts are worth.
  package func of(_ off: Switches) -> Double { trainer.loss(of: places, off: off).mean - loss }

  /// What one head is worth.
  package func ofHead(layer: Int, head: Int) -> Double {
    var off = Switches()
    off.setHead(layer: layer, head: head, off: true, config: trainer.run.config)
    return of(off)
  }
}
