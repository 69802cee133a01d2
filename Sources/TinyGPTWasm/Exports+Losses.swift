import TinyGPT
import TinyGPTAnalysis

// What a page calls to measure a loss in portions, as a large model takes long for all names: the losses of some of them at a
// time, then the mean of all. The names are those held out; where there are none, the first 172 of the order.

/// The losses of the names `first ..< first + count`, with the parts of `switchOff` off: doubles: how many names come after
/// them; how many they are; then for each its sum over its predictions, in nats, and how many these are.
@_expose(wasm, "lossesOff") @c(gpt_losses_off)
func lossesOff(_ first: Int32, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let places = lab.trainer.documents.measured
  guard first >= 0, count >= 0, Int(first) <= places.count else { return Failure.place.rawValue }
  let some = places.dropFirst(Int(first)).prefix(Int(count))
  var numbers = [Double(places.upperBound - some.upperBound), Double(some.count)]
  for loss in lab.trainer.model.losses(of: Array(some), in: lab.trainer.documents, off: lab.off) {
    numbers += [loss.sum, Double(loss.count)]
  }
  return handOut(numbers)
}

/// The mean of the losses of `names` names, in nats per prediction.
@_expose(wasm, "meanLoss") @c(gpt_mean_loss)
func meanLoss(_ losses: UnsafePointer<Double>, _ names: Int32) -> Double {
  each(losses, names).reduce(Loss(), +).mean
}

/// The standard error of that mean, in nats.
@_expose(wasm, "errorOfMeanLoss") @c(gpt_error_of_mean_loss)
func errorOfMeanLoss(_ losses: UnsafePointer<Double>, _ names: Int32) -> Double {
  standardError(of: each(losses, names))
}

/// Losses as `lossesOff` hands them out.
private func each(_ losses: UnsafePointer<Double>, _ names: Int32) -> [Loss] {
  (0..<Int(max(0, names))).map { Loss(sum: losses[2 * $0], count: Int(losses[2 * $0 + 1])) }
}
