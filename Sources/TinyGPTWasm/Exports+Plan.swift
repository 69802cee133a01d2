import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 6: what a run would be. Nothing is made, and the run at hand stays as it is.

/// The plan of a run with these names, sizes and recipe, given as for `start`.
///
/// - Returns: the address of doubles: the number of what is wrong (0: nothing; see `RunPlanProblem.numbers`) and three
///   numbers about it, then names, letters of the vocabulary, names that are cut, letters of the longest name, names to
///   train on, names held out, weights.
@_expose(wasm, "plan") @c(gpt_plan)
func plan(
  _ names: UnsafePointer<UInt8>, _ count: Int32, _ nLayer: Int32, _ nEmbd: Int32, _ nHead: Int32, _ blockSize: Int32,
  _ mlpRatio: Int32, _ learningRate: Double, _ beta1: Double, _ beta2: Double, _ floor: Double, _ horizon: Int32,
  _ initStd: Double, _ holdOut: Double, _ batch: Int32
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
  let plan = RunPlan(names: bytes, config: config, recipe: recipe)
  var numbers = plan.problem?.numbers ?? [0, 0, 0, 0]
  for count in [plan.names, plan.letters, plan.cut, plan.longest, plan.training, plan.heldOut, plan.parameters] {
    numbers.append(Double(count))
  }
  return handOut(numbers)
}
