import TinyGPTFormats

/// The file of `--log`: a line of JSON a step, and one every 100 steps with the held-out loss.
final class TrainingLog {
  private let file: WholeFile
  /// Lines that are not in the file yet.
  private var pending: [UInt8] = []

  init(_ path: String) throws(Failure) {
    do { file = try WholeFile(path) } catch { throw Failure(writing: error) }
  }

  func append(step: Int, loss: Double) throws(Failure) {
    try append(["step": JSONValue(step), "loss": .number(loss)])
  }

  func append(step: Int, heldOutLoss: Double?) throws(Failure) {
    try append(["step": JSONValue(step), "heldOutLoss": JSONValue(heldOutLoss)])
  }

  /// Moves the file to its place.
  func commit() throws(Failure) {
    try flush()
    do { try file.commit() } catch { throw Failure(writing: error) }
  }

  private func append(_ line: JSONValue) throws(Failure) {
    pending += Array((line.text + "\n").utf8)
    if pending.count >= 1 << 16 { try flush() }
  }

  private func flush() throws(Failure) {
    do { try file.write(pending) } catch { throw Failure(writing: error) }
    pending = []
  }
}
