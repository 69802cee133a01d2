import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// `gptosaurus predict`.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what the model expects after some letters, and where it looked.")

  @Option(help: ArgumentHelp("A checkpoint.", valueName: "file"))
  var model: String
  @Argument(help: "The letters so far; \"\" for none. Exactly as in the names: nothing is lower-cased.")
  var prefix: String
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    let checkpoint = try CheckpointFile.load(model)
    let letters = prefix.unicodeScalars.map(\.value)
    let trace: Trace
    do throws(TextError) { trace = try checkpoint.makeModel().trace(letters) } catch {
      throw Failure(error, flag: "PREFIX", text: prefix, vocabulary: checkpoint.metadata.vocabulary)
    }
    let prediction = Prediction(trace, letters: letters, config: checkpoint.metadata.config)
    try StandardOutput.write(
      json
        ? prediction.json.text + "\n"
        : prediction.text(checkpoint.metadata.vocabulary, columns: terminalSize(1).columns, style: .output))
  }
}
