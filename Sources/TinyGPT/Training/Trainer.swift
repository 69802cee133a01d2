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
  private let gradient: BatchGradient
  private let batch: Int
  private let recipe: Recipe
  private let workers: Workers
  /// The desks of all workers, one after the other.
  private let memory: Block<Float>
  /// Sum of the losses of each name of the batch.
  private let losses: Block<Double>
  // Views of the blocks above: a step goes through these alone and so touches no reference count.
  private let weights: Floats
  private let firstMoments: Floats
  private let secondMoments: Floats
  private let desks: Floats
  private let deskCount: Int
  private let lossSums: View<Double>

  /// The run's state 0.
  ///
  /// - Parameters:
  ///   - run: names, sizes, recipe and seed.
  ///   - width: of the vectors it computes with: the same bits for each that is supported.
  ///   - workers: who computes the names of a batch: the same bits whoever does. With a batch of one there is nothing to
  ///     share out.
  public init(_ run: Run, width: VectorWidth = .chosen, workers: Workers = .one) {
    precondition(width.isSupported, "Trainer: this processor has no such vectors")
    self.run = run
    model = Model(untrained: run)
    documents = Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: run.config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
    passes = Passes(network: model.network, width: width)
    m = Block(count: model.table.blockCount)
    v = Block(count: model.table.blockCount)
    batch = run.recipe.batch
    recipe = run.recipe
    self.workers = workers
    // A name alone has no sums to keep.
    gradient = BatchGradient(
      batch: batch, workers: workers.count, blockCount: batch == 1 ? 0 : model.table.blockCount)
    deskCount = Desk.count(run.config)
    memory = Block(count: gradient.workers * deskCount)
    losses = Block(count: batch)
    weights = model.weights.view
    firstMoments = m.view
    secondMoments = v.view
    desks = memory.view
    lossSums = losses.view
  }

  /// One update on the next `batch` names. Allocates nothing.
  ///
  /// - Returns: the loss of these names before the update. Where it is not finite there was no update.
  package func trainStep() -> Loss {
    let optimizer = Optimizer(
      m: firstMoments, v: secondMoments, coefficients: AdamCoefficients(recipe, update: step &+ 1))
    let loss = batch == 1 ? updateOnName(optimizer) : updateOnBatch(optimizer)
    if loss.sum.isFinite { step &+= 1 }
    return loss
  }

  /// No gradient is kept: each is used up while it is in the nearest cache.
  private func updateOnName(_ optimizer: Optimizer) -> Loss {
    let document = document(slot: 0)
    let desk = desk(of: 0)
    let loss = desk.forward(document, weights)
    if loss.sum.isFinite { desk.backwardAndUpdate(document, weights, optimizer) }
    return loss
  }

  private func updateOnBatch(_ optimizer: Optimizer) -> Loss {
    workers.run(gradient.pieces) { worker, piece in addUp(piece, worker) }
    var loss = Loss()
    for slot in 0..<batch { loss += Loss(sum: lossSums[slot], count: document(slot: slot).targets.count) }
    if loss.sum.isFinite { workers.run(gradient.ranges) { _, index in update(index, optimizer) } }
    return loss
  }

  /// The gradients and losses of the names of a piece.
  private func addUp(_ piece: Int, _ worker: Int) {
    let desk = desk(of: worker)
    let slots = gradient.slots(of: piece)
    var stack = gradient.stack(for: piece, worker: worker)
    for slot in slots {
      let document = document(slot: slot)
      lossSums[slot] = desk.forward(document, weights).sum
      desk.backward(document, weights, into: stack.next)
      stack.add(slot &- slots.lowerBound)
    }
    stack.finish()
  }

  /// Adam on a range of the weights.
  private func update(_ index: Int, _ optimizer: Optimizer) {
    let (offset, count) = gradient.range(index)
    let part = Optimizer(
      m: optimizer.m.slice(offset, count), v: optimizer.v.slice(offset, count), coefficients: optimizer.coefficients)
    passes.update(weights.slice(offset, count), gradient: gradient.mean(range: index), part)
  }

  private func document(slot: Int) -> Document {
    documents.document(at: documents.place(ofUpdate: step &+ 1, slot: slot, batch: batch))
  }

  private func desk(of worker: Int) -> Desk {
    Desk(desks.slice(worker &* deskCount, deskCount), passes)
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
