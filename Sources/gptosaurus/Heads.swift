import ArgumentParser
import TinyGPT
import TinyGPTAnalysis
import TinyGPTFormats

/// `gptosaurus heads`.
struct Heads: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures what each attention head does.",
    discussion: """
      Every measure stands beside its chance: what uniform attention would score on the same names. Worth is how much
      the loss on the held-out names rises without the head; worths don't add up, as heads stand in for each other.
      """)

  @Option(help: ArgumentHelp("A checkpoint.", valueName: "file"))
  var model: String
  @Option(help: ArgumentHelp("The list to measure on. (default: the built-in one)", valueName: "file"))
  var names: String?
  @Option(parsing: .unconditional, help: "How many names of the seed's order; 0 for all.")
  var count = 80
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    guard count >= 0 else { throw Failure.flag("--count", count, must: "0 or more") }
    let checkpoint = try CheckpointFile.load(model)
    let list = try NamesFile.load(names)
    let metadata = checkpoint.metadata
    for index in 0..<list.count {
      if case .failure(let unknown) = metadata.vocabulary.tokens(list[index]) {
        throw Failure.foreignLetter(unknown.scalar, names: names ?? "the built-in list", model: model)
      }
    }
    let documents = Documents(
      names: list, vocabulary: metadata.vocabulary, blockSize: metadata.config.blockSize,
      holdOut: metadata.recipe.holdOut, seed: metadata.seed)
    let model = checkpoint.makeModel()
    let report = HeadReport(model, documents, count: count)
    let worth = Worth(model, documents)
    let worths = (0..<metadata.config.nLayer).flatMap { layer in
      (0..<metadata.config.nHead).map { worth.ofHead(layer: layer, head: $0) }
    }
    let nHead = metadata.config.nHead
    try StandardOutput.write(
      json ? report.json(worths, nHead: nHead).text + "\n" : report.text(worths, nHead: nHead))
  }
}

extension Lean {
  /// In words.
  fileprivate var words: String {
    let name =
      switch direction {
      case .start: "start"
      case .letterBefore: "letter before"
      case .itself: "itself"
      case .repeats: "repeats"
      case .vowels: "vowels"
      case .consonants: "consonants"
      }
    return isMostly ? "mostly \(name)" : name
  }
}

extension HeadReport.Head {
  fileprivate typealias Named = (name: String, measure: HeadMeasures.Measure?)

  fileprivate var named: [Named] {
    [
      ("positional", measures.positional), ("previous", measures.previous), ("current", measures.current),
      ("vowelShare", measures.vowelShare), ("entropyBits", measures.entropyBits),
      ("entropyShare", measures.entropyShare), ("copy", measures.copy),
    ]
  }

  fileprivate func json(_ more: [(String, JSONValue)]) -> JSONValue {
    var members = more.map { JSONValue.Member(key: $0, value: $1) }
    for (name, measure) in named {
      members.append(JSONValue.Member(key: name, value: JSONValue(measure?.value)))
      members.append(JSONValue.Member(key: name + "Chance", value: JSONValue(measure?.chance)))
    }
    members.append(JSONValue.Member(key: "lean", value: lean.map { .string($0.words) } ?? .null))
    return .object(members)
  }
}

extension HeadReport {
  fileprivate func json(_ worths: [Double], nHead: Int) -> JSONValue {
    [
      "heads": .array(
        heads.enumerated().map { index, head in
          head.json([
            ("layer", JSONValue(index / nHead)), ("head", JSONValue(index % nHead)), ("worth", .number(worths[index])),
          ])
        }),
      "pooled": .array(pooled.enumerated().map { index, head in head.json([("head", JSONValue(index))]) }),
      "names": JSONValue(names), "vowelRate": JSONValue(vowelRate),
    ]
  }

  /// A row a head: each measure with its multiple of chance, worth and lean. Layers and heads count from 1 for people.
  fileprivate func text(_ worths: [Double], nHead: Int) -> String {
    let style = TextStyle.output
    let columns = ["head", "start", "before", "itself", "vowels", "repeats", "spread", "worth", "leans to"]
    let widths = [5, 12, 12, 12, 12, 12, 8, 9, 0]
    var text = style.bold(zip(columns, widths).map { $0.left($1) }.joined()) + "\n"
    func row(_ name: String, _ head: Head, _ worth: String) -> String {
      let measures = head.measures
      let cells = [measures.positional, measures.previous, measures.current, measures.vowelShare, measures.copy].map {
        $0.map { "\($0.value.fixed(2)) \($0.ratio.fixed(1))x" } ?? "-"
      }
      let all =
        [name] + cells + [measures.entropyShare?.value.fixed(2) ?? "-", worth, head.lean?.words ?? "no clear lean"]
      return zip(all, widths).map { $0.left($1) }.joined() + "\n"
    }
    for (index, head) in heads.enumerated() {
      let worth = (worths[index] < 0 ? "-" : "+") + abs(worths[index]).fixed(3)
      text += row("\(index / nHead + 1).\(index % nHead + 1)", head, worth)
    }
    text += style.dim("averaged over the layers\n")
    for (index, head) in pooled.enumerated() { text += row("  \(index + 1)", head, "") }
    return text
      + style.dim(
        "over \(names.counted("name")); x: times chance; spread: share of the largest possible entropy; worth in nats\n"
      )
  }
}
