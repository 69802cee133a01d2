import TinyGPT

/// The floating-point operations of a training step, counted from the sizes: what the mathematics asks for, whatever the
/// machine really does. It does fewer: what is multiplied by a 0 of ReLU is left out.
///
/// A name of T predictions costs, forward, these products of a multiplication and an addition each:
///
///     projections   T · (L · (4 C² + 2 C F) + V C)        wq wk wv wo, fc1 fc2, lm_head; F the MLP's hidden width
///     attention     T (T + 1) / 2 · L · 2 C               scores and mixing; a query sees itself and what is before it
///
/// Backward takes twice as many: one product for the gradient of each factor. Adam adds 12 operations for each weight
/// (3 for m, 4 for v, 4 for the change, 1 to apply it). Norms, softmax and ReLU are left out: they are below one hundredth.
struct TrainingCost {
  /// Mean over the names trained on.
  let operationsPerStep: Double

  init(_ run: Run) {
    let config = run.config
    let (c, f, v, l) = (Double(config.nEmbd), Double(config.mlpWidth), Double(config.vocabSize), Double(config.nLayer))
    let documents = Documents(
      names: run.names, vocabulary: run.vocabulary, blockSize: config.blockSize, holdOut: run.recipe.holdOut,
      seed: run.seed)
    var products = 0.0
    for place in 0..<documents.trainingCount {
      let t = Double(documents.document(at: place).inputs.count)
      products += t * (l * (4 * c * c + 2 * c * f) + v * c) + t * (t + 1) / 2 * l * 2 * c
    }
    let meanProducts = products / Double(documents.trainingCount)
    let adam = 12 * Double(config.parameterCount)
    operationsPerStep = Double(run.recipe.batch) * 3 * 2 * meanProducts + adam
  }
}
