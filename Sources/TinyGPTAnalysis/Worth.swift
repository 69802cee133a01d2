import TinyGPT

/// What parts of a model are worth: by how much the mean loss rises, in nats per prediction, when they are switched off and
/// the others stay on.
///
/// Worths don't add up (heads stand in for each other), and zeros are not what the layers above were trained on.
package struct Worth {
  private let model: Model
  private let documents: Documents
  private let places: Range<Int>
  /// Mean loss with everything on.
  package let loss: Double

  /// Measured over ``TinyGPT/Documents/measured``.
  package init(_ model: Model, _ documents: Documents) {
    self.model = model
    self.documents = documents
    places = documents.measured
    loss = model.loss(of: places, in: documents).mean
  }

  /// Mean loss with parts switched off.
  package func loss(off: Switches) -> Double { model.loss(of: places, in: documents, off: off).mean }

  /// What the switched-off parts are worth.
  package func of(_ off: Switches) -> Double { loss(off: off) - loss }

  /// What one head is worth.
  package func ofHead(layer: Int, head: Int) -> Double {
    var off = Switches()
    off.setHead(layer: layer, head: head, off: true, config: model.config)
    return of(off)
  }
}

extension Documents {
  /// The places of the names that worths are measured over: those held out; where there are none, the first 172 of the seed's
  /// order.
  package var measured: Range<Int> { heldOut.isEmpty ? 0..<min(172, count) : heldOut }
}
