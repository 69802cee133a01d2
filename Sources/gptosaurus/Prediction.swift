import TinyGPT
import TinyGPTFormats

/// One forward pass, as `predict` reports it.
struct Prediction {
  /// What the model read: BOS, then letters.
  let tokens: [Int]
  /// `BOS`, then letters.
  let letters: [String]
  /// (T, V).
  let logits: Table
  /// (T, V).
  let probabilities: Table
  /// (H, T, T) of each layer: head, query, key.
  let attention: [Table]
  /// Loss of each letter, then of END, in nats.
  let losses: [Double]
  let meanLoss: Double

  init(_ trace: Trace, letters: [UInt32], config: Config) {
    tokens = trace.tokens
    self.letters = ["BOS"] + letters.map { String([$0]) }
    logits = trace.activation(.logits)
    probabilities = trace.activation(.probabilities)
    attention = (0..<config.nLayer).map { trace.activation(.layer($0, .attention)) }
    losses = trace.losses
    meanLoss = trace.loss.mean
  }

  var json: JSONValue {
    [
      "tokens": .array(tokens.map { JSONValue($0) }), "letters": .array(letters.map { .string($0) }),
      "logits": logits.json, "probabilities": probabilities.json, "attention": .array(attention.map(\.json)),
      "loss": ["perLetter": .array(losses.map { .number($0) }), "mean": .number(meanLoss)],
    ]
  }
}

extension Table {
  /// Arrays in arrays, as deep as the shape is long.
  fileprivate var json: JSONValue { Table.json(values[...], shape[...]) }

  private static func json(_ values: ArraySlice<Float>, _ shape: ArraySlice<Int>) -> JSONValue {
    guard let count = shape.first, shape.count > 1 else { return JSONValue(values) }
    let size = values.count / count
    return .array(
      (0..<count).map { index in
        let start = values.startIndex + index * size
        return json(values[start..<start + size], shape.dropFirst())
      })
  }
}
