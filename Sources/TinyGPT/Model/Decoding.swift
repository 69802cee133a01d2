/// One pass for one position of several names that stand side by side in the lanes: the memory it works in, and how.
///
/// The arithmetic of each name is that of ``Network/forward(_:_:_:off:)``, bit for bit.
struct Decoding {
  let network: Network
  let weights: Floats
  let off: Switches
  /// Names that run side by side, a multiple of the lane count.
  let width: Int
  /// Keys, then values, of each layer and position: (C, width) each.
  let cache: Floats
  let block: Floats

  private var config: Config { network.config }

  static func cacheCount(_ config: Config, width: Int) -> Int {
    2 * config.nLayer * config.blockSize * config.nEmbd * width
  }

  static func blockCount(_ config: Config, width: Int) -> Int {
    (7 * config.nEmbd + config.mlpWidth + config.vocabSize + config.blockSize + 1) * width
  }

  private func matrix(row: Int, rows: Int) -> Matrix {
    Matrix(block.slice(row * width, rows * width), rows: rows, columns: width, rowStride: width)
  }

  private var x: Matrix { matrix(row: 0, rows: config.nEmbd) }
  private var norm: Matrix { matrix(row: config.nEmbd, rows: config.nEmbd) }
  private var heads: Matrix { matrix(row: 2 * config.nEmbd, rows: config.nEmbd) }
  private var sum: Matrix { matrix(row: 3 * config.nEmbd, rows: config.nEmbd) }
  private var qkv: Matrix { matrix(row: 4 * config.nEmbd, rows: 3 * config.nEmbd) }
  private var hidden: Matrix { matrix(row: 7 * config.nEmbd, rows: config.mlpWidth) }
  /// (V, width): a score for each outcome, after ``advance(_:position:)``.
  var logits: Matrix { matrix(row: 7 * config.nEmbd + config.mlpWidth, rows: config.vocabSize) }
  private var shares: Matrix {
    matrix(row: 7 * config.nEmbd + config.mlpWidth + config.vocabSize, rows: config.blockSize)
  }
  private var scale: Matrix {
    matrix(row: 7 * config.nEmbd + config.mlpWidth + config.vocabSize + config.blockSize, rows: 1)
  }

  /// Keys (`which` 0) or values (1) of a position.
  private func cached(_ which: Int, layer: Int, position: Int) -> Matrix {
    let size = config.nEmbd * width
    let place = (2 * layer + which) * config.blockSize + position
    return Matrix(cache.slice(place * size, size), rows: config.nEmbd, columns: width, rowStride: width)
  }

  /// Reads one token of each name at `position` and fills ``logits``.
  ///
  /// - Precondition: earlier positions were read before, in order.
  func advance(_ tokens: View<UInt16>, position: Int) {
    precondition(tokens.count == width && position < config.blockSize, "Decoding: a token a name, within context")
    let wte = network.wte(weights)
    let wpe = network.wpe(weights)
    for c in 0..<config.nEmbd {
      for name in 0..<width { x[c, name] = wte[Int(tokens[name]), c] + wpe[position, c] }
    }
    rmsNorm(x, into: x, scale: scale)
    for index in 0..<config.nLayer {
      let layer = network.layer(index, weights)
      rmsNorm(x, into: norm, scale: scale)
      multiply(layer.qkv, norm, into: qkv)
      copy(qkv.rows(config.nEmbd, config.nEmbd), into: cached(0, layer: index, position: position))
      copy(qkv.rows(2 * config.nEmbd, config.nEmbd), into: cached(1, layer: index, position: position))
      for head in 0..<config.nHead { attend(layer: index, head: head, position: position) }
      multiply(layer.wo, heads, from: x, into: sum)
      rmsNorm(sum, into: norm, scale: scale)
      multiply(layer.fc1, norm, into: hidden)
      relu(hidden, into: hidden)
      if off.isMLPOff(layer: index) { clear(hidden) }
      multiply(layer.fc2, hidden, from: sum, into: x)
    }
    multiply(network.lmHead(weights), x, into: logits)
  }

  /// One head's look back from `position`, as ``TinyGPT/attend(q:k:v:scores:attention:into:)`` for one query a name.
  private func attend(layer: Int, head: Int, position: Int) {
    let first = head * config.headDim
    let q = qkv.rows(first, config.headDim)
    let out = heads.rows(first, config.headDim)
    if off.isHeadOff(layer: layer, head: head, config) { return clear(out) }
    let rootScale = inverseRoot(config.headDim)
    var name = 0
    while name < width {
      var top = Lanes(repeating: -.infinity)
      for s in 0...position {
        let k = cached(0, layer: layer, position: s).rows(first, config.headDim)
        var score = Lanes.zero
        for d in 0..<config.headDim { score += q.lanes(d, name) * k.lanes(d, name) }
        score *= rootScale
        shares.store(score, s, name)
        top = larger(top, score)
      }
      var sum = Lanes.zero
      for s in 0...position {
        let share = exponential(shares.lanes(s, name) - top)
        shares.store(share, s, name)
        sum += share
      }
      let inverse = 1 / sum
      for s in 0...position { shares.store(shares.lanes(s, name) * inverse, s, name) }
      for d in 0..<config.headDim {
        var mixed = Lanes.zero
        for s in 0...position {
          mixed += cached(1, layer: layer, position: s).lanes(first + d, name) * shares.lanes(s, name)
        }
        out.store(mixed, d, name)
      }
      name &+= laneCount
    }
  }
}
