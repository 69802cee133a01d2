/// One pass for one letter of several names at once: the memory it works in, and how.
///
/// Names stand in the lanes: activations are (channels, width), weights meet them as (out, in), which is only another view. In
/// the MLP each name has a row, so that the hidden units that are 0 can be left out of its sums, as they are in training.
/// Names are at positions of their own, so that one can begin in the lane in which another ended. The arithmetic of each name
/// is that of ``Network/forward(_:_:_:_:off:)``, bit for bit.
struct Decoding {
  let network: Network
  let weights: Floats
  let off: Switches
  /// Names that run side by side, a multiple of the lane count.
  let width: Int
  /// Keys and values of each layer and slot.
  let cache: Floats
  let block: Floats

  private var config: Config { network.config }

  static func cacheCount(_ config: Config, width: Int) -> Int {
    config.nLayer * config.blockSize * LookBack.slotCount(config) * width
  }

  static func blockCount(_ config: Config, width: Int) -> Int {
    let columns = 7 * config.nEmbd + 2 * config.vocabSize + config.blockSize + 5
    return (rowCount(config) + columns) * width + activeCount(config, width: width)
      + config.nLayer * turnedFC1Count(config)
  }

  /// Floats of a name's rows.
  private static func rowCount(_ config: Config) -> Int { paddedTo16(config.nEmbd) + paddedTo16(config.mlpWidth) }

  private static func activeCount(_ config: Config, width: Int) -> Int {
    Nonzeros.count(rows: width, columns: config.mlpWidth)
  }

  private static func turnedFC1Count(_ config: Config) -> Int { config.nEmbd * paddedTo16(config.mlpWidth) }

  /// fc1 of a layer, turned to (C, F), as ``prepare()`` left it.
  private func turnedFC1(_ layer: Int) -> Matrix {
    let count = Decoding.turnedFC1Count(config)
    return Matrix(
      block.from(block.count - (config.nLayer - layer) * count), rows: config.nEmbd, columns: config.mlpWidth,
      rowStride: paddedTo16(config.mlpWidth))
  }

  /// Turns what ``advance(_:_:common:slot:temperature:)`` wants turned: to be called whenever weights changed.
  func prepare() {
    for index in 0..<config.nLayer { transpose(network.layer(index).fc1(weights), into: turnedFC1(index)) }
  }

  /// A row for each name: what its token and its position add up to, then the stream before and after the MLP.
  private var stream: Matrix {
    Matrix(block, rows: width, columns: config.nEmbd, rowStride: paddedTo16(config.nEmbd))
  }

  /// A row for each name.
  private var hidden: Matrix {
    Matrix(
      block.from(paddedTo16(config.nEmbd) * width), rows: width, columns: config.mlpWidth,
      rowStride: paddedTo16(config.mlpWidth))
  }

  /// Which hidden units are on.
  private var active: Nonzeros {
    let count = Decoding.activeCount(config, width: width)
    let first = block.count - config.nLayer * Decoding.turnedFC1Count(config) - count
    return Nonzeros(block.slice(first, count), columns: config.mlpWidth)
  }

  /// `rows` × width, from row `first` behind the names' rows.
  private func columns(_ first: Int, _ rows: Int) -> Matrix {
    let offset = Decoding.rowCount(config) + first
    return Matrix(block.slice(offset * width, rows * width), rows: rows, columns: width, rowStride: width)
  }

  private var x: Matrix { columns(0, config.nEmbd) }
  private var norm: Matrix { columns(config.nEmbd, config.nEmbd) }
  private var heads: Matrix { columns(2 * config.nEmbd, config.nEmbd) }
  private var sum: Matrix { columns(3 * config.nEmbd, config.nEmbd) }
  private var qkv: Matrix { columns(4 * config.nEmbd, 3 * config.nEmbd) }

  /// Rows behind the activations.
  private func after(_ first: Int, _ rows: Int) -> Matrix { columns(7 * config.nEmbd + first, rows) }

  /// What is drawn from: (V, width) scores and room for their shares, and the dice and their outcomes.
  var drawing: Drawing {
    Drawing(
      logits: after(0, config.vocabSize), shares: after(config.vocabSize, config.vocabSize),
      rolls: after(2 * config.vocabSize, 1), picks: after(2 * config.vocabSize + 1, 1),
      largest: after(2 * config.vocabSize + 2, 1), sum: after(2 * config.vocabSize + 3, 1))
  }

  private func lookBack(common: Int) -> LookBack {
    let first = 2 * config.vocabSize + 4
    return LookBack(
      config: config, common: common, positions: after(first, 1), shares: after(first + 1, config.blockSize))
  }

  /// Keys and values of a layer, slot after slot.
  private func cache(layer: Int) -> Floats {
    let size = config.blockSize * LookBack.slotCount(config) * width
    return cache.slice(layer * size, size)
  }

  /// Reads one token of each name, at a position of its own, and draws the next.
  ///
  /// - Parameters:
  ///   - tokens: one of each name.
  ///   - positions: of each name: `common`, or the one after that of the call before.
  ///   - common: positions from 0 on that all names have in common; they were read to the slots of the same number.
  ///   - slot: where keys and values are kept: `common`, `common` + 1, … `blockSize - 1`, `common`, … from call to call.
  ///   - temperature: that outcomes are drawn with, above 0.
  func advance(_ tokens: View<UInt16>, _ positions: View<UInt16>, common: Int, slot: Int, temperature: Float) {
    precondition(tokens.count == width && positions.count == width, "Decoding: a token and a position a name")
    precondition(common >= 0 && slot >= common && slot < config.blockSize, "Decoding: a slot for each position")
    let wte = network.wte(weights)
    let wpe = network.wpe(weights)
    forEachLanes(of: stream) { name, c in
      stream.store(wte.lanes(Int(tokens[name]), c) + wpe.lanes(Int(positions[name]), c), name, c)
    }
    transpose(stream, into: x)
    rmsNormOfColumns(x, into: x)
    let lookBack = lookBack(common: common)
    for name in 0..<width { lookBack.positions[0, name] = Float(positions[name]) }
    for index in 0..<config.nLayer {
      let layer = network.layer(index)
      let cache = cache(layer: index)
      rmsNormOfColumns(x, into: norm)
      multiplyColumns(norm, by: layer.qkv(weights), into: qkv)
      lookBack.keep(qkv.rows(config.nEmbd, 2 * config.nEmbd), in: cache, slot: slot)
      lookBack.attend(qkv, cache, slot: slot, into: heads)
      for head in 0..<config.nHead where off.isHeadOff(layer: index, head: head, config) {
        clear(heads.rows(head * config.headDim, config.headDim))
      }
      multiplyColumns(heads, by: layer.wo(weights), from: x, into: sum)
      rmsNormOfColumns(sum, into: norm)
      multiply(norm.transposed, turnedFC1(index), into: hidden)
      relu(hidden, into: hidden)
      if off.isMLPOff(layer: index) { clear(hidden) }
      active.find(in: hidden)
      transpose(sum, into: stream)
      multiplySparse(hidden, at: active, layer.fc2(weights), from: stream, into: stream)
      transpose(stream, into: x)
    }
    let drawing = drawing
    multiplyColumns(x, by: network.lmHead(weights), into: drawing.logits)
    drawing.draw(temperature: temperature)
  }
}
