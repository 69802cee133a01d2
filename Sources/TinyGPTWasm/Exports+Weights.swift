import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 4: the weights of the state at hand and where they put the letters.

/// Words: the number of tensors; for each its rows, its columns, the length of its name, the name's scalars.
@_expose(wasm, "tensors") @c(gpt_tensors)
func tensors() -> Int32 {
  guard let tensors = lab?.trainer.model.table.tensors else { return Failure.noRun.rawValue }
  var words = [UInt32(tensors.count)]
  for tensor in tensors {
    let name = scalars(ofNameOf: tensor)
    words += [UInt32(tensor.rows), UInt32(tensor.columns), UInt32(name.count)]
    words += name
  }
  return handOut(words)
}

/// `name` of a tensor; a `String` would cost the module 30 kB.
private func scalars(ofNameOf tensor: ParameterTable.Tensor) -> [UInt32] {
  var scalars: [UInt32] = []
  func append(_ text: StaticString) {
    for byte in UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount) {
      scalars.append(UInt32(byte))
    }
  }
  if let layer = tensor.layer {
    append("layer")
    if layer >= 10 { scalars.append(0x30 + UInt32(layer / 10)) }
    scalars.append(0x30 + UInt32(layer % 10))
    append(".")
  }
  append(tensor.part)
  return scalars
}

/// The weights of tensor `index`, row after row: floats.
@_expose(wasm, "tensor") @c(gpt_tensor)
func tensor(_ index: Int32) -> Int32 {
  guard let model = lab?.trainer.model else { return Failure.noRun.rawValue }
  guard model.table.tensors.indices ~= Int(index) else { return Failure.place.rawValue }
  return handOut(model.table.tensors[Int(index)].values(in: model.weights.view))
}

/// Fits the map of the letters at the next milestone, 0 at first, to the weights at hand, which should be of that step.
///
/// - Returns: the number of maps.
@_expose(wasm, "fitMap") @c(gpt_fit_map)
func fitMap() -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  lab.maps.append(LetterMap(fittedTo: lab.trainer.model, previous: lab.maps.last))
  lab.milestones.append(LetterMap.milestone(after: lab.milestones.last ?? -1))
  return Int32(lab.maps.count)
}

/// Where the letters stand: doubles: the share of their spread that is shown, the milestone of the map, then x and y of
/// each token for the weights at hand. The map is that of the milestone at or before `step`, or the latest fitted.
@_expose(wasm, "letterMap") @c(gpt_letter_map)
func letterMap(_ step: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  var index = lab.maps.count - 1
  while index > 0 && lab.milestones[index] > Int(step) { index -= 1 }
  guard index >= 0 else { return Failure.noLook.rawValue }
  var numbers = [lab.maps[index].shownShare, Double(lab.milestones[index])]
  for point in lab.maps[index].points(of: lab.trainer.model) { numbers += [point.x, point.y] }
  return handOut(numbers)
}

/// All other tokens, the most alike first: doubles: token and cosine of their rows of wte.
@_expose(wasm, "nearestLetters") @c(gpt_nearest_letters)
func nearestLetters(_ token: Int32) -> Int32 {
  guard let model = lab?.trainer.model else { return Failure.noRun.rawValue }
  guard 0..<model.config.vocabSize ~= Int(token) else { return Failure.place.rawValue }
  var numbers: [Double] = []
  for letter in TinyGPTAnalysis.nearestLetters(to: Int(token), in: model) {
    numbers += [Double(letter.token), letter.cosine]
  }
  return handOut(numbers)
}
