/// Memory that the passes need beside activations and gradients.
struct Scratch {
  /// One weight matrix at a time: turned, where a product runs over the other of its sides; then its gradient, if that is
  /// used up at once.
  let matrix: Floats
  /// (T, T): one head's attention, or its gradient before the softmax, turned.
  private let square: Floats
  /// For each layer, where its MLP's hidden layer is not 0 after ReLU: found in the forward pass, for the backward pass too.
  private let active: Floats
  private let config: Config

  /// All of it in one block of ``count(_:)`` floats.
  init(_ block: Floats, _ config: Config) {
    let matrixCount = Scratch.matrixCount(config)
    matrix = block.slice(0, matrixCount)
    let squareCount = Scratch.squareCount(config)
    square = block.slice(matrixCount, squareCount)
    active = block.slice(matrixCount &+ squareCount, config.nLayer &* Scratch.activeCount(config))
    self.config = config
  }

  /// w, turned.
  @inline(always)
  func turned(_ w: Matrix) -> Matrix {
    let turned = Matrix(matrix, rows: w.columns, columns: w.rows, rowStride: paddedTo16(w.rows))
    transpose(w, into: turned)
    return turned
  }

  /// Room for (T, T).
  @inline(always)
  func square(_ t: Int) -> Matrix { Matrix(square, rows: t, columns: t, rowStride: paddedTo16(t)) }

  /// Where the hidden layer of a layer's MLP is not 0.
  @inline(always)
  func active(ofLayer index: Int) -> Nonzeros {
    let count = Scratch.activeCount(config)
    return Nonzeros(active.slice(index &* count, count), columns: config.mlpWidth)
  }

  static func count(_ config: Config) -> Int {
    matrixCount(config) + squareCount(config) + config.nLayer * activeCount(config)
  }
  private static func matrixCount(_ config: Config) -> Int {
    let (c, f, v) = (config.nEmbd, config.mlpWidth, config.vocabSize)
    return max(max(3 * c, f, v, config.blockSize) * paddedTo16(c), c * paddedTo16(max(3 * c, f, v)))
  }
  private static func squareCount(_ config: Config) -> Int { config.blockSize * paddedTo16(config.blockSize) }
  private static func activeCount(_ config: Config) -> Int {
    Nonzeros.count(rows: config.blockSize, columns: config.mlpWidth)
  }
}
