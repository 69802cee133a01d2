/// One name seen from inside a model: every activation, every gradient and every change of a weight, by name, from the same
/// arithmetic that trains, bit for bit. Looking changes nothing.
public final class Trace {
  /// Letters and BOS as the model read them: BOS first.
  public let tokens: [Int]
  /// Loss of each prediction, in nats: the letters after BOS, then END where it fits.
  public let losses: [Double]
  package let model: Model
  /// What was off.
  package let off: Switches
  private let activations: Block<Float>
  private let activationGradients: Block<Float>?
  private let weightGradients: Block<Float>?
  private let update: TracedUpdate?

  /// Runs `document` forward; backward if `gradients` or `optimizer` ask for it.
  package init(
    _ model: Model, _ document: Document, off: Switches = Switches(), gradients: Bool, optimizer: Optimizer? = nil
  ) {
    self.model = model
    self.off = off
    let passes = model.passes
    let table = ActivationTable(model.config)
    let weights = model.weights.view
    activations = Block(count: table.blockCount)
    let a = table.activations(in: activations.view, positions: document.inputs.count)
    let scratch = Block<Float>(count: Scratch.count(model.config))
    withExtendedLifetime(scratch) { passes.forward(document, weights, a, scratch.view, off: off) }
    tokens = document.inputs.array().map { Int($0) }
    losses = (0..<document.targets.count).map { a.loss(at: $0, target: Int(document.targets[$0])) }
    guard gradients || optimizer != nil else {
      activationGradients = nil
      weightGradients = nil
      update = nil
      return
    }
    let changes = Block<Float>(count: table.blockCount)
    let d = table.activations(in: changes.view, positions: document.inputs.count)
    let g = Block<Float>(count: model.table.blockCount)
    withExtendedLifetime(scratch) {
      passes.backward(document, weights, a, d, into: g.view, scratch.view, off: off, isTraced: true)
    }
    activationGradients = changes
    weightGradients = g
    update = optimizer.map { TracedUpdate(weights, gradient: g.view, $0) }
  }

  /// Mean loss of a prediction.
  public var loss: Loss {
    var loss = Loss()
    for value in losses { loss += Loss(sum: value, count: 1) }
    return loss
  }

  /// An activation, copied out.
  public func activation(_ activation: Activation) -> Table {
    table(activation, in: activations.view, masked: -.infinity)
  }

  /// Every activation where it stands; not to be kept longer than the trace.
  package var views: Activations {
    ActivationTable(model.config).activations(in: activations.view, positions: tokens.count)
  }

  /// The gradient of every activation where it stands; nil if the trace was made without gradients.
  package var gradientViews: Activations? {
    activationGradients.map {
      ActivationTable(model.config).activations(in: $0.view, positions: tokens.count)
    }
  }

  /// The attention of one head: the share that `query` gives to `key`.
  package func share(layer: Int, head: Int, query: Int, key: Int) -> Float {
    views.layer(layer).attention(head)[key, query]
  }

  /// ln p of each outcome at the last position, by id: the negative of what would be its loss, in nats.
  package var lastLogProbabilities: [Double] {
    (0..<model.config.vocabSize).map { -views.loss(at: tokens.count - 1, target: $0) }
  }

  /// The gradient of the mean loss by an activation; nil if the trace was made without gradients.
  public func gradient(_ activation: Activation) -> Table? {
    activationGradients.map { table(activation, in: $0.view, masked: 0) }
  }

  /// The gradient of the mean loss by tensor `index` of the parameter table; nil if made without gradients.
  public func gradient(tensor index: Int) -> Table? {
    weightGradients.map { block in
      let tensor = model.table.tensors[index]
      return Table(shape: [tensor.rows, tensor.columns], values: tensor.values(in: block.view))
    }
  }

  /// By how much an update on this name would change tensor `index`; nil if made without an optimizer.
  public func change(tensor index: Int) -> Table? {
    update.map { update in
      let tensor = model.table.tensors[index]
      let before = tensor.values(in: update.weights.view)
      let after = tensor.values(in: update.newWeights.view)
      return Table(shape: [tensor.rows, tensor.columns], values: before.indices.map { after[$0] - before[$0] })
    }
  }

  /// What an update on this name would do to one weight of tensor `index`; nil if made without an optimizer.
  package func change(tensor index: Int, row: Int, column: Int) -> WeightChange? {
    guard let update, let weightGradients else { return nil }
    let tensor = model.table.tensors[index]
    return update.change(at: tensor.place(row, column), gradient: weightGradients.view)
  }

  /// The fingerprint that the weights would have after the update; nil if made without an optimizer.
  package var updatedFingerprint: UInt64? {
    update.map { update in
      var hash = FNV1a()
      model.table.forEachWeight { hash.combine(littleEndian: update.newWeights.view[$0].bitPattern) }
      return hash.value
    }
  }

  private func table(_ activation: Activation, in block: Floats, masked: Float) -> Table {
    let all = ActivationTable(model.config).activations(in: block, positions: tokens.count)
    switch activation {
    case .embedding: return rows(all.embedding)
    case .stream: return rows(all.stream)
    case .logits: return rows(all.logits)
    case .probabilities: return rows(all.probabilities)
    case .layer(let index, let part):
      let layer = all.layer(index)
      switch part {
      case .attentionNorm: return rows(layer.attentionNorm)
      case .q: return rows(layer.q)
      case .k: return rows(layer.k)
      case .v: return rows(layer.v)
      case .scores: return squares(layer.scores, masked: masked)
      case .attention: return squares(layer.attention, masked: 0)
      case .heads: return rows(layer.heads)
      case .streamAfterAttention: return rows(layer.streamAfterAttention)
      case .mlpNorm: return rows(layer.mlpNorm)
      case .mlpHidden: return rows(layer.mlpHidden)
      case .mlpActive: return rows(layer.mlpActive)
      case .streamAfterMLP: return rows(layer.streamAfterMLP)
      }
    }
  }

  /// (T, channels).
  private func rows(_ matrix: Matrix) -> Table {
    var values: [Float] = []
    for t in 0..<matrix.rows {
      for c in 0..<matrix.columns { values.append(matrix[t, c]) }
    }
    return Table(shape: [matrix.rows, matrix.columns], values: values)
  }

  /// Key by query as (head, query, key); `masked` where a key comes after its query.
  private func squares(_ square: (Int) -> Matrix, masked: Float) -> Table {
    let t = tokens.count
    var values: [Float] = []
    for head in 0..<model.config.nHead {
      let matrix = square(head)
      for query in 0..<t {
        for key in 0..<t { values.append(key <= query ? matrix[key, query] : masked) }
      }
    }
    return Table(shape: [model.config.nHead, t, t], values: values)
  }
}

/// Numbers with a shape, row-major.
public struct Table: Equatable, Sendable {
  public let shape: [Int]
  public let values: [Float]
}

/// The name of an activation. Shapes: (T, channels), but (heads, query, key) for scores and attention.
public enum Activation: Equatable, Sendable {
  /// wte[token] + wpe[position].
  case embedding
  /// The residual stream as it enters layer 0.
  case stream
  case layer(Int, LayerActivation)
  /// (T, V).
  case logits
  /// (T, V): softmax of the logits.
  case probabilities
}

/// The name of an activation of one layer, in the order of the forward pass.
public enum LayerActivation: Equatable, Sendable, CaseIterable {
  case attentionNorm, q, k, v
  /// k · q / √headDim; minus infinity where the key comes after the query.
  case scores
  case attention, heads, streamAfterAttention, mlpNorm
  /// Before ReLU.
  case mlpHidden
  /// After ReLU.
  case mlpActive
  case streamAfterMLP
}

/// Why a text can't be fed to a model.
public enum TextError: Error, Equatable, Sendable {
  /// A letter that the vocabulary lacks; its place counts from 0.
  case unknownLetter(UInt32, place: Int)
  /// More letters than the context has room for.
  case tooLong(letters: Int, most: Int)
}

extension Model {
  /// BOS, the letters of `text`, BOS.
  package func tokens(_ text: [UInt32]) throws(TextError) -> [UInt16] {
    guard text.count < config.blockSize else { throw .tooLong(letters: text.count, most: config.blockSize - 1) }
    switch vocabulary.tokens(text) {
    case .failure(let unknown): throw .unknownLetter(unknown.scalar, place: unknown.place)
    case .success(var tokens):
      tokens.insert(UInt16(vocabulary.bos), at: 0)
      tokens.append(UInt16(vocabulary.bos))
      return tokens
    }
  }

  /// Every activation of `text`, and with `gradients` the gradient of each activation and weight.
  public func trace(_ text: [UInt32], off: Switches = Switches(), gradients: Bool = false) throws(TextError) -> Trace {
    let tokens = Block(try tokens(text))
    return withExtendedLifetime(tokens) {
      Trace(self, Document(tokens: tokens.view, blockSize: config.blockSize), off: off, gradients: gradients)
    }
  }
}

extension Trainer {
  /// What the next update would see and change if it trained on `text`.
  public func trace(_ text: [UInt32]) throws(TextError) -> Trace {
    let tokens = Block(try model.tokens(text))
    return withExtendedLifetime(tokens) { trace(Document(tokens: tokens.view, blockSize: run.config.blockSize)) }
  }

  /// What the next update sees and changes.
  package func trace(_ document: Document) -> Trace {
    let optimizer = Optimizer(m: m.view, v: v.view, coefficients: AdamCoefficients(run.recipe, update: step + 1))
    return Trace(model, document, gradients: true, optimizer: optimizer)
  }
}
