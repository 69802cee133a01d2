import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 1: memory, a run, its training and its states. Numbers go in and out; texts and tables through
// memory: the caller writes into a buffer of `allocate` and reads from the addresses that are returned. A negative result
// is a `Failure`.

/// Memory for `count` bytes that the caller fills, or nil.
@_expose(wasm, "allocate") @c(gpt_allocate)
func allocate(_ count: Int32) -> UnsafeMutableRawPointer? {
  guard count >= 0 else { return nil }
  return UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
}

/// Gives memory of `allocate` back.
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
    lab = Lab(try Run(names: list, config: config, recipe: recipe, seed: seed))
  } catch {
    switch error {
    case .vocabulary: return Failure.vocabulary.rawValue
    case .config: return Failure.config.rawValue
    case .recipe: return Failure.recipe.rawValue
    }
  }
  return Int32(list.count)
}

/// Trains until `step`, which should be near: the losses of the call's steps are kept together.
///
/// - Returns: the address of doubles: the step reached (an earlier one than `step` if a loss was no longer a number), the
///   number of losses, then sum and count of each; or a ``Failure``.
@_expose(wasm, "train") @c(gpt_train)
func train(_ step: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let trainer = lab.trainer
  let losses = trainer.train(to: Int(step))
  lab.stateChanged()
  var numbers = [Double(trainer.step), Double(losses.count)]
  numbers.reserveCapacity(2 + 2 * losses.count)
  for loss in losses {
    numbers.append(loss.sum)
    numbers.append(Double(loss.count))
  }
  return handOut(numbers)
}

/// The number of the state, or a ``Failure``.
@_expose(wasm, "step") @c(gpt_step)
func step() -> Int32 { lab.map { Int32($0.trainer.step) } ?? Failure.noRun.rawValue }

/// The fingerprint of the weights; 0 without a run.
@_expose(wasm, "fingerprint") @c(gpt_fingerprint)
func fingerprint() -> UInt64 { lab?.trainer.model.fingerprint ?? 0 }

/// Mean loss over the held-out names, in nats; not a number without a run or without such names.
@_expose(wasm, "heldOutLoss") @c(gpt_held_out_loss)
func heldOutLoss() -> Double { lab?.trainer.heldOutLoss().mean ?? .nan }

/// Mean loss over as many names to train on as are held out, spread evenly over the order, in nats; not a number without a
/// run or without held-out names.
@_expose(wasm, "shownLoss") @c(gpt_shown_loss)
func shownLoss() -> Double { lab?.trainer.shownLoss().mean ?? .nan }

/// Floats of a block of weights as it stands in memory; the whole state is three such blocks: weights, m, v.
@_expose(wasm, "blockFloats") @c(gpt_block_floats)
func blockFloats() -> Int32 { lab.map { Int32($0.trainer.model.table.blockCount) } ?? Failure.noRun.rawValue }

/// Copies the first `blocks` (1: weights, 3: the whole state) to `pointer`.
@_expose(wasm, "saveState") @c(gpt_save_state)
func saveState(_ pointer: UnsafeMutablePointer<Float>, _ blocks: Int32) -> Int32 {
  guard let trainer = lab?.trainer else { return Failure.noRun.rawValue }
  let count = trainer.model.table.blockCount
  for (index, block) in [trainer.model.weights, trainer.m, trainer.v].prefix(Int(blocks)).enumerated() {
    View(start: pointer + index * count, count: count).copy(from: block.view)
  }
  return 0
}

/// Goes to the state of `step` whose first `blocks` stand at `pointer`, as `saveState` wrote them, and forgets the last look.
@_expose(wasm, "loadState") @c(gpt_load_state)
func loadState(_ pointer: UnsafeMutablePointer<Float>, _ blocks: Int32, _ step: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let trainer = lab.trainer
  let count = trainer.model.table.blockCount
  for (index, block) in [trainer.model.weights, trainer.m, trainer.v].prefix(Int(blocks)).enumerated() {
    block.view.copy(from: View(start: pointer + index * count, count: count))
  }
  trainer.setStep(Int(step))
  lab.hasMoments = blocks == 3
  lab.stateChanged()
  return 0
}
