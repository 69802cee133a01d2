import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 2: questions about the state at hand.

/// The run's sizes: nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio, weights, names to train on, names held out, then
/// the letters of the vocabulary.
@_expose(wasm, "shape") @c(gpt_shape)
func shape() -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let config = lab.trainer.run.config
  let sizes = [
    config.nLayer, config.nEmbd, config.nHead, config.blockSize, config.vocabSize, config.mlpRatio,
    config.parameterCount, lab.trainer.documents.trainingCount, lab.trainer.documents.heldOutCount,
  ]
  return handOut(sizes.map { UInt32($0) } + lab.trainer.run.vocabulary.scalars)
}

/// What counting reaches, in nats per prediction: uniform, unigram, bigram, trigram, fourgram, and 1 if held-out names
/// were scored.
@_expose(wasm, "baselines") @c(gpt_baselines)
func baselines() -> Int32 {
  guard let baselines = lab?.baselines else { return Failure.noRun.rawValue }
  return handOut([baselines.uniform] + baselines.byContext + [baselines.scoredOnHeldOut ? 1 : 0])
}

/// The status of a run at the last of `count` readings, pairs of step and held-out loss; `brokenStep` is negative if none.
///
/// - Returns: the place of the status in ``RunStatus``, and for an overfitting run its best step times 16 added.
@_expose(wasm, "status") @c(gpt_status)
func status(_ readings: UnsafePointer<Double>, _ count: Int32, _ brokenStep: Int32) -> Int32 {
  guard let baselines = lab?.baselines else { return Failure.noRun.rawValue }
  let ladder = RunStatus.Ladder(
    uniform: baselines.uniform, unigram: baselines.unigram, bigram: baselines.bigram, trigram: baselines.trigram)
  var list: [RunStatus.Reading] = []
  for index in 0..<Int(count) {
    list.append(RunStatus.Reading(step: Int(readings[2 * index]), loss: readings[2 * index + 1]))
  }
  switch RunStatus(list, ladder: ladder, brokenStep: brokenStep < 0 ? nil : Int(brokenStep)) {
  case .untrained: return 0
  case .learningFrequencies: return 1
  case .learningPairs: return 2
  case .pastPairs: return 3
  case .pastTriples: return 4
  case .nearBest: return 5
  case .overfitting(let bestStep): return 6 + Int32(bestStep) * 16
  case .worseThanBlind: return 7
  case .broken: return 8
  }
}

/// The rolling mean at each of the steps `first ... last`, given sum and count of every step's loss from step 1 on.
@_expose(wasm, "rollingMeans") @c(gpt_rolling_means)
func rollingMeans(_ losses: UnsafePointer<Double>, _ first: Int32, _ last: Int32) -> Int32 {
  var rolling = RollingMean()
  var means: [Double] = []
  for step in stride(from: max(1, Int(first) - RollingMean.window + 1), through: Int(last), by: 1) {
    rolling.add(Loss(sum: losses[2 * step - 2], count: Int(losses[2 * step - 1])))
    if step >= Int(first) { means.append(rolling.mean ?? .nan) }
  }
  return handOut(means)
}

/// Runs a text of `count` letters (Unicode scalars) through the model, with parts off as `switchOff` has it, and keeps
/// everything for the questions about the last look.
///
/// - Returns: the number of positions, BOS included, or a ``Failure``.
@_expose(wasm, "look") @c(gpt_look)
func look(_ text: UnsafePointer<UInt32>, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let letters = Array(UnsafeBufferPointer(start: text, count: Int(count)))
  guard let trace = try? lab.trainer.model.trace(letters, off: lab.off) else { return Failure.text.rawValue }
  lab.trace = trace
  return Int32(trace.tokens.count)
}

/// A table of the last look, by its number: 0 logits and 1 probabilities (T, V); 2 embedding and 3 stream (T, C); from 16
/// times the layer plus 16 on the parts of the layer in the order of ``LayerActivation``.
@_expose(wasm, "table") @c(gpt_table)
func table(_ number: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  switch number {
  case 0: return handOut(trace.activation(.logits).values)
  case 1: return handOut(trace.activation(.probabilities).values)
  case 2: return handOut(trace.activation(.embedding).values)
  case 3: return handOut(trace.activation(.stream).values)
  default:
    let layer = Int(number) / 16 - 1
    let part = Int(number) % 16
    guard layer >= 0, layer < trace.model.config.nLayer, part < LayerActivation.allCases.count else {
      return Failure.noLook.rawValue
    }
    return handOut(trace.activation(.layer(layer, LayerActivation.allCases[part])).values)
  }
}

/// Losses of the last look, in nats: one per letter, then of END.
@_expose(wasm, "lossesOfLook") @c(gpt_losses_of_look)
func lossesOfLook() -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  return handOut(trace.losses)
}

/// What may come after the last look's text, V floats each: the shares of the letters and END after temperature, top-k and
/// top-p, as names are drawn (`topK` 0 and `topP` 1 stand for all); then the natural logarithms of the model's own
/// probabilities, which know no temperature.
@_expose(wasm, "shares") @c(gpt_shares)
func shares(_ temperature: Float, _ topK: Int32, _ topP: Float) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  guard let sampling = sampling(temperature, topK, topP) else { return Failure.sampling.rawValue }
  let logits = trace.views.logits.transposed
  var sampler = Sampler(sampling, outcomes: logits.rows)
  var numbers = sampler.shares(logits, column: logits.columns - 1)
  for logarithm in trace.lastLogProbabilities { numbers.append(Float(logarithm)) }
  return handOut(numbers)
}

/// Settings to sample with, or nil for what can't be; `topK` 0 and `topP` 1 stand for all.
func sampling(_ temperature: Float, _ topK: Int32, _ topP: Float) -> Sampling? {
  var sampling = Sampling()
  sampling.temperature = temperature
  sampling.topK = topK == 0 ? nil : Int(topK)
  sampling.topP = topP == 1 ? nil : topP
  return sampling.problem == nil ? sampling : nil
}
