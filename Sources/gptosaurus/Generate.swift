import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// `gptosaurus generate`.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes up names.",
    discussion: """
      Name i depends on the seed and on i alone: asking for more names keeps the first ones. A name is known if it
      stands in the list of --names, or in the built-in list if the model was trained on it; which names were held
      back is known only for the list that the model was trained on.
      """)

  @Option(help: ArgumentHelp("A checkpoint.", valueName: "file"))
  var model: String
  @Option(help: ArgumentHelp("The list to look for the names in.", valueName: "file"))
  var names: String?
  @Option(parsing: .unconditional, help: "How many names, 0 to 1000000.")
  var count = 10
  @Option(parsing: .unconditional, help: "How freely the dice choose, 0 or more; 0 takes the most probable letter.")
  var temperature: Float = 0.8
  @Option(parsing: .unconditional, help: "Chooses among so many of the most probable letters, 1 or more.")
  var topK: Int?
  @Option(
    parsing: .unconditional,
    help: "Chooses among the most probable letters that together reach this share, above 0 to 1.")
  var topP: Float?
  @Option(parsing: .unconditional, help: "The dice: 0 to 4294967295.")
  var seed = 42
  @Option(parsing: .unconditional, help: "Letters that every name starts with.")
  var prefix = ""
  @Flag(help: "Prints the result as JSON.")
  var json = false

  /// Names that are made and printed at a time.
  private static let portion = 1_000

  func run() throws {
    let sampling = try checkedSampling()
    guard 0...1_000_000 ~= count else { throw Failure.flag("--count", count, must: "a whole number from 0 to 1000000") }
    let seed = try UInt32(flag: "--seed", seed)
    let checkpoint = try CheckpointFile.load(model)
    let list = try KnownNames(names: names, checkpoint: checkpoint, path: model)
    let generator = Generator(checkpoint.makeModel())
    var report: [JSONValue] = []
    // At least once: a prefix that can't be is refused whatever the count.
    for first in stride(from: 0, to: max(1, count), by: Generate.portion) {
      let made: [GeneratedName]
      do throws(TextError) {
        made = try generator.names(first..<min(first + Generate.portion, count), seed: seed, sampling: sampling)
      } catch {
        throw Failure(error, flag: "--prefix", text: prefix, vocabulary: checkpoint.metadata.vocabulary)
      }
      if json { report += made.map { self.json($0, list) } } else { try StandardOutput.write(text(made, list)) }
    }
    if json { try StandardOutput.write((["names": .array(report)] as JSONValue).text + "\n") }
  }

  private func checkedSampling() throws(Failure) -> Sampling {
    var sampling = Sampling()
    sampling.temperature = temperature
    sampling.topK = topK
    sampling.topP = topP
    sampling.prefix = prefix.unicodeScalars.map(\.value)
    if let problem = sampling.problem { throw Failure(problem) }
    return sampling
  }

  private func json(_ name: GeneratedName, _ list: KnownNames) -> JSONValue {
    [
      "name": .string(String(name.letters)), "known": JSONValue(list.isKnown(name.letters)),
      "heldOut": JSONValue(list.isHeldOut(name.letters)), "ended": .bool(name.ended),
      "logProbability": .number(name.logProbability),
    ]
  }

  /// One name a line; on a terminal with what is known about it.
  private func text(_ names: [GeneratedName], _ list: KnownNames) -> String {
    guard StandardOutput.isTerminal else { return names.map { String($0.letters) + "\n" }.joined() }
    let width = (names.map(\.letters.count).max() ?? 0) + 2
    return names.map { name in
      var labels: [String] = []
      if let isKnown = list.isKnown(name.letters) {
        labels.append(list.isHeldOut(name.letters) == true ? "held back" : isKnown ? "known" : "new")
      }
      if !name.ended { labels.append("cut") }
      let text = String(name.letters)
      if labels.isEmpty { return text + "\n" }
      return text.left(width) + TextStyle.output.dim(labels.joined(separator: ", ")) + "\n"
    }.joined()
  }
}
