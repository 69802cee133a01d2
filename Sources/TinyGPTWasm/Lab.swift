import TinyGPT
import TinyGPTAnalysis

/// What one instance of the module holds: a run, what was last looked at, and the numbers last handed out.
final class Lab {
  let trainer: Trainer
  let index: NameIndex
  /// The list's names that are held out, by index.
  let isHeldOut: [Bool]
  /// Parts that are switched off for looks, generated names and ``lossesOff(_:_:)``; training has all on.
  var off = Switches()
  /// The last look at the state at hand.
  var trace: Trace?
  /// What `next` saw.
  var next: Trace?
  /// Whether Adam's moments are those of the state at hand.
  var hasMoments = true
  /// Maps of the letters, and the milestones that they were fitted at.
  var maps: [LetterMap] = []
  var milestones: [Int] = []
  /// Reports on heads that are under way: their numbers and their sums.
  var headSums: [(id: Int32, sums: HeadSums)] = []
  private(set) lazy var baselines = CountingBaselines(trainer.documents, vocabSize: trainer.run.config.vocabSize)

  init(_ run: Run) {
    trainer = Trainer(run)
    index = NameIndex(run.names)
    var isHeldOut = Array(repeating: false, count: run.names.count)
    for place in trainer.documents.trainingCount..<trainer.documents.count {
      isHeldOut[trainer.documents.order[place]] = true
    }
    self.isHeldOut = isHeldOut
  }

  /// Forgets what was said about the state before, as the weights are others now.
  func stateChanged() {
    trace = nil
    next = nil
  }
}

/// The run of this instance: the module has one thread.
nonisolated(unsafe) var lab: Lab?

/// Numbers that were handed out as a pointer; each kind lives until the next of its kind.
nonisolated(unsafe) private var words: Block<UInt32>?
nonisolated(unsafe) private var floats: Block<Float>?
nonisolated(unsafe) private var doubles: Block<Double>?

/// Hands out 32-bit words: their address.
func handOut(_ array: [UInt32]) -> Int32 {
  let block = Block(array)
  words = block
  return Int32(truncatingIfNeeded: Int(bitPattern: block.view.start))
}

/// Hands out floats: their address.
func handOut(_ array: [Float]) -> Int32 {
  let block = Block(array)
  floats = block
  return Int32(truncatingIfNeeded: Int(bitPattern: block.view.start))
}

/// Hands out doubles: their address.
func handOut(_ array: [Double]) -> Int32 {
  let block = Block(array)
  doubles = block
  return Int32(truncatingIfNeeded: Int(bitPattern: block.view.start))
}

/// Why a call failed.
enum Failure: Int32 {
  case noRun = -1
  case names = -2
  case vocabulary = -3
  case config = -4
  case recipe = -5
  case sampling = -6
  case text = -7
  case noLook = -8
  /// Only the weights were loaded, but the next update needs Adam's moments too.
  case noMoments = -9
  /// No such name, letter, tensor, layer, head or position.
  case place = -10
}
