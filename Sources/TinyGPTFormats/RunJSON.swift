import TinyGPT

// The parts of a run as JSON: in checkpoints and in what the commands report.

extension Config {
  package var json: JSONValue {
    [
      "nLayer": JSONValue(nLayer), "nEmbd": JSONValue(nEmbd), "nHead": JSONValue(nHead),
      "blockSize": JSONValue(blockSize), "vocabSize": JSONValue(vocabSize), "mlpRatio": JSONValue(mlpRatio),
    ]
  }

  /// nil where a size is missing or no whole number.
  package init?(json: JSONValue) {
    guard let nLayer = json["nLayer"]?.integer, let nEmbd = json["nEmbd"]?.integer,
      let nHead = json["nHead"]?.integer, let blockSize = json["blockSize"]?.integer,
      let vocabSize = json["vocabSize"]?.integer, let mlpRatio = json["mlpRatio"]?.integer
    else { return nil }
    self.init()
    self.nLayer = nLayer
    self.nEmbd = nEmbd
    self.nHead = nHead
    self.blockSize = blockSize
    self.vocabSize = vocabSize
    self.mlpRatio = mlpRatio
  }
}

extension Recipe {
  package var json: JSONValue {
    [
      "learningRate": .number(learningRate), "beta1": .number(beta1), "beta2": .number(beta2),
      "floor": .number(floor), "horizon": JSONValue(horizon), "initStd": .number(initStd),
      "holdOut": .number(holdOut), "batch": JSONValue(batch),
    ]
  }

  /// nil where a value is missing or no number.
  package init?(json: JSONValue) {
    guard let learningRate = json["learningRate"]?.number, let beta1 = json["beta1"]?.number,
      let beta2 = json["beta2"]?.number, let floor = json["floor"]?.number, let horizon = json["horizon"]?.integer,
      let initStd = json["initStd"]?.number, let holdOut = json["holdOut"]?.number,
      let batch = json["batch"]?.integer
    else { return nil }
    self.init()
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.floor = floor
    self.horizon = horizon
    self.initStd = initStd
    self.holdOut = holdOut
    self.batch = batch
  }
}

extension Vocabulary {
  /// The letters in the order of their ids.
  package var text: String { String(scalars) }
}

extension String {
  /// The text of these scalars.
  package init(_ scalars: some Sequence<UInt32>) {
    self.init(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
  }
}
