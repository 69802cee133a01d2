import Foundation
import NIOCore
import TinyGPT
import TinyGPTFormats

// Every sentence that an error is told in: what, where, what to do.

extension Failure {
  static func usage(_ sentence: String) -> Failure { Failure(status: .usage, sentence: sentence) }
  static func contents(_ sentence: String) -> Failure { Failure(status: .contents, sentence: sentence) }

  static func cannotWriteToStandardOutput(errno: Int32) -> Failure {
    Failure(status: .cannotWrite, sentence: "can't write to standard output: \(FileError.reason(errno))")
  }

  static func diverged(step: Int, output: String) -> Failure {
    Failure(
      status: .diverged,
      sentence: "the run diverged: the loss of step \(step.grouped) is not a number; \(output) was not written with it;"
        + " try a lower --lr, a smaller --init-std or a larger --beta2")
  }

  static func brokenState(step: Int, output: String) -> Failure {
    Failure(
      status: .diverged,
      sentence: "the run diverged: after step \(step.grouped) not every weight and moment is a number; \(output) was"
        + " not written with them; try a lower --lr, a smaller --init-std or a larger --beta2")
  }

  /// A value outside of what a flag takes.
  static func flag(_ flag: String, _ value: some CustomStringConvertible, must: String) -> Failure {
    .usage("\(flag) \(value) can't be: it must be \(must)")
  }

  static func vectorWidth(unsupported width: VectorWidth) -> Failure {
    .usage(
      "GPTOSAURUS_VECTOR is \(width.rawValue), but this processor has no vectors of \(width.rawValue) bits: it can be"
        + " \(supportedWidths), or unset for the widest")
  }

  static var unknownVectorWidth: Failure {
    .usage(
      "GPTOSAURUS_VECTOR must be 128, 256 or 512; on this processor it can be \(supportedWidths), or unset for the widest"
    )
  }

  private static var supportedWidths: String {
    VectorWidth.allCases.filter(\.isSupported).map { String($0.rawValue) }.joined(separator: " or ")
  }

  static func givenWithResume(_ flag: String) -> Failure {
    .usage("\(flag) comes from the file with --resume: leave it out")
  }

  static func behind(steps: Int, step: Int, path: String) -> Failure {
    .usage("--steps \(steps) is below step \(step) of \(path): give \(step) or more")
  }

  static func sameFile(_ a: String, _ b: String) -> Failure {
    .usage("\(a) and \(b) are the same file: give another name to one of them")
  }
}

extension Failure {
  /// The lab's address is taken, or not this machine's.
  static func cannotListen(host: String, port: Int, _ error: any Error) -> Failure {
    if let error = error as? IOError, error.errnoCode == EADDRINUSE {
      return Failure(
        status: .unavailable,
        sentence: "port \(port) is in use: another lab may be running; end it, or take --port 0 for a free one")
    }
    if let error = error as? IOError, error.errnoCode == EACCES {
      return .usage("--port \(port) needs more rights: take one from 1024 on")
    }
    return .usage("can't listen on --host \(host): give an address of this machine, as 127.0.0.1")
  }

  /// A list for a model of other letters.
  static func foreignLetter(_ scalar: UInt32, names: String, model: String) -> Failure {
    .contents(
      "\(names) has the letter \"\(String([scalar][...]))\", which \(model) does not know: give the list that it was"
        + " trained on with --names")
  }

  static func noPage(in folder: String) -> Failure {
    Failure(status: .noInput, sentence: "\(folder) has no index.html: give the project's Web folder to --from")
  }

  static func cannotMakeFolder(_ path: String) -> Failure {
    Failure(
      status: .cannotCreate, sentence: "can't make the folder \(path): name one in a folder that you may write to")
  }
}

extension Failure {
  init(_ error: FileError) {
    switch error {
    case .cannotOpen(let path, let errno), .cannotRead(let path, let errno):
      self.init(status: .noInput, sentence: "can't read \(path): \(FileError.reason(errno))")
    case .isFolder(let path):
      self.init(status: .noInput, sentence: "\(path) is a folder: name a file in it")
    case .notRegular(let path):
      self.init(status: .noInput, sentence: "\(path) is a device or pipe: name a file")
    case .tooShort(let path):
      self.init(status: .contents, sentence: "\(path) became shorter while it was read: try again")
    case .tooLarge(let path, let most):
      self.init(status: .contents, sentence: "\(path) has more than \(most >> 20) MB: give a shorter list")
    case .cannotCreate(let path, let errno):
      self.init(
        status: .cannotCreate,
        sentence: "can't create \(path): \(FileError.reason(errno)); name a file in a folder that you may write to")
    case .cannotWrite(let path, let errno):
      self.init(
        status: .cannotWrite,
        sentence: "can't write \(path): \(FileError.reason(errno)); what stood there before is unchanged")
    }
  }

  /// For files that are about to be written.
  init(writing error: FileError) {
    switch error {
    case .isFolder, .notRegular:
      self.init(status: .cannotCreate, sentence: Failure(error).sentence)
    default: self.init(error)
    }
  }

  init(_ error: NamesError, path: String) {
    switch error {
    case .empty:
      self = .contents("\(path) holds no name: write one name a line")
    case .invalidUTF8(let line, let column):
      self = .contents("\(path), line \(line), column \(column): this is not UTF-8 text; save the file as UTF-8")
    case .refused(let scalar, let line, let column):
      self = .contents(
        "\(path), line \(line), column \(column): \(Failure.name(of: scalar)) can't be part of a name; write one name a"
          + " line and nothing else")
    case .lineTooLong(let line):
      let most = NameList.longestLine
      self = .contents(
        "\(path), line \(line), column \(most + 1): a name has at most \(most) letters; write one name a line")
    }
  }

  private static func name(of scalar: UInt32) -> String {
    switch scalar {
    case 0x09: "a tab"
    case 0x0D: "a carriage return"
    case 0x2C: "a comma"
    case 0x3B: "a semicolon"
    default: "U+" + String(format: "%04X", scalar)
    }
  }
}

extension Failure {
  init(_ error: RunError, path: String?) {
    switch error {
    case .config(let error): self.init(error)
    case .recipe(let error): self.init(error)
    case .vocabulary(let error): self.init(error, path: path ?? "the built-in list")
    }
  }

  init(_ error: VocabularyError, path: String) {
    switch error {
    case .tooManyLetters(let count):
      self = .contents(
        "\(path) uses \(count) different letters: at most \(Vocabulary.mostLetters) can be told apart; give names in one"
          + " script")
    case .noLetters: self = .contents("\(path) holds no letter: write one name a line")
    case .notAscending: self = .contents("\(path): the vocabulary is not in order; train again")
    }
  }

  init(_ error: ConfigError) {
    switch error {
    case .outOfRange(let size, let value, let least, let most):
      self = .flag(Failure.flag(of: size), value, must: "a whole number from \(least) to \(most)")
    case .headsDoNotDivideWidth(let nHead, let nEmbd):
      self = .usage(
        "--heads \(nHead) does not divide --width \(nEmbd): each head takes an equal share of the width; try --width"
          + " \(max(1, nEmbd / max(1, nHead)) * nHead)")
    case .tooManyHeads(let count):
      self = .usage(
        "--layers times --heads is \(count): at most \(Config.mostHeads) heads can be; lower one of the two")
    case .tooLarge(let floats):
      self = .usage(
        "--width, --layers, --context and --mlp-ratio together ask for \(Int(floats).grouped) numbers: at most"
          + " \(Config.mostFloats.grouped) can be; lower one of them")
    }
  }

  private static func flag(of size: ConfigError.Size) -> String {
    switch size {
    case .nLayer: "--layers"
    case .nEmbd: "--width"
    case .nHead: "--heads"
    case .blockSize: "--context"
    case .vocabSize: "the number of letters"
    case .mlpRatio: "--mlp-ratio"
    }
  }

  init(_ error: RecipeError) {
    switch error {
    case .learningRate(let value): self = .flag("--lr", value.text, must: "a number above 0")
    case .beta1(let value): self = .flag("--beta1", value.text, must: "a number from 0 to just below 1")
    case .beta2(let value): self = .flag("--beta2", value.text, must: "a number from 0 to just below 1")
    case .floor(let value): self = .flag("--floor", value.text, must: "a number from 0 to 1")
    case .horizon(let value): self = .flag("--horizon", value, must: "a whole number from 1 on")
    case .initStd(let value): self = .flag("--init-std", value.text, must: "a number from 0 to 1000000")
    case .holdOut(let value): self = .flag("--hold-out", value.text, must: "a number from 0 to just below 1")
    case .batch(let value): self = .flag("--batch", value, must: "a whole number from 1 to \(Recipe.largestBatch)")
    }
  }

  init(_ error: SamplingError) {
    switch error {
    case .temperature(let value): self = .flag("--temperature", Double(value).text, must: "a number from 0 on")
    case .topK(let value): self = .flag("--top-k", value, must: "a whole number from 1 on")
    case .topP(let value): self = .flag("--top-p", Double(value).text, must: "a number above 0 and at most 1")
    }
  }

  /// What is wrong with `text`, given as `flag`, for a model with this vocabulary.
  init(_ error: TextError, flag: String, text: String, vocabulary: Vocabulary) {
    switch error {
    case .unknownLetter(let scalar, let place):
      self = .usage(
        "\(flag) \"\(text)\": the model does not know letter \(place + 1), \"\(String([scalar]))\"; it knows"
          + " \(vocabulary.text)")
    case .tooLong(let letters, let most):
      self = .usage("\(flag) \"\(text)\" has \(letters) letters: the model has room for \(most)")
    }
  }
}

extension Failure {
  init(_ error: CheckpointError, path: String) {
    self = .contents("\(path): \(Failure.sentence(error))")
  }

  private static func sentence(_ error: CheckpointError) -> String {
    let remedy = "use a file that gptosaurus train wrote"
    switch error {
    case .tooShort(let bytes):
      return "not a checkpoint, only \(bytes.counted("byte")); \(remedy)"
    case .headerLength(let got, let most):
      return "not a checkpoint, or cut off: its header should have \(got) bytes where at most \(most) can be; \(remedy)"
    case .headerSyntax(let error):
      return "not a checkpoint, or damaged: its header is not JSON (\(sentence(error))); \(remedy)"
    case .metadataIsNotText:
      return "not a checkpoint, or damaged: __metadata__ must hold texts; \(remedy)"
    case .tensorSyntax(let tensor):
      return "damaged: the header's entry \(tensor) is no tensor; \(remedy)"
    case .dtype(let tensor, let got):
      return "tensor \(tensor) has dtype \(got) where F32 is needed; save it as 32-bit floats"
    case .byteCount(let tensor, let expected, let got):
      return "damaged: tensor \(tensor) needs \(expected) bytes by its shape and has \(got) by its offsets; \(remedy)"
    case .outside(let tensor, let end, let dataCount):
      return "cut off: tensor \(tensor) ends at byte \(end) of \(dataCount); copy the file again"
    case .offsets(let tensor, let expected, let got):
      return "damaged: tensor \(tensor) starts at byte \(got) where \(expected) was expected; \(remedy)"
    case .dataCount(let expected, let got):
      return "damaged: \(got) bytes of numbers where the header has \(expected); copy the file again"
    case .missing(let key):
      return "not a checkpoint of gptosaurus: its metadata lacks \"\(key.rawValue)\"; \(remedy)"
    case .malformed(let key, let got):
      return "the metadata's \"\(key.rawValue)\" can't be \"\(clipped(got))\"; \(remedy)"
    case .unknown(let key, let expected, let got):
      return "the metadata's \"\(key.rawValue)\" is \"\(clipped(got))\" where this program knows \"\(expected)\";"
        + " use the program that wrote it"
    case .config(let error): return "its sizes can't be: \(Failure(error).sentence)"
    case .recipe(let error): return "its recipe can't be: \(Failure(error).sentence)"
    case .vocabulary(let error): return Failure(error, path: "its metadata").sentence
    case .metadataFingerprint(let expected, let got):
      return "damaged: the metadata has the fingerprint \(got.hexDigits) where \(expected.hexDigits) was saved;"
        + " \(remedy)"
    case .missingTensor(let tensor):
      return "tensor \(tensor) is missing; \(remedy)"
    case .unexpectedTensor(let tensor):
      return "tensor \(clipped(tensor)) does not belong to a model of its sizes; \(remedy)"
    case .shape(let tensor, let expected, let got):
      return "tensor \(tensor) has shape \(got) where its sizes ask for \(expected); \(remedy)"
    case .notFinite(let tensor):
      return "tensor \(tensor) holds what is not a number; use a state from before the run diverged"
    case .negative(let tensor):
      return "damaged: tensor \(tensor), means of squares, goes below 0; \(remedy)"
    case .fingerprint(let expected, let got):
      return "damaged: the weights have the fingerprint \(got.hexDigits) where \(expected.hexDigits) was saved;"
        + " \(remedy)"
    case .momentsFingerprint(let expected, let got):
      return "damaged: Adam's moments have the fingerprint \(got.hexDigits) where \(expected.hexDigits) was saved;"
        + " \(remedy)"
    case .noMoments:
      return "training can't go on from it: Adam's moments adam.m.… and adam.v.… are missing; \(remedy)"
    case .otherNames(let expected, let got):
      return "it was trained on names with the fingerprint \(expected.hexDigits), these have \(got.hexDigits); give the"
        + " same list with --names"
    case .otherVocabulary:
      return "its vocabulary is not that of its names; \(remedy)"
    }
  }

  private static func sentence(_ error: JSONError) -> String {
    switch error {
    case .ends: "it ends within a value"
    case .unexpected(let byte, let at): "byte \(at) is \(byte)"
    case .invalidString(let at): "the string at byte \(at) can't be"
    case .invalidNumber(let at): "the number at byte \(at) can't be"
    case .duplicateKey(let key): "\"\(clipped(key))\" stands there twice"
    case .tooDeep(let at): "too many levels at byte \(at)"
    }
  }

  /// The start of a text from a file, which may be long and hold anything.
  private static func clipped(_ text: String) -> String {
    let visible = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(visible.prefix(60))) + (visible.count > 60 ? "…" : "")
  }
}

extension Double {
  /// As people typed it, nearly: also what is no number.
  fileprivate var text: String { isFinite ? javaScriptText : "\(self)" }
}
