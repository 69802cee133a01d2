import ArgumentParser
import Foundation
import TinyGPT
import TinyGPTAnalysis
import TinyGPTFormats

/// `gptosaurus train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a model on names and saves it.",
    discussion: """
      Ctrl-C and SIGTERM end a run early: the checkpoint is written, and --resume goes on from it to the same bits.
      """)

  @Option(help: ArgumentHelp("Names, one a line. (default: the built-in 1,727 dinosaurs)", valueName: "file"))
  var names: String?
  @Option(parsing: .unconditional, help: "The step to reach, 0 to 1000000000; 0 saves the untrained model.")
  var steps = 5_000
  @OptionGroup(title: "The run")
  var options: RunOptions
  @Option(help: ArgumentHelp("Goes on from this checkpoint, which says all about the run.", valueName: "file"))
  var resume: String?
  @Option(
    parsing: .unconditional,
    help: """
      Threads that share out the names of a step, 1 to \(Workers.mostThreads): the same fingerprint for any number. With \
      --batch 1 there is nothing to share out.
      """)
  var threads = 1
  @Option(parsing: .unconditional, help: "Saves the checkpoint every so many steps on the way.")
  var saveEvery: Int?
  @Option(help: ArgumentHelp("Writes the loss of every step there, as lines of JSON.", valueName: "file"))
  var log: String?
  @Option(help: ArgumentHelp("The checkpoint to write, a safetensors file.", valueName: "file"))
  var output: String
  @Flag(help: "Prints progress as plain lines where standard error is no terminal.")
  var verbose = false
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    Signals.listen()
    try checkFlags()
    let trainer = try makeTrainer()
    for path in [output, log].compactMap(\.self) {
      do { try WholeFile.check(path) } catch { throw Failure(writing: error) }
    }
    let progress = makeProgress(trainer)
    say(trainer, isWatched: progress != nil)
    var session = TrainingSession(
      trainer: trainer, goal: steps, output: output, saveEvery: saveEvery, log: try log.map { try TrainingLog($0) },
      progress: progress)
    try session.run()
    let result = TrainingResult(session)
    try StandardOutput.write(json ? result.json.text + "\n" : result.text)
    // Shells know a process that a signal ended by 128 and the signal's number.
    if let signal = Signals.pending { throw ExitCode(128 + signal) }
  }

  /// - Throws: ``Failure`` for values that can't be, before any file is read.
  private func checkFlags() throws(Failure) {
    guard 0...CheckpointMetadata.mostSteps ~= steps else {
      throw .flag("--steps", steps, must: "a whole number from 0 to \(CheckpointMetadata.mostSteps)")
    }
    guard 1...Workers.mostThreads ~= threads else {
      throw .flag("--threads", threads, must: "a whole number from 1 to \(Workers.mostThreads)")
    }
    if let saveEvery, saveEvery < 1 { throw .flag("--save-every", saveEvery, must: "a whole number from 1 on") }
    if resume != nil { try options.requireNone() }
    let written = [("--output", output)] + (log.map { [("--log", $0)] } ?? [])
    let read = names.map { [("--names", $0)] } ?? []
    for (index, (flag, path)) in written.enumerated() {
      // The checkpoint that a run goes on from may be replaced by the one it ends with, by nothing else.
      let resumed = flag == "--log" ? resume.map { [("--resume", $0)] } ?? [] : []
      for (other, otherPath) in read + written.dropFirst(index + 1) + resumed
      where WholeFile.areSame(path, otherPath) { throw .sameFile(flag, other) }
    }
  }

  private func makeTrainer() throws -> Trainer {
    guard let resume else {
      let (config, recipe, seed) = (try options.config(), try options.recipe(), try options.checkedSeed())
      let list = try NamesFile.load(names)
      do throws(RunError) {
        let run = try Run(names: list, config: config, recipe: recipe, seed: seed)
        return Trainer(run, workers: .threads(threads))
      } catch { throw Failure(error, path: names) }
    }
    let checkpoint = try CheckpointFile.load(resume)
    let list = try NamesFile.load(names)
    guard checkpoint.metadata.step <= steps else {
      throw Failure.behind(steps: steps, step: checkpoint.metadata.step, path: resume)
    }
    do throws(CheckpointError) { return try checkpoint.makeTrainer(names: list, workers: .threads(threads)) } catch {
      throw Failure(error, path: resume)
    }
  }

  private func makeProgress(_ trainer: Trainer) -> (any TrainingObserver)? {
    if ProgressDisplay.isPossible { return ProgressDisplay(first: trainer.step, goal: steps) }
    return verbose ? ProgressLines(goal: steps) : nil
  }

  /// What is worth knowing about the names, and to those who watch how many are held out.
  private func say(_ trainer: Trainer, isWatched: Bool) {
    for notice in trainer.run.notices { StandardError.notice(notice) }
    let heldOut = trainer.documents.heldOutCount
    if isWatched && heldOut > 0 {
      StandardError.notice("\(heldOut.grouped) of \(trainer.run.names.count.counted("name")) held out, to measure on")
    }
  }
}

/// What `train` reports.
private struct TrainingResult {
  let step: Int
  let loss: Double?
  let meanLoss: Double?
  /// Steps that `meanLoss` is over.
  let meanCount: Int
  let heldOutLoss: Double?
  let heldOutCount: Int
  let fingerprint: String
  let stepsPerSecond: Double?
  let parameters: Int
  let output: String

  init(_ session: TrainingSession) {
    step = session.trainer.step
    loss = session.recent.last?.mean
    meanLoss = session.recent.mean
    meanCount = session.recent.count
    heldOutLoss = session.heldOutLoss
    heldOutCount = session.trainer.documents.heldOutCount
    fingerprint = session.trainer.model.fingerprint.hexDigits
    stepsPerSecond = session.stepsPerSecond
    parameters = session.trainer.run.config.parameterCount
    output = session.output
  }

  var json: JSONValue {
    [
      "step": JSONValue(step), "loss": JSONValue(loss), "meanLoss100": JSONValue(meanLoss),
      "heldOutLoss": JSONValue(heldOutLoss), "fingerprint": .string(fingerprint),
      "stepsPerSecond": JSONValue(stepsPerSecond), "parameters": JSONValue(parameters), "output": .string(output),
    ]
  }

  var text: String {
    var lines = [("step", step.grouped)]
    if let meanLoss {
      lines.append(("loss", "\(meanLoss.fixed(3)) nats a letter, mean of the last \(meanCount.counted("step"))"))
    }
    if let heldOutLoss {
      lines.append(("held out", "\(heldOutLoss.fixed(3)) nats a letter, \(heldOutCount.counted("name"))"))
    }
    if let stepsPerSecond { lines.append(("speed", "\(Int(stepsPerSecond).grouped) steps a second")) }
    lines.append(("parameters", parameters.grouped))
    lines.append(("fingerprint", fingerprint))
    lines.append(("saved to", output))
    return labelled(lines)
  }
}
