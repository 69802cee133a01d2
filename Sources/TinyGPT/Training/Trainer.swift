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
  private let network: Network
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
  private let scratch: BackwardScratch

  /// The run's state 0.
  public init(_ run: Run) {
    self.run = run
    model = Model(untrained: run)
    documents = Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: run.config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
    network = model.network
    m = Block(count: model.table.blockCount)
    v = Block(count: model.table.blockCount)
    activationTable = ActivationTable(run.config)
    gradients = GradientStack(batch: run.recipe.batch, blockCount: model.table.blockCount)
    batch = run.recipe.batch
    recipe = run.recipe
    let count = activationTable.blockCount
    let rowsCount = BackwardScratch.rowsCount(run.config)
    let squareCount = BackwardScratch.squareCount(run.config)
    memory = Block(count: 2 * count + rowsCount + squareCount)
    weights = model.weights.view
    firstMoments = m.view
    secondMoments = v.view
    activations = memory.view.slice(0, count)
    activationGradients = memory.view.slice(count, count)
    scratch = BackwardScratch(
      rows: memory.view.slice(2 * count, rowsCount), square: memory.view.slice(2 * count + rowsCount, squareCount))
  }

  /// One update on the next `batch` names. Allocates nothing.
  ///
  /// - Returns: the loss of these names before the update. Where it is not finite there was no update.
  package func trainStep() -> Loss {
    var loss = Loss()
    for slot in 0..<batch {
      let document = documents.document(at: documents.place(ofUpdate: step &+ 1, slot: slot, batch: batch))
      let a = activationTable.activations(in: activations, positions: document.inputs.count)
      let d = activationTable.activations(in: activationGradients, positions: document.inputs.count)
      network.forward(document.inputs, weights, a)
      loss += a.loss(targets: document.targets)
      network.backward(
        document.inputs, targets: document.targets, weights, a, d, into: gradients.block(forSlot: slot),
        scratch)
      gradients.add(slot: slot)
    }
    guard loss.sum.isFinite else { return loss }
    let g = gradients.mean(of: batch)
    adam(
      weights, m: firstMoments, v: secondMoments, g: g, AdamCoefficients(recipe, update: step &+ 1), into: weights,
      keepMoments: true)
    step &+= 1
    return loss
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
