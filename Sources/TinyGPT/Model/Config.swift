/// The sizes of a model. The lab's own are the defaults.
public struct Config: Equatable, Sendable {
  /// Layers.
  public var nLayer = 2
  /// Width of the residual stream, in channels.
  public var nEmbd = 32
  /// Heads a layer; each has nEmbd / nHead channels.
  public var nHead = 4
  /// Positions: the most tokens the model looks at.
  public var blockSize = 18
  /// Letters and BOS.
  public var vocabSize = 27
  /// Width of an MLP's hidden layer over nEmbd.
  public var mlpRatio = 4

  public init() {}

  /// Channels of one head.
  public var headDim: Int { nEmbd / nHead }
  /// Width of an MLP's hidden layer.
  public var mlpWidth: Int { nEmbd * mlpRatio }
  /// Weights, padding not counted.
  public var parameterCount: Int {
    (2 * vocabSize + blockSize) * nEmbd + nLayer * (4 * nEmbd * nEmbd + 2 * nEmbd * mlpWidth)
  }
}
