import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// `gptosaurus bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures training and generating on one core, against what the core could do at most.",
    discussion: "Takes about ten seconds. Figures are medians of 15 slices, the three measurements by turns.")

  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    let names = try NamesFile.load(nil)
    let run: Run
    do throws(RunError) { run = try Run(names: names) } catch { throw Failure(error, path: nil) }
    let result = BenchResult(run)
    try StandardOutput.write(json ? result.json.text + "\n" : result.text)
  }
}

/// What `bench` reports: medians over slices.
private struct BenchResult {
  let stepsPerSecond: Double
  let lettersPerSecond: Double
  let peakGigaflops: Double
  let trainingGigaflops: Double
  var shareOfPeak: Double { trainingGigaflops / peakGigaflops }

  /// Measures the three by turns, so that a core that slows down slows all of them.
  init(_ run: Run, slices: Int = 15, slice: Duration = .milliseconds(200)) {
    let trainer = Trainer(run)
    var steps: [Double] = []
    var letters: [Double] = []
    var peak: [Double] = []
    // Letters of an untrained model run on to the end of the context: some training first.
    _ = trainer.train(to: 1_000)
    let generator = Generator(trainer.model)
    var made = 0
    var chained: Float = 0
    for _ in 0..<slices {
      steps.append(
        rate(for: slice) {
          _ = trainer.train(to: trainer.step + 20)
          return 20
        })
      letters.append(
        rate(for: slice) {
          let names = (try? generator.names(made..<made + 160, seed: run.seed, sampling: Sampling())) ?? []
          made += 160
          // The prediction that ends a name, or cuts it, counts like a letter.
          return Double(names.reduce(0) { $0 + $1.letters.count + 1 })
        })
      peak.append(
        rate(for: slice) {
          chained = MultiplyAddPeak.run(rounds: 100_000, from: chained)
          return 100_000 * MultiplyAddPeak.operationsPerRound
        })
    }
    precondition(chained.isFinite, "MultiplyAddPeak: the chains converge")
    stepsPerSecond = median(steps)
    lettersPerSecond = median(letters)
    peakGigaflops = median(peak) / 1e9
    trainingGigaflops = stepsPerSecond * TrainingCost(run).operationsPerStep / 1e9
  }

  var json: JSONValue {
    [
      "stepsPerSecond": .number(stepsPerSecond), "lettersPerSecond": .number(lettersPerSecond),
      "peakGigaflops": .number(peakGigaflops), "trainingGigaflops": .number(trainingGigaflops),
      "shareOfPeak": .number(shareOfPeak),
    ]
  }

  var text: String {
    let bits = MultiplyAddPeak.Vector.scalarCount * 32
    return labelled([
      ("training", "\(Int(stepsPerSecond).grouped) steps a second, \(trainingGigaflops.fixed(2)) Gflop/s"),
      ("generating", "\(Int(lettersPerSecond).grouped) letters a second"),
      ("peak", "\(peakGigaflops.fixed(2)) Gflop/s, multiplications and additions on \(bits)-bit vectors"),
      ("share", "\(shareOfPeak.percent) of the peak while training"),
      ("machine", "\(Machine.processor), one core"),
    ])
  }
}

/// Units of work a second, doing `work` again and again for about `duration`.
private func rate(for duration: Duration, work: () -> Double) -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  var units = 0.0
  while true {
    units += work()
    let time = clock.now - start
    if time >= duration { return units / (time / .seconds(1)) }
  }
}

/// - Precondition: there is a number.
private func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }
