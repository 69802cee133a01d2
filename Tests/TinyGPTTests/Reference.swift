import Foundation
import TinyGPT

/// A case of `Fixtures/reference.json`.
struct Reference: Decodable {
  let name: String
  let config: Sizes
  let recipe: Rates
  let seed: UInt32
  /// Token ids without BOS.
  let documents: [[Int]]
  let initial: [String: Floats64]?
  let initialSums: [String: Sums]
  let logits: Floats64
  let perLetter: [Double]
  let loss: Double
  let gradients: [String: Floats64]
  let losses: [Double]
  let weightsAfter: [String: Floats64]

  struct Sizes: Decodable {
    let nLayer: Int, nEmbd: Int, nHead: Int, blockSize: Int, vocabSize: Int, mlpRatio: Int
  }

  struct Rates: Decodable {
    let learningRate: Double, beta1: Double, beta2: Double, floor: Double, horizon: Int, initStd: Double
  }

  struct Sums: Decodable {
    let sum: Double, sumOfAbsolutes: Double
  }

  /// Little-endian float32 in base64.
  struct Floats64: Decodable {
    let floats: [Float]

    init(from decoder: any Decoder) throws {
      let text = try decoder.singleValueContainer().decode(String.self)
      guard let data = Data(base64Encoded: text) else { throw Fixture.Missing(name: text) }
      floats = stride(from: 0, to: data.count, by: 4).map { start in
        let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[start + $1]) << UInt32(8 * $1) }
        return Float(bitPattern: bits)
      }
    }
  }

  fileprivate struct File: Decodable { let cases: [Reference] }

  static func named(_ name: String) throws -> Reference {
    let file = try JSONDecoder().decode(File.self, from: Fixture.data("reference.json"))
    guard let reference = file.cases.first(where: { $0.name == name }) else { throw Fixture.Missing(name: name) }
    return reference
  }

  /// A trainer that meets the documents in their order: the list is laid out so that the seed's shuffle gives it.
  func trainer() throws -> Trainer {
    // Capitals get a vocabulary of their own, small letters all 27 tokens.
    let firstLetter: UInt8 = config.vocabSize == 27 ? 0x61 : 0x41
    let names = documents.map { $0.map { firstLetter + UInt8($0) } }
    let order = Documents(
      names: try Fixture.names(names), vocabulary: try Vocabulary(names: Fixture.names(names)),
      blockSize: config.blockSize, holdOut: 0, seed: seed
    ).order
    var shuffled = names
    for (place, index) in order.enumerated() { shuffled[index] = names[place] }
    var sizes = Config()
    sizes.nLayer = config.nLayer
    sizes.nEmbd = config.nEmbd
    sizes.nHead = config.nHead
    sizes.blockSize = config.blockSize
    sizes.mlpRatio = config.mlpRatio
    var rates = Recipe()
    rates.learningRate = recipe.learningRate
    rates.beta1 = recipe.beta1
    rates.beta2 = recipe.beta2
    rates.floor = recipe.floor
    rates.horizon = recipe.horizon
    rates.initStd = recipe.initStd
    rates.holdOut = 0
    return Trainer(try Run(names: Fixture.names(shuffled), config: sizes, recipe: rates, seed: seed))
  }
}
