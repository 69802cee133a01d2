/// One pass for one position of several names at once: the memory it works in, and how.
///
/// Activations have a row for each name; attention has the names in the lanes. The arithmetic of each name is that of
/// ``Network/forward(_:_:_:off:)``, bit for bit.
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
    let rows = 4 * paddedTo16(config.nEmbd) + paddedTo16(3 * config.nEmbd) + paddedTo16(config.mlpWidth)
    return (rows + paddedTo16(config.vocabSize) + 4 * config.nEmbd + config.vocabSize + config.blockSize + 1) * width
  }

  /// A row for each name; `offset` in floats a name.
  private func rows(at offset: Int, _ columns: Int) -> Matrix {
    let stride = paddedTo16(columns)
    return Matrix(block.slice(offset * width, stride * width), rows: width, columns: columns, rowStride: stride)
  }

  /// A column for each name, behind what has rows for them.
  private func columns(at row: Int, _ rows: Int) -> Matrix {
    let offset = 4 * c + c3 + f + paddedTo16(config.vocabSize) + row
    return Matrix(block.slice(offset * width, rows * width), rows: rows, columns: width, rowStride: width)
  }

  // Floats of a row of the stream, of q, k and v, and of the MLP.
  private var c: Int { paddedTo16(config.nEmbd) }
  private var c3: Int { paddedTo16(3 * config.nEmbd) }
  private var f: Int { paddedTo16(config.mlpWidth) }

  private var x: Matrix { rows(at: 0, config.nEmbd) }
  private var norm: Matrix { rows(at: c, config.nEmbd) }
  private var heads: Matrix { rows(at: 2 * c, config.nEmbd) }
  private var sum: Matrix { rows(at: 3 * c, config.nEmbd) }
  private var qkv: Matrix { rows(at: 4 * c, 3 * config.nEmbd) }
  private var hidden: Matrix { rows(at: 4 * c + c3, config.mlpWidth) }
  private var scores: Matrix { rows(at: 4 * c + c3 + f, config.vocabSize) }
  private var turnedQKV: Matrix { columns(at: 0, 3 * config.nEmbd) }
  private var turnedHeads: Matrix { columns(at: 3 * config.nEmbd, config.nEmbd) }
  /// (V, width): a score for each outcome, after ``advance(_:position:)``.
  var logits: Matrix { columns(at: 4 * config.nEmbd, config.vocabSize) }
  private var shares: Matrix { columns(at: 4 * config.nEmbd + config.vocabSize, config.blockSize) }
  private var scale: Matrix { columns(at: 4 * config.nEmbd + config.vocabSize + config.blockSize, 1) }

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
    forEachLanes(of: x) { name, c in
      x.store(wte.lanes(Int(tokens[name]), c) + wpe.lanes(position, c), name, c)
    }
    rmsNorm(x, into: x, scale: scale)
    for index in 0..<config.nLayer {
      let layer = network.layer(index, weights)
      rmsNorm(x, into: norm, scale: scale)
      multiply(norm, layer.qkv, into: qkv)
      transpose(qkv, into: turnedQKV)
      copy(turnedQKV.rows(config.nEmbd, config.nEmbd), into: cached(0, layer: index, position: position))
      copy(turnedQKV.rows(2 * config.nEmbd, config.nEmbd), into: cached(1, layer: index, position: position))
      for head in 0..<config.nHead { attend(layer: index, head: head, position: position) }
      transpose(turnedHeads, into: heads)
      multiply(heads, layer.wo, from: x, into: sum)
      rmsNorm(sum, into: norm, scale: scale)
      multiply(norm, layer.fc1, into: hidden)
      relu(hidden, into: hidden)
      if off.isMLPOff(layer: index) { clear(hidden) }
      multiply(hidden, layer.fc2, from: sum, into: x)
    }
    multiply(x, network.lmHead(weights), into: scores)
    transpose(scores, into: logits)
  }

  /// One head's look back from `position`, as ``TinyGPT/attend(q:k:v:scores:attention:into:)`` for one query a name.
  private func attend(layer: Int, head: Int, position: Int) {
    let first = head * config.headDim
    let q = turnedQKV.rows(first, config.headDim)
    let out = turnedHeads.rows(first, config.headDim)
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
