/// A model: sizes, letters and weights. Reading it changes nothing.
public final class Model {
  public let config: Config
  public let vocabulary: Vocabulary
  package let table: ParameterTable
  package let weights: Block<Float>

  /// A model with all weights 0.
  ///
  /// - Precondition: `config` has no ``Config/problem`` and fits the vocabulary.
  package init(config: Config, vocabulary: Vocabulary) {
    precondition(config.problem == nil && config.vocabSize == vocabulary.count, "Model: sizes must be valid")
    self.config = config
    self.vocabulary = vocabulary
    table = ParameterTable(config)
    weights = Block(count: table.blockCount)
  }

  /// The untrained model of a run: every weight drawn from the normal distribution with mean 0.
  public convenience init(untrained run: Run) {
    self.init(config: run.config, vocabulary: run.vocabulary)
    drawWeights(std: run.recipe.initStd, seed: run.seed)
  }

  /// Fills each tensor, row by row, from the seed's stream for its place in the table.
  package func drawWeights(std: Double, seed: UInt32) {
    for (index, tensor) in table.tensors.enumerated() {
      var random = RandomStream(seed: seed, .weights, index: index)
      let values = (0..<tensor.rows * tensor.columns).map { _ in Float(std * random.normal()) }
      tensor.set(values, in: weights.view)
    }
  }

  /// FNV-1a, 64 bits, over the weights' bits in table order, little-endian: names a state.
  public var fingerprint: UInt64 {
    var hash = FNV1a()
    table.forEachWeight { hash.combine(littleEndian: weights.view[$0].bitPattern) }
    return hash.value
  }

  /// Whether every weight is a number.
  public var isFinite: Bool {
    var finite = true
    table.forEachWeight { if !weights.view[$0].isFinite { finite = false } }
    return finite
  }

  /// The matrix (out, in) that adds the heads of a layer to the stream; not to be kept longer than the model.
  package func wo(layer: Int) -> Matrix { network.layer(layer).wo(weights.view).transposed }

  var network: Network { Network(config: config, offsets: table.offsets) }

  /// The passes as the process chose to compute them.
  var passes: Passes { Passes(network: network, width: .chosen) }
}
