import TinyGPT

// What a page calls: a flat list of functions on the one run that an instance of the module holds. Numbers go in and out;
// texts and tables through memory: the caller writes into a buffer of ``allocate(_:)`` and reads from the pointers that
// are returned. A negative result is a ``Failure``.

/// Why a call failed.
enum Failure: Int32 {
  case noRun = -1
  case names = -2
  case vocabulary = -3
  case config = -4
  case recipe = -5
  case sampling = -6
  case text = -7
  case memory = -8
}

/// The run of this instance: the module has one thread.
nonisolated(unsafe) private var trainer: Trainer?
/// The result that a pointer was handed out to; lives until the next result.
nonisolated(unsafe) private var result: Block<UInt32>?

/// Memory for `count` bytes that the caller fills, or nil.
@_expose(wasm, "allocate") @c(gpt_allocate)
func allocate(_ count: Int32) -> UnsafeMutableRawPointer? {
  guard count >= 0 else { return nil }
  return UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
}

/// Gives memory of ``allocate(_:)`` back.
@_expose(wasm, "release") @c(gpt_release)
func release(_ pointer: UnsafeMutableRawPointer?) {
  pointer?.deallocate()
}

/// Starts a run at state 0 on `count` bytes of UTF-8 names.
///
/// - Returns: the number of names, or a ``Failure``.
@_expose(wasm, "start") @c(gpt_start)
func start(
  _ names: UnsafePointer<UInt8>, _ count: Int32, _ seed: UInt32, _ nLayer: Int32, _ nEmbd: Int32, _ nHead: Int32,
  _ blockSize: Int32, _ mlpRatio: Int32, _ learningRate: Double, _ beta1: Double, _ beta2: Double, _ floor: Double,
  _ horizon: Int32, _ initStd: Double, _ holdOut: Double, _ batch: Int32
) -> Int32 {
  var config = Config()
  config.nLayer = Int(nLayer)
  config.nEmbd = Int(nEmbd)
  config.nHead = Int(nHead)
  config.blockSize = Int(blockSize)
  config.mlpRatio = Int(mlpRatio)
  var recipe = Recipe()
  recipe.learningRate = learningRate
  recipe.beta1 = beta1
  recipe.beta2 = beta2
  recipe.floor = floor
  recipe.horizon = Int(horizon)
  recipe.initStd = initStd
  recipe.holdOut = holdOut
  recipe.batch = Int(batch)
  let bytes = Array(UnsafeBufferPointer(start: names, count: Int(count)))
  guard let list = try? NameList(utf8: bytes) else { return Failure.names.rawValue }
  do throws(RunError) {
    trainer = Trainer(try Run(names: list, config: config, recipe: recipe, seed: seed))
  } catch {
    switch error {
    case .vocabulary: return Failure.vocabulary.rawValue
    case .config: return Failure.config.rawValue
    case .recipe: return Failure.recipe.rawValue
    }
  }
  return Int32(list.count)
}

/// Trains until `step`.
///
/// - Returns: the step reached: an earlier one if a loss was no longer a number; or a ``Failure``.
@_expose(wasm, "train") @c(gpt_train)
func train(_ step: Int32) -> Int32 {
  guard let trainer else { return Failure.noRun.rawValue }
  while trainer.step < Int(step) {
    guard trainer.trainStep().sum.isFinite else { break }
  }
  return Int32(trainer.step)
}

/// The fingerprint of the weights; 0 without a run.
@_expose(wasm, "fingerprint") @c(gpt_fingerprint)
func fingerprint() -> UInt64 { trainer?.model.fingerprint ?? 0 }

/// Mean loss over the held-out names, in nats; not a number without a run.
@_expose(wasm, "heldOutLoss") @c(gpt_held_out_loss)
func heldOutLoss() -> Double { trainer?.heldOutLoss().mean ?? .nan }

/// Generates names `first ..< first + count`.
///
/// `topK` 0 and `topP` 1 stand for all letters.
///
/// - Returns: a pointer to 32-bit words: for each name its number of letters, 1 if it ended, the letters; or a ``Failure``.
@_expose(wasm, "generate") @c(gpt_generate)
func generate(
  _ first: Int32, _ count: Int32, _ seed: UInt32, _ temperature: Float, _ topK: Int32, _ topP: Float
) -> Int32 {
  guard let trainer else { return Failure.noRun.rawValue }
  var sampling = Sampling()
  sampling.temperature = temperature
  sampling.topK = topK == 0 ? nil : Int(topK)
  sampling.topP = topP == 1 ? nil : topP
  guard sampling.problem == nil, first >= 0, count >= 0 else { return Failure.sampling.rawValue }
  let generator = Generator(trainer.model)
  guard let names = try? generator.names(Int(first)..<Int(first) + Int(count), seed: seed, sampling: sampling) else {
    return Failure.text.rawValue
  }
  var words: [UInt32] = []
  for name in names { words += [UInt32(name.letters.count), name.ended ? 1 : 0] + name.letters }
  let block = Block(words)
  result = block
  return Int32(truncatingIfNeeded: Int(bitPattern: block.view.start))
}
