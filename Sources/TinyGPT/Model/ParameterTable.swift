/// Where every weight stands: one table over one block of floats. Gradients and both moments of Adam are blocks of the same
/// shape, so the optimizer, files and page all walk this table.
///
/// Weights are stored (out, in). Rows are padded with zeros to 16 floats; q, k and v of a layer lie one under the other, as
/// one matrix. Only this table knows: readers copy rows out.
package struct ParameterTable: Sendable {
  /// One named tensor: `rows` × `columns` numbers, row r from `offset + r * rowStride`.
  package struct Tensor: Sendable {
    /// wte, attn_wq, …
    package let part: StaticString
    /// nil for the tensors outside of all layers.
    package let layer: Int?
    package let rows: Int
    package let columns: Int
    package let rowStride: Int
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
          part: part, layer: layer, rows: rows, columns: columns, rowStride: paddedTo16(columns), offset: offset))
    }
    let c = config.nEmbd
    add("wte", config.vocabSize, c, at: offsets.wte)
    add("wpe", config.blockSize, c, at: offsets.wpe)
    add("lm_head", config.vocabSize, c, at: offsets.lmHead)
    for layer in 0..<config.nLayer {
      let base = offsets.layer(layer)
      let qkv = base + offsets.qkv
      add("attn_wq", layer: layer, c, c, at: qkv)
      add("attn_wk", layer: layer, c, c, at: qkv + c * offsets.width)
      add("attn_wv", layer: layer, c, c, at: qkv + 2 * c * offsets.width)
      add("attn_wo", layer: layer, c, c, at: base + offsets.wo)
      add("mlp_fc1", layer: layer, config.mlpWidth, c, at: base + offsets.fc1)
      add("mlp_fc2", layer: layer, c, config.mlpWidth, at: base + offsets.fc2)
    }
    self.tensors = tensors
    self.offsets = offsets
  }

  /// Visits every weight as (offset in a block) in the order of files and fingerprints.
  @inline(__always)
  package func forEachWeight(_ body: (Int) -> Void) {
    for tensor in tensors {
      for row in 0..<tensor.rows {
        let start = tensor.offset + row * tensor.rowStride
        for offset in start..<start + tensor.columns { body(offset) }
      }
    }
  }
}

extension ParameterTable.Tensor {
  /// Its name in files: `wte`, `layer0.attn_wq`, …
  package var name: String { layer.map { "layer\($0).\(part)" } ?? "\(part)" }

  /// Its view on a block.
  package func matrix(in block: Floats) -> Matrix {
    Matrix(block.from(offset), rows: rows, columns: columns, rowStride: rowStride)
  }

  /// Its numbers, row after row, without padding.
  package func values(in block: Floats) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { values.append(block[offset + row * rowStride + column]) }
    }
    return values
  }

  /// Writes its numbers, given row after row.
  ///
  /// - Precondition: `values.count == rows * columns`.
  package func set(_ values: [Float], in block: Floats) {
    precondition(values.count == rows * columns, "Tensor: as many values as the tensor has places")
    for row in 0..<rows {
      for column in 0..<columns { block[offset + row * rowStride + column] = values[row * columns + column] }
    }
  }
}
