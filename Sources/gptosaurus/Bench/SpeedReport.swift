import TinyGPT
import TinyGPTAnalysis
import TinyGPTFormats

/// What `bench` reports: medians over the rounds.
struct SpeedReport {
  /// The lab's run in one width of vectors.
  struct Width {
    let width: VectorWidth
    let stepsPerSecond: Double
    let trainingGigaflops: Double
    let lettersPerSecond: Double
    let peakGigaflops: Double
    var shareOfPeak: Double { trainingGigaflops / peakGigaflops }
  }

  /// In the order of the widths that this processor has.
  let widths: [Width]
  /// The width that a run takes.
  let chosen: Width
  /// A larger shape, in the chosen width.
  let largerStepsPerSecond: Double
  let largerGigaflops: Double
  var largerShareOfPeak: Double { largerGigaflops / chosen.peakGigaflops }
  /// Steps a second of ``sharedRun(_:)``.
  let oneThread: Double
  let twoThreads: Double
  /// Median of the rounds' ratios.
  let threadRatio: Double
  /// Names a second.
  let traced: Double
  let headsMeasured: Double
  let lossMeasured: Double
  /// The most memory of the process after the lab's run alone, in bytes.
  let memory: Int

  /// - Throws: never for the built-in names.
  init(_ names: NameList, rounds: Int) throws(RunError) {
    let run = try Run(names: names)
    let trainer = Trainer(run)
    // Letters of an untrained model run on to the end of the context, and zeros, which are left out, come with training: every
    // shape is measured after as much of it.
    _ = trainer.train(to: 1_000)
    memory = Machine.peakMemory
    let larger = Trainer(try SpeedReport.largerRun(names))
    _ = larger.train(to: 1_000)
    let (start, largerStart) = (trainer.snapshot(), larger.snapshot())
    let sharedRun = try SpeedReport.sharedRun(names)

    var rates = Rates()
    let measured = VectorWidth.allCases.filter(\.isSupported).map { width in
      (
        width: width, steps: rates.add(SpeedReport.training(Trainer(run, width: width), from: start, steps: 20)),
        letters: rates.add(SpeedReport.generating(trainer.model, run.seed, width)),
        peak: rates.add(SpeedReport.multiplyAdd(width))
      )
    }
    let largerSteps = rates.add(SpeedReport.training(larger, from: largerStart, steps: 4))
    let threads = [1, 2].map { count in
      let shared = Trainer(sharedRun, workers: .threads(count))
      return rates.add(SpeedReport.training(shared, from: shared.snapshot(), steps: 2))
    }
    let looks = SpeedReport.looking(trainer).map { rates.add($0) }
    rates.measure(rounds: rounds, slice: .milliseconds(300))

    let cost = TrainingCost(run).operationsPerStep
    let widths = measured.map { index in
      let steps = rates.median(index.steps)
      return Width(
        width: index.width, stepsPerSecond: steps, trainingGigaflops: steps * cost / 1e9,
        lettersPerSecond: rates.median(index.letters), peakGigaflops: rates.median(index.peak) / 1e9)
    }
    self.widths = widths
    chosen = widths.first { $0.width == .chosen } ?? widths[0]
    largerStepsPerSecond = rates.median(largerSteps)
    largerGigaflops = rates.median(largerSteps) * TrainingCost(larger.run).operationsPerStep / 1e9
    (oneThread, twoThreads) = (rates.median(threads[0]), rates.median(threads[1]))
    threadRatio = rates.medianRatio(threads[1], over: threads[0])
    (traced, headsMeasured, lossMeasured) = (rates.median(looks[0]), rates.median(looks[1]), rates.median(looks[2]))
  }

  /// 6 layers of width 128: weights and moments that fit into no near cache.
  private static func largerRun(_ names: NameList) throws(RunError) -> Run {
    var config = Config()
    (config.nLayer, config.nEmbd, config.nHead, config.blockSize) = (6, 128, 8, 64)
    return try Run(names: names, config: config)
  }

  /// Enough names a step, of enough width, that threads have something to share.
  private static func sharedRun(_ names: NameList) throws(RunError) -> Run {
    var (config, recipe) = (Config(), Recipe())
    (config.nEmbd, config.nHead, recipe.batch) = (128, 8, 16)
    return try Run(names: names, config: config, recipe: recipe)
  }

  /// Training steps from `start` to the end of the run, and again.
  private static func training(_ trainer: Trainer, from start: Snapshot, steps: Int) -> Rates.Work {
    trainer.restore(start)
    return {
      if trainer.step >= trainer.run.recipe.horizon { trainer.restore(start) }
      for _ in 0..<steps { _ = trainer.trainStep() }
      return Double(steps)
    }
  }

  /// Letters. The prediction that ends a name, or cuts it, counts like one.
  private static func generating(_ model: Model, _ seed: UInt32, _ width: VectorWidth) -> Rates.Work {
    let generator = Generator(model, vectors: width)
    var made = 0
    return {
      let names = (try? generator.names(made..<made + 160, seed: seed, sampling: Sampling())) ?? []
      made += 160
      return Double(names.reduce(0) { $0 + $1.letters.count + 1 })
    }
  }

  /// Floating-point operations.
  private static func multiplyAdd(_ width: VectorWidth) -> Rates.Work {
    var chained: Float = 0
    return {
      let (result, operations) = width.multiplyAddPeak(rounds: 100_000, from: chained)
      chained = result
      return operations
    }
  }

  /// Names: a forward pass that keeps everything, all measures of all heads, the loss of those held out.
  private static func looking(_ trainer: Trainer) -> [Rates.Work] {
    let (model, documents) = (trainer.model, trainer.documents)
    var place = 0
    return [
      {
        for _ in 0..<100 {
          place = (place + 1) % documents.count
          _ = Trace(model, documents.document(at: place), gradients: false)
        }
        return 100
      },
      { Double(HeadReport(model, documents, count: 80).names) },
      {
        _ = trainer.heldOutLoss()
        return Double(documents.heldOutCount)
      },
    ]
  }
}
