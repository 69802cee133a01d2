/// Why sizes can't be a model. Each case carries what was given.
public enum ConfigError: Error, Equatable, Sendable {
  /// A size is outside of `least ... most`.
  case outOfRange(Size, Int, least: Int, most: Int)
  /// nHead does not divide nEmbd.
  case headsDoNotDivideWidth(nHead: Int, nEmbd: Int)
  /// More than ``Config/mostHeads`` heads in all layers together.
  case tooManyHeads(Int)
  /// More than ``Config/mostFloats`` numbers in weights or activations.
  case tooLarge(floats: Int64)

  public enum Size: Sendable, CaseIterable {
    case nLayer, nEmbd, nHead, blockSize, vocabSize, mlpRatio
  }
}

extension Config {
  /// The most heads that all layers may have together.
  public static let mostHeads = 256
  /// The most floats that a block of weights or activations may have: 128 MB.
  public static let mostFloats = 1 << 25

  /// What is wrong with the sizes, or nil.
  package var problem: ConfigError? {
    let ranges: [(ConfigError.Size, Int, Int, Int)] = [
      (.nLayer, nLayer, 1, 64), (.nEmbd, nEmbd, 1, 2_048), (.nHead, nHead, 1, 256), (.blockSize, blockSize, 2, 256),
      (.vocabSize, vocabSize, 2, Vocabulary.mostLetters + 1), (.mlpRatio, mlpRatio, 1, 64),
    ]
    for (size, value, least, most) in ranges where value < least || value > most {
      return .outOfRange(size, value, least: least, most: most)
    }
    guard nEmbd % nHead == 0 else { return .headsDoNotDivideWidth(nHead: nHead, nEmbd: nEmbd) }
    guard nLayer * nHead <= Config.mostHeads else { return .tooManyHeads(nLayer * nHead) }
    let floats = max(weightEstimate, activationEstimate)
    return floats <= Int64(Config.mostFloats) ? nil : .tooLarge(floats: floats)
  }

  // Both in 64 bits, as WebAssembly's Int has 32, and without overflow checks, which would need 128: the ranges above
  // keep them far below 2⁶³.

  /// Floats of a block of weights, rows padded.
  private var weightEstimate: Int64 {
    let c = Int64(nEmbd)
    let width = Int64(paddedTo16(nEmbd))
    let hidden = Int64(mlpRatio) &* c
    let outer = (Int64(vocabSize) &+ Int64(blockSize)) &* width &+ c &* (Int64(vocabSize) &+ 15)
    return outer &+ Int64(nLayer) &* (c &* (3 &* c &+ 15 &+ width) &+ 2 &* hidden &* width)
  }

  /// Floats of a block of activations.
  private var activationEstimate: Int64 {
    let c = Int64(nEmbd)
    let width = Int64(paddedTo16(nEmbd))
    let channels = 5 &* width &+ 3 &* c &+ 2 &* Int64(mlpRatio) &* c &+ 45
    let turned = 4 &* c &+ 2 &* Int64(nHead) &* Int64(blockSize) &+ 2
    let layer = Int64(blockSize) &* channels &+ Int64(paddedTo16(blockSize)) &* turned
    let outer = 2 &* Int64(blockSize) &* (width &+ Int64(vocabSize) &+ 15) &+ 3 &* Int64(paddedTo16(blockSize))
    return Int64(nLayer) &* layer &+ outer
  }
}
