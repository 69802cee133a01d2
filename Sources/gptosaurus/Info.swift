import ArgumentParser
import TinyGPT
import TinyGPTFormats

/// `gptosaurus info`.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Says what a checkpoint holds.")

  @Argument(help: ArgumentHelp("A checkpoint.", valueName: "file"))
  var file: String
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    let checkpoint = try CheckpointFile.load(file)
    try StandardOutput.write(json ? checkpoint.report.text + "\n" : checkpoint.description)
  }
}

extension Checkpoint {
  fileprivate var report: JSONValue {
    [
      "step": JSONValue(metadata.step), "seed": JSONValue(Int(metadata.seed)),
      "parameters": JSONValue(metadata.config.parameterCount), "fingerprint": .string(metadata.fingerprint.hexDigits),
      "vocabulary": .string(metadata.vocabulary.text), "config": metadata.config.json, "recipe": metadata.recipe.json,
      "tensors": .array(
        layout.map { ["name": .string($0.name), "shape": .array($0.shape.map { JSONValue($0) })] }),
    ]
  }

  fileprivate var description: String {
    let config = metadata.config
    let recipe = metadata.recipe
    let run = labelled([
      ("step", metadata.step.grouped), ("seed", "\(metadata.seed)"), ("fingerprint", metadata.fingerprint.hexDigits),
      ("parameters", config.parameterCount.grouped),
      (
        "sizes",
        "\(config.nLayer.counted("layer")), width \(config.nEmbd), \(config.nHead.counted("head")) a layer,"
          + " \(config.blockSize) positions, MLP \(config.mlpRatio) times as wide"
      ),
      ("vocabulary", "\(metadata.vocabulary.text) and BOS, \(config.vocabSize) tokens"),
      (
        "recipe",
        "learning rate \(recipe.learningRate.javaScriptText) falling over \(recipe.horizon.grouped) steps to"
          + " \(recipe.floor.javaScriptText) of it, betas \(recipe.beta1.javaScriptText) and"
          + " \(recipe.beta2.javaScriptText)"
      ),
      (
        "",
        "first weights ± \(recipe.initStd.javaScriptText), \(recipe.batch.counted("name")) a step,"
          + " \(recipe.holdOut.percent) held out"
      ),
      ("Adam", moments == nil ? "no moments: training can't go on" : "both moments: training can go on"),
    ])
    let tensors = layout.prefix(weights.count).map { ($0.name, $0.shape.map(String.init).joined(separator: " x ")) }
    return run + "\n" + labelled(tensors)
  }
}
