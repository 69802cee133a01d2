import TinyGPT
import TinyGPTFormats

/// The list that generated names are looked up in, if there is one.
struct KnownNames {
  /// Every name of the list; nil without a list.
  private var all: Set<[UInt32]>?
  /// The names trained on; nil where the list is not the model's own.
  private var trained: Set<[UInt32]>?

  /// - Parameters:
  ///   - names: a list's path; nil for the built-in list if the checkpoint was trained on it.
  ///   - checkpoint: the model's.
  ///   - path: the checkpoint's.
  /// - Throws: ``Failure`` for a list that can't be read.
  init(names: String?, checkpoint: Checkpoint, path: String) throws(Failure) {
    let list = try NamesFile.load(names)
    let isOwn = list.fingerprint == checkpoint.metadata.namesFingerprint
    guard names != nil || isOwn else { return }
    all = Set((0..<list.count).map { Array(list[$0]) })
    guard isOwn else { return }
    let run: Run
    do { run = try checkpoint.makeRun(names: list) } catch { throw Failure(error, path: path) }
    let documents = Documents(
      names: list, vocabulary: run.vocabulary, blockSize: run.config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
    trained = Set(documents.order.prefix(documents.trainingCount).map { Array(list[$0]) })
  }

  /// Whether the name stands in the list; nil without a list.
  func isKnown(_ name: [UInt32]) -> Bool? { all?.contains(name) }

  /// Whether the name stands in the list but was never trained on; nil where that is not known.
  func isHeldOut(_ name: [UInt32]) -> Bool? {
    guard let all, let trained else { return nil }
    return all.contains(name) && !trained.contains(name)
  }
}
