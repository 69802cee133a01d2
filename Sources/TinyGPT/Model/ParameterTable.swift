/// Where every weight stands: one table over one block of floats. Gradients and both moments of Adam are blocks of the same
/// shape, so the optimizer, files and page all walk this table.
///
/// A tensor is (out, in) to files and readers. In the block the matrices that multiply positions stand turned, (in, out), so
/// that outputs stand in the lanes, but for fc1 (see ``Network``); q, k and v of a layer lie side by side, as one matrix. Rows
/// of the block are padded with zeros to 16 floats. Only this table knows: readers ask it for rows and columns.
package struct ParameterTable: Sendable {
  /// One named tensor: `rows` × `columns` numbers, (r, c) at `offset + r * rowStride + c * columnStride`.
  package struct Tensor: Sendable {
    /// wte, attn_wq, …
    package let part: StaticString
    /// nil for the tensors outside of all layers.
    package let layer: Int?
    package let rows: Int
    package let columns: Int
    package let rowStride: Int
    package let columnStride: Int
    package let offset: Int
  }

  /// In the order of files and fingerprints: wte, wpe, lm_head, then per layer wq, wk, wv, wo, fc1, fc2.
  package let tensors: [Tensor]
  /// Offsets for the kernels, without arrays or names.
  let offsets: ParameterOffsets

  /// Floats in a block, padding included.
  package var blockCount: Int { offsets.blockCount }

  package init(_ config: Config) {
    let offsets = ParameterOffsets(config)
    var tensors: [Tensor] = []
    func add(_ part: StaticString, layer: Int? = nil, _ rows: Int, _ columns: Int, at offset: Int) {
      tensors.append(
        Tensor(
          part: part, layer: layer, rows: rows, columns: columns, rowStride: paddedTo16(columns), columnStride: 1,
          offset: offset))
    }
    /// `of`: the rows of all tensors that lie side by side.
    func addTurned(_ part: StaticString, layer: Int?, _ rows: Int, _ columns: Int, of all: Int, at offset: Int) {
      tensors.append(
        Tensor(
          part: part, layer: layer, rows: rows, columns: columns, rowStride: 1, columnStride: paddedTo16(all),
          offset: offset))
    }
    let c = config.nEmbd
    let f = config.mlpWidth
    add("wte", config.vocabSize, c, at: offsets.wte)
    add("wpe", config.blockSize, c, at: offsets.wpe)
    addTurned("lm_head", layer: nil, config.vocabSize, c, of: config.vocabSize, at: offsets.lmHead)
    for layer in 0..<config.nLayer {
      let base = offsets.layer(layer)
      let qkv = base + offsets.qkv
      addTurned("attn_wq", layer: layer, c, c, of: 3 * c, at: qkv)
      addTurned("attn_wk", layer: layer, c, c, of: 3 * c, at: qkv + c)
      addTurned("attn_wv", layer: layer, c, c, of: 3 * c, at: qkv + 2 * c)
      addTurned("attn_wo", layer: layer, c, c, of: c, at: base + offsets.wo)
      add("mlp_fc1", layer: layer, f, c, at: base + offsets.fc1)
      addTurned("mlp_fc2", layer: layer, c, f, of: c, at: base + offsets.fc2)
    }
    self.tensors = tensors
    self.offsets = offsets
  }

  /// Visits every weight as (offset in a block) in the order of files and fingerprints.
  @inline(__always)
  package func forEachWeight(_ body: (Int) -> Void) {
    for tensor in tensors {
      for row in 0..<tensor.rows {
        for column in 0..<tensor.columns { body(tensor.place(row, column)) }
      }
    }
  }
}

extension ParameterTable.Tensor {
  /// Its name in files: `wte`, `layer0.attn_wq`, …
  package var name: String { layer.map { "layer\($0).\(part)" } ?? "\(part)" }

  /// Where in a block the number in a row and column stands.
  @inline(__always)
  package func place(_ row: Int, _ column: Int) -> Int { offset + row * rowStride + column * columnStride }

  /// Its view on a block.
  package func matrix(in block: Floats) -> Matrix {
    Matrix(block.from(offset), rows: rows, columns: columns, rowStride: rowStride, columnStride: columnStride)
  }

  /// Its numbers, row after row, without padding.
  package func values(in block: Floats) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { values.append(block[place(row, column)]) }
    }
    return values
  }

  /// Writes its numbers, given row after row.
  ///
  /// - Precondition: `values.count == rows * columns`.
  package func set(_ values: [Float], in block: Floats) {
    precondition(values.count == rows * columns, "Tensor: as many values as the tensor has places")
    for row in 0..<rows {
      for column in 0..<columns { block[place(row, column)] = values[row * columns + column] }
    }
  }
}
