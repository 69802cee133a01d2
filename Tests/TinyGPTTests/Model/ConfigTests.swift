import Testing
import TinyGPT

/// Which sizes can be a model, and how large it gets.
struct ConfigTests {
  private static func config(_ change: (inout Config) -> Void) -> Config {
    var config = Config()
    change(&config)
    return config
  }

  @Test func theLabsModelHas26880Parameters() {
    #expect(Config().parameterCount == 26_880)
    #expect(Config().headDim == 8 && Config().mlpWidth == 128)
    #expect(Config().problem == nil)
  }

  /// Each size just inside and just outside of its bounds, and as large and as small as numbers go.
  @Test(arguments: [
    (ConfigError.Size.nLayer, 1, 64), (.nEmbd, 1, 2_048), (.nHead, 1, 256), (.blockSize, 2, 256), (.vocabSize, 2, 201),
    (.mlpRatio, 1, 64),
  ])
  func everySizeHasBounds(size: ConfigError.Size, least: Int, most: Int) {
    func config(_ value: Int) -> Config {
      ConfigTests.config { config in
        switch size {
        case .nLayer: config.nLayer = value
        case .nEmbd: config.nEmbd = value
        case .nHead: config.nHead = value
        case .blockSize: config.blockSize = value
        case .vocabSize: config.vocabSize = value
        case .mlpRatio: config.mlpRatio = value
        }
        // Everything else small enough for the largest.
        if size != .nHead && size != .nEmbd { (config.nEmbd, config.nHead) = (4, 1) }
        if size == .nEmbd { (config.nLayer, config.nHead, config.mlpRatio) = (1, 1, 1) }
        if size == .nHead { (config.nLayer, config.nEmbd) = (1, 256) }
      }
    }
    #expect(config(least).problem == nil)
    #expect(config(most).problem == nil)
    for value in [least - 1, most + 1, .min, .max, -1] {
      #expect(config(value).problem == .outOfRange(size, value, least: least, most: most))
    }
  }

  @Test func everySizeAtOnceMayOverflow() {
    for value in [Int.max, .min] {
      let config = ConfigTests.config { config in
        (config.nLayer, config.nEmbd, config.nHead) = (value, value, value)
        (config.blockSize, config.vocabSize, config.mlpRatio) = (value, value, value)
      }
      #expect(config.problem == .outOfRange(.nLayer, value, least: 1, most: 64))
    }
  }

  @Test func headsMustDivideTheWidth() {
    #expect(ConfigTests.config { $0.nHead = 5 }.problem == .headsDoNotDivideWidth(nHead: 5, nEmbd: 32))
    #expect(ConfigTests.config { $0.nHead = 64 }.problem == .headsDoNotDivideWidth(nHead: 64, nEmbd: 32))
    #expect(ConfigTests.config { $0.nHead = 32 }.problem == nil)
  }

  @Test func headsOfAllLayersAreLimited() {
    func config(_ layers: Int) -> Config {
      ConfigTests.config { config in
        (config.nLayer, config.nHead) = (layers, 32)
      }
    }
    #expect(config(8).problem == nil)
    #expect(config(9).problem == .tooManyHeads(288))
  }

  @Test func theLargestModelIsTooLarge() {
    let config = ConfigTests.config { config in
      (config.nLayer, config.nEmbd, config.nHead) = (64, 2_048, 4)
      (config.blockSize, config.vocabSize, config.mlpRatio) = (256, 201, 64)
    }
    guard case .tooLarge(let floats) = config.problem else {
      Issue.record("expected .tooLarge")
      return
    }
    #expect(floats > Int64(Config.mostFloats))
  }

  /// Whatever passes fits: neither block is larger than the limit.
  @Test(arguments: 0..<50)
  func blocksOfSoundSizesAreWithinTheLimit(seed: Int) {
    var random = RandomStream(case: seed)
    for _ in 0..<100 {
      let config = ConfigTests.config { config in
        config.nLayer = 1 << random.below(7)
        config.nHead = 1 << random.below(9)
        config.nEmbd = config.nHead * random.count(1...64)
        config.blockSize = random.count(2...256)
        config.vocabSize = random.count(2...201)
        config.mlpRatio = 1 << random.below(7)
      }
      guard config.problem == nil else { continue }
      #expect(ParameterTable(config).blockCount <= Config.mostFloats)
      #expect(ActivationTable(config).blockCount <= Config.mostFloats)
      #expect(config.parameterCount <= ParameterTable(config).blockCount)
    }
  }
}
