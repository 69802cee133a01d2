import TinyGPT

/// A letter and how alike its row of wte is to another's.
package struct NearLetter: Equatable {
  package let token: Int
  /// Cosine of the two rows.
  package let cosine: Double
}

/// All other tokens, the most alike first: by the cosine of their rows of wte, ties by id.
package func nearestLetters(to token: Int, in model: Model) -> [NearLetter] {
  let wte = model.table.tensors[0].matrix(in: model.weights.view)
  func dot(_ a: Int, _ b: Int) -> Double {
    var sum = 0.0
    for c in 0..<wte.columns { sum += Double(wte[a, c]) * Double(wte[b, c]) }
    return sum
  }
  var letters: [NearLetter] = []
  for other in 0..<wte.rows where other != token {
    let length = squareRoot(dot(token, token) * dot(other, other))
    letters.append(NearLetter(token: other, cosine: length > 0 ? dot(token, other) / length : 0))
  }
  return descending(letters.map { $0.cosine }).map { letters[$0] }
}
