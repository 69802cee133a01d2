import TinyGPT

/// A training state as a value: what it says about its run, the weights, and what the next update needs of Adam.
package struct Checkpoint: Equatable, Sendable {
  /// Both moments of Adam, tensor by tensor.
  package struct Moments: Equatable, Sendable {
    package let m: [[Float]]
    package let v: [[Float]]
  }

  package let metadata: CheckpointMetadata
  /// Tensor by tensor, in the order of the parameter table, each row after row.
  package let weights: [[Float]]
  /// nil in a file that was made for reading the model only: training can't go on from it.
  package let moments: Moments?

  /// The state of a trainer.
  package init(_ trainer: Trainer) {
    let tensors = trainer.model.table.tensors
    let moments = Moments(
      m: tensors.map { $0.values(in: trainer.m.view) }, v: tensors.map { $0.values(in: trainer.v.view) })
    metadata = CheckpointMetadata(
      config: trainer.run.config, recipe: trainer.run.recipe, vocabulary: trainer.run.vocabulary,
      seed: trainer.run.seed, step: trainer.step, namesFingerprint: trainer.run.names.fingerprint,
      fingerprint: trainer.model.fingerprint, momentsFingerprint: moments.fingerprint)
    weights = tensors.map { $0.values(in: trainer.model.weights.view) }
    self.moments = moments
  }

  /// The model, to look at and to generate with.
  package func makeModel() -> Model {
    let model = Model(config: metadata.config, vocabulary: metadata.vocabulary)
    for (tensor, values) in zip(model.table.tensors, weights) { tensor.set(values, in: model.weights.view) }
    return model
  }

  /// The run that led here.
  ///
  /// - Throws: ``CheckpointError/otherNames(expected:got:)``, ``CheckpointError/otherVocabulary``.
  package func makeRun(names: NameList) throws(CheckpointError) -> Run {
    guard names.fingerprint == metadata.namesFingerprint else {
      throw .otherNames(expected: metadata.namesFingerprint, got: names.fingerprint)
    }
    let run: Run
    do {
      run = try Run(names: names, config: metadata.config, recipe: metadata.recipe, seed: metadata.seed)
    } catch { throw .otherVocabulary }
    guard run.vocabulary == metadata.vocabulary else { throw .otherVocabulary }
    return run
  }

  /// A trainer that goes on from here as if it had never stopped, whoever computes.
  ///
  /// - Throws: what ``makeRun(names:)`` throws, ``CheckpointError/noMoments``.
  package func makeTrainer(
    names: NameList, workers: Workers = .one
  ) throws(CheckpointError) -> Trainer {
    guard let moments else { throw .noMoments }
    let trainer = Trainer(try makeRun(names: names), workers: workers)
    for (index, tensor) in trainer.model.table.tensors.enumerated() {
      tensor.set(weights[index], in: trainer.model.weights.view)
      tensor.set(moments.m[index], in: trainer.m.view)
      tensor.set(moments.v[index], in: trainer.v.view)
    }
    trainer.setStep(metadata.step)
    return trainer
  }
}

extension Checkpoint.Moments {
  /// FNV-1a, 64 bits, over m, then v, tensor by tensor.
  package var fingerprint: UInt64 { TinyGPTFormats.fingerprint(of: m + v) }
}

/// FNV-1a, 64 bits, over the floats' bits, little-endian.
func fingerprint(of tensors: [[Float]]) -> UInt64 {
  var hash = FNV1a()
  for values in tensors {
    for value in values { hash.combine(littleEndian: value.bitPattern) }
  }
  return hash.value
}
