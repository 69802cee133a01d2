import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// `gptosaurus bench`.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures training, generating and looking, against what one core could do at most.",
    discussion: """
      Takes about a minute. Figures are medians of many short slices, all measurements by turns, so that a machine that
      slows down slows all of them.
      """)

  @Flag(help: "Measures instead how the time grows with names, steps, layers and batch.")
  var scaling = false
  @Option(parsing: .unconditional, help: "How often everything is measured, 1 to 1000.")
  var rounds = 12
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    guard 1...1_000 ~= rounds else { throw Failure.flag("--rounds", rounds, must: "a whole number from 1 to 1000") }
    let names = try NamesFile.load(nil)
    let report: (json: JSONValue, text: String)
    do throws(RunError) {
      report =
        scaling ? try ScalingReport(names, rounds: rounds).forms : try SpeedReport(names, rounds: rounds).forms
    } catch { throw Failure(error, path: nil) }
    try StandardOutput.write(json ? report.json.text + "\n" : report.text)
  }
}
