import Foundation
import Testing
import TinyGPT

/// What a trace shows: every activation in its shape, the identities between them, and exactly what training does.
struct TraceTests {
  private static func trace(_ shape: Shape, seed: Int = 5) throws -> Trace {
    let trainer = Trainer(try Run(names: shape.names(), config: shape.config, seed: UInt32(seed)))
    return trainer.trace(trainer.documents.document(at: seed))
  }

  /// `W · x` for each position, in double: W (out, in), x (T, in).
  private static func product(_ weights: [Float], _ x: Table) -> [Double] {
    let width = x.shape[1]
    return (0..<x.shape[0]).flatMap { position in
      stride(from: 0, to: weights.count, by: width).map { row in
        (0..<width).reduce(0) { $0 + Double(weights[row + $1]) * Double(x.values[position * width + $1]) }
      }
    }
  }

  /// Differences stay within a few roundings of the largest number; a sum with the stream is rounded to its size.
  private static func expectClose(
    _ ours: [Float], _ expected: [Double], _ what: String, within tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = expected.map(abs).max() ?? .nan
    let difference = zip(ours, expected).map { abs(Double($0) - $1) }.max() ?? .nan
    #expect(ours.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    #expect(difference <= tolerance * largest, "\(what): \(difference) of \(largest)", sourceLocation: sourceLocation)
  }

  /// A weight by name.
  private static func weight(_ name: String, _ model: Model) throws -> [Float] {
    try #require(model.table.tensors.first { $0.name == name }).values(in: model.weights.view)
  }

  @Test(arguments: Shape.all)
  func everythingHasItsShape(shape: Shape) throws {
    let config = shape.config
    let trace = try TraceTests.trace(shape)
    let positions = trace.tokens.count
    #expect(trace.tokens[0] == config.vocabSize - 1)
    #expect(trace.losses.count == positions)
    var activations: [(Activation, [Int])] = [
      (.embedding, [positions, config.nEmbd]), (.stream, [positions, config.nEmbd]),
      (.logits, [positions, config.vocabSize]), (.probabilities, [positions, config.vocabSize]),
    ]
    for layer in 0..<config.nLayer {
      for part in LayerActivation.allCases {
        switch part {
        case .scores, .attention: activations.append((.layer(layer, part), [config.nHead, positions, positions]))
        case .mlpHidden, .mlpActive: activations.append((.layer(layer, part), [positions, config.mlpWidth]))
        default: activations.append((.layer(layer, part), [positions, config.nEmbd]))
        }
      }
    }
    for (activation, expected) in activations {
      let (values, gradient) = (trace.activation(activation), try #require(trace.gradient(activation)))
      #expect(values.shape == expected && gradient.shape == expected, "\(activation)")
      #expect(values.values.count == expected.reduce(1, *) && gradient.values.count == values.values.count)
    }
    for (index, tensor) in ParameterTable(config).tensors.enumerated() {
      #expect(trace.gradient(tensor: index)?.shape == [tensor.rows, tensor.columns])
      #expect(trace.change(tensor: index)?.shape == [tensor.rows, tensor.columns])
    }
  }

  @Test(arguments: Shape.all)
  func attentionSharesSumToOneAndTheFutureIsMasked(shape: Shape) throws {
    let trace = try TraceTests.trace(shape)
    let positions = trace.tokens.count
    for layer in 0..<shape.config.nLayer {
      let attention = trace.activation(.layer(layer, .attention)).values
      let scores = trace.activation(.layer(layer, .scores)).values
      for row in 0..<shape.config.nHead * positions {
        let (query, start) = (row % positions, row * positions)
        let shares = attention[start..<start + positions]
        #expect(abs(shares.reduce(0) { $0 + Double($1) } - 1) <= 5e-7)
        #expect(shares.dropFirst(query + 1).allSatisfy { $0 == 0 })
        let head = row / positions
        for key in 0..<positions {
          #expect(trace.share(layer: layer, head: head, query: query, key: key) == attention[start + key])
        }
        let row = scores[start..<start + positions]
        #expect(row.prefix(query + 1).allSatisfy { $0.isFinite })
        #expect(row.dropFirst(query + 1).allSatisfy { $0 == -.infinity })
      }
    }
  }

  /// The model's formulas, in double, from one activation to the next.
  @Test(arguments: Shape.all)
  func activationsFollowFromEachOther(shape: Shape) throws {
    let trace = try TraceTests.trace(shape)
    let width = shape.config.nEmbd
    let weight = { (name: String) in try TraceTests.weight(name, trace.model) }
    func difference(_ a: Table, _ b: Table) -> [Float] { zip(a.values, b.values).map { $0 - $1 } }
    func norm(_ x: Table) -> [Double] {
      (0..<x.shape[0]).flatMap { position in
        let row = x.values[position * width..<(position + 1) * width].map(Double.init)
        let scale = 1 / sqrt(row.reduce(0) { $0 + $1 * $1 } / Double(width) + 1e-5)
        return row.map { $0 * scale }
      }
    }
    let (wte, wpe) = (try weight("wte"), try weight("wpe"))
    let embedding = trace.tokens.enumerated().flatMap { position, token in
      (0..<width).map { wte[token * width + $0] + wpe[position * width + $0] }
    }
    #expect(trace.activation(.embedding).values == embedding)
    TraceTests.expectClose(trace.activation(.stream).values, norm(trace.activation(.embedding)), "stream")
    var stream = trace.activation(.stream)
    for layer in 0..<shape.config.nLayer {
      let part = { (part: LayerActivation) in trace.activation(.layer(layer, part)) }
      let tensor = { (name: String) in try weight("layer\(layer).\(name)") }
      let attentionNorm = part(.attentionNorm)
      TraceTests.expectClose(attentionNorm.values, norm(stream), "attentionNorm")
      for (letter, activation) in [("q", LayerActivation.q), ("k", .k), ("v", .v)] {
        let expected = TraceTests.product(try tensor("attn_w\(letter)"), attentionNorm)
        TraceTests.expectClose(part(activation).values, expected, letter)
      }
      let attended = part(.streamAfterAttention)
      let fetched = TraceTests.product(try tensor("attn_wo"), part(.heads))
      TraceTests.expectClose(difference(attended, stream), fetched, "wo · heads", within: 1e-5)
      TraceTests.expectClose(part(.mlpNorm).values, norm(attended), "mlpNorm")
      let hidden = part(.mlpHidden)
      TraceTests.expectClose(hidden.values, TraceTests.product(try tensor("mlp_fc1"), part(.mlpNorm)), "mlpHidden")
      #expect(part(.mlpActive).values == hidden.values.map { max($0, 0) })
      let added = TraceTests.product(try tensor("mlp_fc2"), part(.mlpActive))
      TraceTests.expectClose(difference(part(.streamAfterMLP), attended), added, "fc2 · active", within: 1e-5)
      stream = part(.streamAfterMLP)
    }
    let logits = trace.activation(.logits)
    TraceTests.expectClose(logits.values, TraceTests.product(try weight("lm_head"), stream), "logits")
    let outcomes = shape.config.vocabSize
    for position in trace.tokens.indices {
      let row = logits.values[position * outcomes..<(position + 1) * outcomes].map { exp(Double($0)) }
      let sum = row.reduce(0, +)
      let shares = trace.activation(.probabilities).values[position * outcomes..<(position + 1) * outcomes]
      TraceTests.expectClose(Array(shares), row.map { $0 / sum }, "probabilities")
    }
  }

  @Test func lossesAreThoseOfTheLettersThatCame() throws {
    let model = try Fixture.trained().model
    let trace = try model.trace(Fixture.scalars("allosaurus"))
    let targets = [0, 11, 11, 14, 18, 0, 20, 17, 20, 18, 26]
    #expect(trace.tokens == [26] + targets.dropLast())
    let probabilities = trace.activation(.probabilities).values
    for (position, target) in targets.enumerated() {
      #expect(abs(trace.losses[position] + log(Double(probabilities[position * 27 + target]))) <= 1e-5)
    }
    #expect(trace.loss == Loss(sum: trace.losses.reduce(0, +), count: 11))
  }

  /// The first twenty updates of the lab: what a trace says of the next update is what the update then does.
  @Test func stepAndTraceGiveTheSameBits() throws {
    let trainer = Trainer(try Fixture.labRun())
    for step in 1...20 {
      let before = trainer.snapshot()
      let trace = trainer.trace(trainer.documents.document(at: step - 1))
      #expect(trainer.snapshot() == before, "a look changes nothing")
      let tensors = trainer.model.table.tensors
      let changes = tensors.indices.map { trace.change(tensor: $0)?.values }
      let weights = tensors.map { $0.values(in: trainer.model.weights.view) }
      let loss = trainer.trainStep()
      #expect(trace.loss == loss, "step \(step)")
      #expect(trace.updatedFingerprint == trainer.model.fingerprint, "step \(step)")
      for (index, tensor) in tensors.enumerated() {
        let after = tensor.values(in: trainer.model.weights.view)
        let isTheSame = changes[index] == zip(after, weights[index]).map { $0 - $1 }
        #expect(isTheSame, "\(tensor.name), step \(step)")
      }
    }
  }

  /// Every weight of some updates: its moments and its new value are those that the trainer then has, bit for bit.
  @Test(arguments: Shape.all)
  func aWeightChangesAsTheStepChangesIt(shape: Shape) throws {
    let trainer = Trainer(try Run(names: shape.names(), config: shape.config, seed: 9))
    for step in 1...3 {
      let before = [trainer.model.weights, trainer.m, trainer.v].map { $0.view.array() }
      let trace = trainer.trace(trainer.documents.document(at: step - 1))
      _ = trainer.trainStep()
      let after = [trainer.model.weights, trainer.m, trainer.v].map { $0.view.array() }
      for (index, tensor) in trainer.model.table.tensors.enumerated() {
        let gradients = try #require(trace.gradient(tensor: index)).values
        let changes = try #require(trace.change(tensor: index)).values
        var asTheStep = true
        for row in 0..<tensor.rows {
          for column in 0..<tensor.columns {
            let offset = tensor.place(row, column)
            let place = row * tensor.columns + column
            let change = try #require(trace.change(tensor: index, row: row, column: column))
            let was = [change.weight, change.m, change.v] == before.map { $0[offset] }
            let willBe = [change.newWeight, change.newM, change.newV] == after.map { $0[offset] }
            let isChange = change.gradient == gradients[place] && change.change == changes[place]
            if !was || !willBe || !isChange { asTheStep = false }
          }
        }
        #expect(asTheStep, "\(tensor.name), step \(step)")
      }
    }
  }

  /// ln p at the last position: what the loss of the text with one letter more would be of that letter.
  @Test func lastLogProbabilitiesAreLosses() throws {
    let model = try Fixture.trained().model
    let logs = try model.trace(Fixture.scalars("allo")).lastLogProbabilities
    #expect(logs.count == 27)
    for (id, letter) in model.vocabulary.scalars.enumerated() {
      #expect(try model.trace(Fixture.scalars("allo") + [letter]).losses[4] == -logs[id])
    }
    #expect(try model.trace(Fixture.scalars("allo")).losses[4] == -logs[26])
    #expect(abs(logs.reduce(0) { $0 + exp($1) } - 1) <= 1e-6)
  }

  @Test func aTraceKeepsItsNumbersWhenTrainingGoesOn() throws {
    let trainer = Trainer(try Fixture.smallRun())
    let trace = trainer.trace(trainer.documents.document(at: 0))
    func numbers() -> [Table?] {
      [trace.activation(.logits), trace.gradient(.logits), trace.gradient(tensor: 0), trace.change(tensor: 0)]
    }
    let before = numbers()
    let change = trace.change(tensor: 2, row: 3, column: 4)
    _ = trainer.trainStep()
    #expect(numbers() == before && trace.change(tensor: 2, row: 3, column: 4) == change)
  }

  @Test(arguments: Shape.all)
  func stepAndTraceGiveTheSameBitsForEveryShape(shape: Shape) throws {
    let trainer = Trainer(try Run(names: shape.names(), config: shape.config, seed: 9))
    for step in 1...Effort.of(20) {
      let trace = trainer.trace(trainer.documents.document(at: step - 1))
      #expect(trace.loss == trainer.trainStep(), "step \(step)")
      #expect(trace.updatedFingerprint == trainer.model.fingerprint, "step \(step)")
    }
  }

  @Test func aTextIsTracedAsItsDocumentIs() throws {
    let trainer = Trainer(try Fixture.labRun())
    let letters = trainer.documents.document(at: 0).inputs.array().dropFirst()
    let text = letters.map { trainer.run.vocabulary.scalars[Int($0)] }
    let trace = try trainer.trace(text)
    #expect(trace.losses == trainer.trace(trainer.documents.document(at: 0)).losses)
    #expect(trace.updatedFingerprint == trainer.trace(trainer.documents.document(at: 0)).updatedFingerprint)
    #expect(try trainer.model.trace(text).activation(.logits) == trace.activation(.logits))
  }

  @Test func showsOnlyWhatItWasAskedFor() throws {
    let trainer = Trainer(try Fixture.smallRun())
    let forward = try trainer.model.trace(Fixture.scalars("rex"))
    #expect(forward.gradient(.logits) == nil && forward.gradient(tensor: 0) == nil)
    #expect(forward.change(tensor: 0) == nil && forward.updatedFingerprint == nil)
    let backward = try trainer.model.trace(Fixture.scalars("rex"), gradients: true)
    #expect(backward.gradient(.logits) != nil && backward.gradient(tensor: 0) != nil)
    #expect(backward.change(tensor: 0) == nil && backward.updatedFingerprint == nil)
    #expect(backward.change(tensor: 0, row: 0, column: 0) == nil)
    #expect(try trainer.trace(Fixture.scalars("rex")).change(tensor: 0) != nil)
  }

  @Test func textsThatDoNotFitAreRefused() throws {
    let trainer = Trainer(try Fixture.smallRun())
    let longest = Fixture.scalars("abcdefghijklmnopq")
    #expect(try trainer.model.trace(longest).losses.count == 18)
    #expect(try trainer.model.trace([]).losses.count == 1)
    #expect(throws: TextError.tooLong(letters: 18, most: 17)) { try trainer.model.trace(longest + [0x61]) }
    #expect(throws: TextError.tooLong(letters: 18, most: 17)) { try trainer.trace(longest + [0x61]) }
    #expect(throws: TextError.unknownLetter(0x52, place: 2)) { try trainer.model.trace(Fixture.scalars("taRex")) }
    #expect(throws: TextError.unknownLetter(0x2D, place: 0)) { try trainer.trace(Fixture.scalars("-")) }
  }
}
