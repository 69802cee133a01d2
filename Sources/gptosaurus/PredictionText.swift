import TinyGPT
import TinyGPTFormats

extension Prediction {
  /// For people: what may come next, how surprising each letter was, where each head looked from the last position.
  func text(_ vocabulary: Vocabulary, columns: Int, style: TextStyle) -> String {
    nextLetters(vocabulary, columns: columns, style) + "\n" + surprise(vocabulary, columns: columns, style) + "\n"
      + lastAttention(columns: columns, style)
  }

  private var isEmpty: Bool { letters.count == 1 }
  private var prefix: String { letters.dropFirst().joined() }

  /// Characters that a bar may take.
  private func barWidth(_ columns: Int, besides used: Int) -> Int { min(60, max(10, columns - used - 2)) }

  private func nextLetters(_ vocabulary: Vocabulary, columns: Int, _ style: TextStyle) -> String {
    let last = probabilities.values.suffix(vocabulary.count)
    let ranked = zip(0..., last).sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    // Below a thousandth there is nothing to see: the first few always, the tail as one line.
    let shown = ranked.enumerated().prefix { $0.offset < 5 || $0.element.1 >= 0.001 }.map(\.element)
    let width = barWidth(columns, besides: 16)
    let largest = Double(ranked.first?.1 ?? 1)
    var text = style.bold(isEmpty ? "First letter" : "Next after \"\(prefix)\"") + "\n\n"
    for (token, share) in shown {
      let label = token == vocabulary.bos ? "END" : String([vocabulary.scalars[token]])
      text += "  \(label.left(4)) \(Double(share).percent.right(7))  \(bar(Double(share) / largest, width: width))\n"
    }
    let rest = ranked.count - shown.count
    if rest > 0 {
      let share = ranked.suffix(rest).reduce(0.0) { $0 + Double($1.1) }
      text += style.dim("  \(rest) others, each below 0.1 %: \(share.percent) together") + "\n"
    }
    return text
  }

  private func surprise(_ vocabulary: Vocabulary, columns: Int, _ style: TextStyle) -> String {
    let uniform = logarithm(Double(vocabulary.count))
    let top = max(uniform, losses.max() ?? 0)
    let width = barWidth(columns, besides: 16)
    var text = style.bold("Surprise") + style.dim(", in nats: 0 is certain, \(uniform.fixed(2)) a blind guess") + "\n\n"
    for (label, loss) in zip(letters.dropFirst() + ["END"], losses) {
      text += "  \(label.left(4)) \(loss.fixed(2).right(7))  \(bar(loss / top, width: width))\n"
    }
    return text + style.dim("  mean \(meanLoss.fixed(2).right(7))") + "\n"
  }

  /// A row for each head, a column for each letter it could look at.
  private func lastAttention(columns: Int, _ style: TextStyle) -> String {
    let count = letters.count
    // Longer prefixes than lines are shown from their end.
    let fitting = max(1, (columns - 19) / 5)
    let keys = max(0, count - fitting)..<count
    let from = isEmpty ? "BOS" : "the last \"\(letters[count - 1])\""
    var text = style.bold("Attention") + style.dim(", looking back from \(from), in %") + "\n\n"
    text += String(repeating: " ", count: 18) + keys.map { letters[$0].right(5) }.joined() + "\n"
    for (layer, table) in attention.enumerated() {
      let heads = table.shape[0]
      for head in 0..<heads {
        let start = (head * count + count - 1) * count
        let row = keys.map { key in
          let share = Double(table.values[start + key]) * 100
          let number = share.fixed(0).right(5)
          return share >= 50 ? style.bold(number) : share < 5 ? style.dim(number) : number
        }
        text += "  layer \(layer)  head \(head)".left(18) + row.joined() + "\n"
      }
    }
    return text
  }
}
