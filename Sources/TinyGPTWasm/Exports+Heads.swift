import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 6: what attention does, and what is lost without a part.

/// The last look's attention averaged over the layers: floats (head, query, key).
@_expose(wasm, "averageAttention") @c(gpt_average_attention)
func averageAttention() -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  return handOut(OneLook(trace).averageAttention)
}

/// Where one head looks from position `query` of the last look: doubles: for each key 0 ... query its score, its share, the
/// length of what its value adds to the stream, the length of its value.
@_expose(wasm, "workedOut") @c(gpt_worked_out)
func workedOut(_ layer: Int32, _ head: Int32, _ query: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  guard hasHead(trace.model.config, layer, head), 0..<trace.tokens.count ~= Int(query) else {
    return Failure.place.rawValue
  }
  var numbers: [Double] = []
  for key in OneLook(trace).keys(layer: Int(layer), head: Int(head), query: Int(query)) {
    numbers += [Double(key.score), Double(key.share), key.addedLength, key.valueLength]
  }
  return handOut(numbers)
}

/// How the heads of a layer come together at position `query` of the last look: floats: their outputs, head after head (C);
/// what attention adds to the stream (C); for each head the length of its part of that.
@_expose(wasm, "merge") @c(gpt_merge)
func merge(_ layer: Int32, _ query: Int32) -> Int32 {
  guard let trace = lab?.trace else { return Failure.noLook.rawValue }
  guard hasHead(trace.model.config, layer, 0), 0..<trace.tokens.count ~= Int(query) else {
    return Failure.place.rawValue
  }
  let merge = OneLook(trace).merge(layer: Int(layer), query: Int(query))
  return handOut(merge.heads + (merge.added + merge.lengths).map { Float($0) })
}

/// Switches the `count` parts at `parts` off, and all others on, for looks, names and `lossesOff`: head h of layer l is part
/// l · nHead + h, the MLP of layer l is nLayer · nHead + l.
@_expose(wasm, "switchOff") @c(gpt_switch_off)
func switchOff(_ parts: UnsafePointer<UInt32>, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let config = lab.trainer.run.config
  let heads = config.nLayer * config.nHead
  var off = Switches()
  for index in 0..<Int(count) {
    guard parts[index] < UInt32(heads + config.nLayer) else { return Failure.place.rawValue }
    let part = Int(parts[index])
    if part < heads {
      off.setHead(layer: part / config.nHead, head: part % config.nHead, off: true, config: config)
    } else {
      off.setMLP(layer: part - heads, off: true, config: config)
    }
  }
  lab.off = off
  return 0
}

/// Several worths added in their order, as if what each part is worth alone could be.
@_expose(wasm, "sumOfWorths") @c(gpt_sum_of_worths)
func sumOfWorths(_ worths: UnsafePointer<Double>, _ count: Int32) -> Double {
  var sum = 0.0
  for index in 0..<Int(max(0, count)) { sum += worths[index] }
  return sum
}

private func hasHead(_ config: Config, _ layer: Int32, _ head: Int32) -> Bool {
  0..<config.nLayer ~= Int(layer) && 0..<config.nHead ~= Int(head)
}
