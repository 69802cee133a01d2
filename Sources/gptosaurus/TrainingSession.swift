import TinyGPT
import TinyGPTAnalysis
import TinyGPTFormats

/// One call of `train`: takes steps until the goal or a signal, and tells log, display and checkpoint about them.
struct TrainingSession {
  let trainer: Trainer
  /// The step to reach.
  let goal: Int
  let output: String
  /// Steps between two checkpoints on the way; nil for none.
  let saveEvery: Int?
  let log: TrainingLog?
  let progress: (any TrainingObserver)?

  private(set) var recent = RollingMean()
  /// Time inside training steps alone.
  private var trainingTime = Duration.zero
  private var stepsTaken = 0

  init(
    trainer: Trainer, goal: Int, output: String, saveEvery: Int?, log: TrainingLog?, progress: (any TrainingObserver)?
  ) {
    self.trainer = trainer
    self.goal = goal
    self.output = output
    self.saveEvery = saveEvery
    self.log = log
    self.progress = progress
  }

  /// Steps a second; nil before the first.
  var stepsPerSecond: Double? { stepsTaken == 0 ? nil : Double(stepsTaken) / (trainingTime / .seconds(1)) }

  /// Trains, and writes checkpoint and log at the end.
  ///
  /// - Throws: ``Failure``, also where the run diverges; the log is written then, the checkpoint is not.
  mutating func run() throws(Failure) {
    defer { progress?.finish() }
    do {
      while trainer.step < goal && Signals.pending == nil {
        try takeStep()
        if let saveEvery, trainer.step % saveEvery == 0, trainer.step < goal { try save() }
      }
      showProgress(isLast: true)
      try save()
    } catch {
      // What led to a diverged run is worth reading.
      if error.status == .diverged { try log?.commit() }
      throw error
    }
    try log?.commit()
  }

  private mutating func takeStep() throws(Failure) {
    let clock = ContinuousClock()
    let start = clock.now
    let loss = trainer.trainStep()
    trainingTime += clock.now - start
    guard loss.sum.isFinite else {
      try log?.append(step: trainer.step + 1, loss: loss.mean)
      throw .diverged(step: trainer.step + 1, output: output)
    }
    stepsTaken += 1
    recent.add(loss)
    try log?.append(step: trainer.step, loss: loss.mean)
    if let log, trainer.step % 100 == 0 { try log.append(step: trainer.step, heldOutLoss: heldOutLoss) }
    progress?.record(step: trainer.step, loss: loss)
    if progress?.isDue(step: trainer.step) == true { showProgress() }
  }

  private func showProgress(isLast: Bool = false) {
    guard let progress else { return }
    progress.show(
      ProgressReport(
        step: trainer.step, meanLoss: recent.mean, heldOutLoss: heldOutLoss, stepsPerSecond: stepsPerSecond,
        isLast: isLast))
  }

  /// Mean loss over the held-out names at this state; nil where there are none.
  var heldOutLoss: Double? {
    let loss = trainer.heldOutLoss()
    return loss.count > 0 ? loss.mean : nil
  }

  private func save() throws(Failure) {
    guard trainer.model.isFinite, trainer.momentsAreFinite else {
      throw .brokenState(step: trainer.step, output: output)
    }
    do { try WholeFile.write(Checkpoint(trainer).encode(), to: output) } catch { throw Failure(writing: error) }
  }
}

extension Trainer {
  /// Whether every moment of Adam is a number: one that is not breaks its weight with the next update.
  fileprivate var momentsAreFinite: Bool {
    var finite = true
    model.table.forEachWeight { if !m.view[$0].isFinite || !v.view[$0].isFinite { finite = false } }
    return finite
  }
}
