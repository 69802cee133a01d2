/// The offsets of the weights in a block: plain numbers that a training step can carry without touching memory.
struct ParameterOffsets: Sendable {
  let wte: Int
  let wpe: Int
  let lmHead: Int
  /// From the start of a layer.
  let qkv = 0
  let wo: Int
  let fc1: Int
  let fc2: Int
  let blockCount: Int
  private let firstLayer: Int
  private let layerCount: Int

  init(_ config: Config) {
    let width = paddedTo16(config.nEmbd)
    wte = 0
    wpe = wte + config.vocabSize * width
    lmHead = wpe + config.blockSize * width
    firstLayer = lmHead + config.nEmbd * paddedTo16(config.vocabSize)
    wo = config.nEmbd * paddedTo16(3 * config.nEmbd)
    fc1 = wo + config.nEmbd * width
    fc2 = fc1 + config.mlpWidth * width
    layerCount = fc2 + config.mlpWidth * width
    blockCount = firstLayer + config.nLayer * layerCount
  }

  /// Where layer `index` starts.
  @inline(always)
  func layer(_ index: Int) -> Int { firstLayer &+ index &* layerCount }
}
