import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 7: the last letter's way through the model, every number with the sum that made it.

/// Like `look`, and backwards too: keeps the gradient of every weight and activation, of the mean loss of the text and END.
///
/// - Returns: the number of positions, BOS included, or a ``Failure``.
@_expose(wasm, "lookBack") @c(gpt_look_back)
func lookBack(_ text: UnsafePointer<UInt32>, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard count >= 0 else { return Failure.text.rawValue }
  let letters = Array(UnsafeBufferPointer(start: text, count: Int(count)))
  guard let trace = try? lab.trainer.model.trace(letters, off: lab.off, gradients: true) else {
    return Failure.text.rawValue
  }
  lab.trace = trace
  return Int32(trace.tokens.count)
}

/// Every activation of the last position of the last look: floats, row after row as ``OnePass`` has them; where `back` is not
/// 0 their gradients, which only `lookBack` and `next` keep.
@_expose(wasm, "passRows") @c(gpt_pass_rows)
func passRows(_ back: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  let pass = OnePass(trace)
  var numbers: [Float] = []
  for row in 0..<pass.rowCount {
    guard let activation = pass.activation(row) else { continue }
    guard let values = back == 0 ? pass.values(activation) : pass.gradients(activation) else {
      return Failure.noLook.rawValue
    }
    numbers += values
  }
  return handOut(numbers)
}

/// How number `index` of row `row` came about: doubles: value, start, total, factor, largest, number of terms; for each term
/// its two operands, their product, the sum with it. See ``CellSum``.
@_expose(wasm, "passCell") @c(gpt_pass_cell)
func passCell(_ row: Int32, _ index: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  let pass = OnePass(trace)
  guard let activation = pass.activation(Int(row)), let sum = pass.sum(activation, at: Int(index)) else {
    return Failure.place.rawValue
  }
  return handOut(sum)
}

/// The gradient of the last look's loss by tensor `index`, row after row: floats.
@_expose(wasm, "gradientOfTensor") @c(gpt_gradient_of_tensor)
func gradientOfTensor(_ index: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  guard trace.model.table.tensors.indices ~= Int(index) else { return Failure.place.rawValue }
  guard let gradient = trace.gradient(tensor: Int(index)) else { return Failure.noLook.rawValue }
  return handOut(gradient.values)
}

/// How the gradient of one weight came about, as `passCell` says it: a term for each position.
@_expose(wasm, "gradientOfWeight") @c(gpt_gradient_of_weight)
func gradientOfWeight(_ tensor: Int32, _ row: Int32, _ column: Int32) -> Int32 {
  guard let trace = lab?.trace, trace.gradientViews != nil else { return Failure.noLook.rawValue }
  guard let sum = OnePass(trace).gradientSum(tensor: Int(tensor), row: Int(row), column: Int(column)) else {
    return Failure.place.rawValue
  }
  return handOut(sum)
}

private func handOut(_ sum: CellSum) -> Int32 {
  var numbers = [sum.value, sum.start, sum.total, sum.factor, sum.largest, Float(sum.terms.count)]
  for term in sum.terms { numbers += [term.a, term.b, term.product, term.sum] }
  return handOut(numbers.map { Double($0) })
}
