import TinyGPT

extension OnePass {
  /// How the gradient of one weight came about: ∑ₜ dy[t][row] x[t][column] over the positions of the name, the first one first;
  /// of an embedding dx at each position that looked the row up. Nil without gradients or such a weight.
  package func gradientSum(tensor: Int, row: Int, column: Int) -> CellSum? {
    let tensors = trace.model.table.tensors
    guard tensors.indices ~= tensor, let d = trace.gradientViews, let all = trace.gradient(tensor: tensor),
      0..<tensors[tensor].rows ~= row, 0..<tensors[tensor].columns ~= column
    else { return nil }
    var sum = CellSum(all.values[row * tensors[tensor].columns + column])
    if tensor < 2 {
      for t in 0...position where (tensor == 0 ? trace.tokens[t] : t) == row { sum.add(d.embedding[t, column]) }
      return sum
    }
    let (x, dy) = operands(of: tensor, d)
    for t in 0...position { sum.add(dy[t, row], x[t, column]) }
    return sum
  }

  /// What matrix `tensor` read, and the gradient of what it wrote.
  private func operands(of tensor: Int, _ d: Activations) -> (x: Matrix, dy: Matrix) {
    guard tensor > 2 else { return (input(ofLayer: config.nLayer, in: trace.views), d.logits) }
    let index = (tensor - 3) / 6
    let (a, g) = (trace.views.layer(index), d.layer(index))
    switch (tensor - 3) % 6 {
    case 0: return (a.attentionNorm, g.q)
    case 1: return (a.attentionNorm, g.k)
    case 2: return (a.attentionNorm, g.v)
    case 3: return (a.heads, g.streamAfterAttention)
    case 4: return (a.mlpNorm, g.mlpHidden)
    default: return (a.mlpActive, g.streamAfterMLP)
    }
  }
}
