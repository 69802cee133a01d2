/// Memory that the passes need beside activations and gradients.
struct Scratch {
  /// What a product by a transposed matrix works in; then that matrix's gradient, if it is used up at once.
  let matrix: Floats
  /// (T, T): one head's attention, or its gradient before the softmax, turned.
  private let square: Floats
  /// For each layer, where its MLP's hidden layer is not 0 after ReLU: found in the forward pass, for the backward pass too.
  private let active: Floats
  /// (F, T): the gradient of one MLP's hidden layer, turned.
  private let turnedHidden: Floats
  private let config: Config

  /// All of it in one block of ``count(_:)`` floats.
  init(_ block: Floats, _ config: Config) {
    let matrixCount = Scratch.matrixCount(config)
    matrix = block.slice(0, matrixCount)
    let squareCount = Scratch.squareCount(config)
    square = block.slice(matrixCount, squareCount)
    let activeCount = config.nLayer &* Scratch.activeCount(config)
    active = block.slice(matrixCount &+ squareCount, activeCount)
    turnedHidden = block.slice(matrixCount &+ squareCount &+ activeCount, Scratch.turnedHiddenCount(config))
    self.config = config
  }

  /// Room for (T, T).
  @inline(always)
  func square(_ t: Int) -> Matrix { Matrix(square, rows: t, columns: t, rowStride: paddedPositions(t)) }

  /// Room for (C, T), in the memory that products by transposed matrices work in.
  @inline(always)
  func turnedStream(_ t: Int) -> Matrix {
    Matrix(matrix, rows: config.nEmbd, columns: t, rowStride: paddedPositions(t))
  }

  /// Room for (F, T).
  @inline(always)
  func turnedHidden(_ t: Int) -> Matrix {
    Matrix(turnedHidden, rows: config.mlpWidth, columns: t, rowStride: paddedPositions(t))
  }

  /// Where the hidden layer of a layer's MLP is not 0.
  @inline(always)
  func active(ofLayer index: Int) -> Nonzeros {
    let count = Scratch.activeCount(config)
    return Nonzeros(active.slice(index &* count, count), columns: config.mlpWidth)
  }

  static func count(_ config: Config) -> Int {
    matrixCount(config) + squareCount(config) + config.nLayer * activeCount(config) + turnedHiddenCount(config)
  }

  private static func matrixCount(_ config: Config) -> Int {
    let (c, f, v, t) = (config.nEmbd, config.mlpWidth, config.vocabSize, config.blockSize)
    let product = max(
      transposedProductMemory(t, c, 3 * c), transposedProductMemory(t, f, c), transposedProductMemory(t, c, v))
    let gradient = max(max(f, v, t) * paddedTo16(c), c * paddedTo16(max(3 * c, v)))
    return max(product, gradient)
  }

  private static func squareCount(_ config: Config) -> Int { config.blockSize * paddedPositions(config.blockSize) }

  private static func turnedHiddenCount(_ config: Config) -> Int { config.mlpWidth * paddedPositions(config.blockSize) }

  private static func activeCount(_ config: Config) -> Int {
    Nonzeros.count(rows: config.blockSize, columns: config.mlpWidth)
  }
}
