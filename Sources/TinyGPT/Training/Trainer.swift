/// Trains the model of a run, one update at a time, and keeps what the next update needs: both moments of Adam.
public final class Trainer {
  public let run: Run
  public let model: Model
  /// Updates done so far: the state's number.
  public private(set) var step = 0

  package let documents: Documents
  /// Adam's moments, in the shape of the weights.
  package let m: Block<Float>
  package let v: Block<Float>
  private let passes: Passes
  private let activationTable: ActivationTable
  private let gradients: GradientStack
  private let batch: Int
  private let recipe: Recipe
  /// Activations, their gradients and scratch, one after the other.
  private let memory: Block<Float>
  // Views of the blocks above: a step goes through these alone and so touches no reference count.
  private let weights: Floats
  private let firstMoments: Floats
  private let secondMoments: Floats
  private let activations: Floats
  private let activationGradients: Floats
  private let scratch: Floats

  /// The run's state 0.
  ///
  /// - Parameters:
  ///   - run: names, sizes, recipe and seed.
  ///   - width: of the vectors it computes with: the same bits for each that is supported.
  public init(_ run: Run, width: VectorWidth = .chosen) {
    precondition(width.isSupported, "Trainer: this processor has no such vectors")
    self.run = run
    model = Model(untrained: run)
    documents = Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: run.config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
    passes = Passes(network: model.network, width: width)
    m = Block(count: model.table.blockCount)
    v = Block(count: model.table.blockCount)
    activationTable = ActivationTable(run.config)
    gradients = GradientStack(batch: run.recipe.batch, blockCount: model.table.blockCount)
    batch = run.recipe.batch
    recipe = run.recipe
    let count = activationTable.blockCount
    let scratchCount = BackwardScratch.count(run.config)
    memory = Block(count: 2 * count + scratchCount)
    weights = model.weights.view
    firstMoments = m.view
    secondMoments = v.view
    activations = memory.view.slice(0, count)
    activationGradients = memory.view.slice(count, count)
    scratch = memory.view.slice(2 * count, scratchCount)
  }

  /// One update on the next `batch` names. Allocates nothing.
  ///
  /// - Returns: the loss of these names before the update. Where it is not finite there was no update.
  package func trainStep() -> Loss {
    let optimizer = Optimizer(
      m: firstMoments, v: secondMoments, coefficients: AdamCoefficients(recipe, update: step &+ 1))
    let loss = batch == 1 ? updateOnOne(optimizer) : updateOnBatch(optimizer)
    if loss.sum.isFinite { step &+= 1 }
    return loss
  }

  /// One name: each weight is updated as soon as its gradient is known.
  private func updateOnOne(_ optimizer: Optimizer) -> Loss {
    let name = forward(slot: 0)
    guard name.loss.sum.isFinite else { return name.loss }
    backward(name, into: gradients.block(forSlot: 0), optimizer)
    return name.loss
  }

  /// Several names: their gradients are added up first.
  private func updateOnBatch(_ optimizer: Optimizer) -> Loss {
    var loss = Loss()
    for slot in 0..<batch {
      let name = forward(slot: slot)
      loss += name.loss
      backward(name, into: gradients.block(forSlot: slot), nil)
      gradients.add(slot: slot)
    }
    guard loss.sum.isFinite else { return loss }
    passes.update(weights, gradient: gradients.mean(of: batch), optimizer)
    return loss
  }

  /// A name of the batch after the forward pass.
  private struct Seen {
    let document: Document
    let activations: Activations
    let loss: Loss
  }

  private func forward(slot: Int) -> Seen {
    let document = documents.document(at: documents.place(ofUpdate: step &+ 1, slot: slot, batch: batch))
    let a = activationTable.activations(in: activations, positions: document.inputs.count)
    passes.forward(document, weights, a)
    return Seen(document: document, activations: a, loss: a.loss(targets: document.targets))
  }

  private func backward(_ name: Seen, into g: Floats, _ optimizer: Optimizer?) {
    let d = activationTable.activations(in: activationGradients, positions: name.document.inputs.count)
    passes.backward(name.document, weights, name.activations, d, into: g, scratch, optimizer: optimizer)
  }

  /// Mean loss over names of the run's order, by default the held-out ones.
  public func heldOutLoss() -> Loss { model.loss(of: documents.heldOut, in: documents) }

  /// Mean loss over a sample of the names to train on, as many as are held out: ``Documents/trainingSample``.
  package func shownLoss() -> Loss { model.loss(of: documents.trainingSample, in: documents) }

  /// Everything that the next update depends on.
  public func snapshot() -> Snapshot {
    Snapshot(step: step, weights: model.weights.view.array(), m: m.view.array(), v: v.view.array())
  }

  /// Goes to the state of a snapshot of the same run.
  ///
  /// - Precondition: the snapshot was taken of a run of the same shape.
  public func restore(_ snapshot: Snapshot) {
    let blocks = [(model.weights.view, snapshot.weights), (m.view, snapshot.m), (v.view, snapshot.v)]
    for (block, floats) in blocks {
      precondition(block.count == floats.count, "Trainer: the snapshot must be of a run of the same shape")
      for index in floats.indices { block[index] = floats[index] }
    }
    step = snapshot.step
  }

  /// Goes to a state read from elsewhere, whose weights and moments were written into the blocks.
  package func setStep(_ step: Int) { self.step = step }
}

/// The whole training state at a step: blocks as they stand, padding included.
public struct Snapshot: Equatable, Sendable {
  public let step: Int
  let weights: [Float]
  let m: [Float]
  let v: [Float]
}
