import ArgumentParser
import TinyGPT
import TinyGPTAnalysis
import TinyGPTFormats

/// `gptosaurus stats`.
struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what a list of names shows, and what a model that only counts would reach.")

  @Option(help: ArgumentHelp("A list with one name a line. (default: the built-in one)", valueName: "file"))
  var names: String?
  @Option(parsing: .unconditional, help: "Share of the names held out, 0 to below 1.")
  var holdOut = 0.1
  @Option(parsing: .unconditional, help: "The order of the names: 0 to 4294967295.")
  var seed = 42
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    var recipe = Recipe()
    recipe.holdOut = holdOut
    // A context that no line outgrows: counting cuts no name.
    var config = Config()
    config.blockSize = NameList.longestLine + 2
    let seed = try UInt32(flag: "--seed", seed)
    let list = try NamesFile.load(names)
    let run: Run
    do { run = try Run(names: list, config: config, recipe: recipe, seed: seed) } catch {
      throw Failure(error, path: names)
    }
    let documents = Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: config.blockSize, holdOut: holdOut, seed: run.seed)
    let report = Report(
      run: run, documents: documents,
      statistics: NameStatistics(run.names, vocabulary: run.vocabulary, blockSize: config.blockSize),
      baselines: CountingBaselines(documents, vocabSize: run.vocabulary.count))
    try StandardOutput.write(json ? report.json.text + "\n" : report.text)
  }
}

/// What `stats` found.
private struct Report {
  let run: Run
  let documents: Documents
  let statistics: NameStatistics
  let baselines: CountingBaselines

  var json: JSONValue {
    let letters = run.vocabulary.scalars.map { String([$0][...]) }
    return [
      "names": JSONValue(run.names.count), "letters": JSONValue(statistics.letters),
      "training": JSONValue(documents.trainingCount), "heldOut": JSONValue(documents.heldOutCount),
      "firstLetter": .object(
        zip(letters, statistics.firstLetters).map { JSONValue.Member(key: $0, value: JSONValue($1)) }),
      "length": .object(
        lengths.map { JSONValue.Member(key: String($0.length), value: JSONValue($0.count)) }),
      "baselines": [
        "uniform": .number(baselines.uniform), "unigram": .number(baselines.unigram),
        "bigram": .number(baselines.bigram), "trigram": .number(baselines.trigram),
        "fourgram": .number(baselines.fourgram),
      ],
      "scoredOn": .string(baselines.scoredOnHeldOut ? "heldOut" : "leaveOneOut"),
    ]
  }

  var text: String {
    let style = TextStyle.output
    let most = Double(max(statistics.firstLetters.max() ?? 1, lengths.map(\.count).max() ?? 1))
    let rows = { (items: [(String, Int)]) in
      items.map { label, count in
        "  \(label.right(3)) \(String(count).right(5)) \(bar(Double(count) / most, width: 40))\n"
      }.joined()
    }
    let first = zip(run.vocabulary.scalars, statistics.firstLetters).map { (String([$0][...]), $1) }
    let rungs = [
      ("blind guess", baselines.uniform), ("letter frequencies", baselines.unigram), ("letter pairs", baselines.bigram),
      ("letter triples", baselines.trigram), ("quadruples", baselines.fourgram),
    ]
    return labelled([
      ("names", run.names.count.grouped), ("letters", statistics.letters.grouped),
      ("to train on", documents.trainingCount.grouped), ("held out", documents.heldOutCount.grouped),
    ]) + "\n" + style.bold("First letters") + "\n" + rows(first) + "\n" + style.bold("Lengths") + "\n"
      + rows(lengths.map { (String($0.length), $0.count) }) + "\n"
      + style.bold("What counting reaches, in nats a letter") + "\n"
      + labelled(rungs.map { ("  " + $0.0, $0.1.fixed(3)) })
      + style.dim(
        baselines.scoredOnHeldOut ? "  on the held-out names\n" : "  on each name, its own counts taken away\n")
  }

  /// The lengths that occur.
  private var lengths: [(length: Int, count: Int)] {
    statistics.lengths.enumerated().filter { $0.element > 0 }.map { (length: $0.offset, count: $0.element) }
  }
}
