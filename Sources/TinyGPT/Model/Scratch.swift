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
    let stride = Scratch.stride(ofTurned: w.columns, w.rows)
    let turned = Matrix(matrix, rows: w.columns, columns: w.rows, rowStride: stride)
    transpose(w, into: turned)
    return turned
  }

  /// Floats from row to row of a turned matrix of this shape. Rows of a large one that lay a power of two apart would share a few
  /// places of the nearest cache.
  @inline(always)
  private static func stride(ofTurned rows: Int, _ columns: Int) -> Int {
    let stride = paddedTo16(columns)
    return stride % 128 == 0 && rows &* stride > nearestCache ? stride &+ 16 : stride
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
    let turned = max(turnedCount(3 * c, c), turnedCount(c, f), turnedCount(v, c))
    let gradient = max(max(f, v, config.blockSize) * paddedTo16(c), c * paddedTo16(max(3 * c, v)))
    return max(turned, gradient)
  }

  private static func turnedCount(_ rows: Int, _ columns: Int) -> Int { rows * stride(ofTurned: rows, columns) }

  private static func squareCount(_ config: Config) -> Int { config.blockSize * paddedTo16(config.blockSize) }

  private static func activeCount(_ config: Config) -> Int {
    Nonzeros.count(rows: config.blockSize, columns: config.mlpWidth)
  }
}
