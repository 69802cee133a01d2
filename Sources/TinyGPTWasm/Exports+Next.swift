import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 5: the next update, seen before it happens.

/// Runs the next update's own name (of a batch the first) through the model and back, without changing anything; it is the
/// last look, too.
///
/// - Returns: words: the name's place in the list, its number of predictions n, the n input tokens, the n targets; or a
///   ``Failure``, `noMoments` if only weights were loaded.
@_expose(wasm, "next") @c(gpt_next)
func next() -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard lab.hasMoments else { return Failure.noMoments.rawValue }
  let trainer = lab.trainer
  let documents = trainer.documents
  let place = documents.place(ofUpdate: trainer.step + 1, slot: 0, batch: trainer.run.recipe.batch)
  let document = documents.document(at: place)
  lab.next = trainer.trace(document)
  lab.trace = lab.next
  var words = [UInt32(documents.order[place]), UInt32(document.inputs.count)]
  for tokens in [document.inputs, document.targets] {
    for token in tokens.array() { words.append(UInt32(token)) }
  }
  return handOut(words)
}

/// Of the update that `next` saw: doubles: mean magnitudes of gradient and change for each tensor, then for all weights,
/// the largest magnitude of a change, the learning rate.
@_expose(wasm, "sizesOfNext") @c(gpt_sizes_of_next)
func sizesOfNext() -> Int32 {
  guard let lab, let next = lab.next, let sizes = UpdateSizes(next) else { return Failure.noLook.rawValue }
  let trainer = lab.trainer
  var numbers: [Double] = []
  for size in sizes.tensors + [sizes.all] { numbers += [size.meanGradient, size.meanChange] }
  return handOut(numbers + [sizes.largestChange, trainer.run.recipe.learningRate(ofUpdate: trainer.step + 1)])
}

/// One weight in the update that `next` saw: doubles: weight, gradient, Adam's m and v before, m and v after, change, weight
/// after.
@_expose(wasm, "weightOfNext") @c(gpt_weight_of_next)
func weightOfNext(_ tensor: Int32, _ row: Int32, _ column: Int32) -> Int32 {
  guard let next = lab?.next else { return Failure.noLook.rawValue }
  let tensors = next.model.table.tensors
  guard tensors.indices ~= Int(tensor), 0..<tensors[Int(tensor)].rows ~= Int(row),
    0..<tensors[Int(tensor)].columns ~= Int(column)
  else { return Failure.place.rawValue }
  guard let change = next.change(tensor: Int(tensor), row: Int(row), column: Int(column)) else {
    return Failure.noLook.rawValue
  }
  let floats = [
    change.weight, change.gradient, change.m, change.v, change.newM, change.newV, change.change, change.newWeight,
  ]
  return handOut(floats.map { Double($0) })
}
