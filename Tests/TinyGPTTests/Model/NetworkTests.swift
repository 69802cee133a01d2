import Foundation
import Testing
import TinyGPT

struct NetworkTests {
  @Test func experiment() throws {
    for shape in Shape.all {
      var table: [String: [(Double, Double)]] = [:]
      for seed in 0..<20 {
        let trainer = Trainer(try Run(names: shape.names(), config: shape.config, seed: UInt32(seed)))
        let document = trainer.documents.document(at: seed)
        let model = trainer.model
        let trace = trainer.trace(document)
        let gradients = Block<Float>(count: model.table.blockCount)
        for (index, tensor) in model.table.tensors.enumerated() {
          let t = try #require(trace.gradient(tensor: index))
          tensor.set(t.values, in: gradients.view)
        }
        func loss() -> Double { Trace(model, document, gradients: false).loss.mean }
        let parts = model.table.tensors.map { GradientCheck.Part(values: $0.matrix(in: model.weights.view), gradient: $0.matrix(in: gradients.view)) }
        for (name, p) in zip(model.table.tensors.map(\.name), parts.map { [$0] }) + [("all", parts)] {
          for eps in [3e-3, 1e-2, 3e-2] {
            let check = GradientCheck(parts: p, epsilon: eps, loss: loss)
            let gradient = p.flatMap { $0.gradient.values.map(Double.init) }
            var random = RandomStream(case: seed)
            let a = check.relativeError(4, gradient) { _ in random.normal() }
            let b = check.relativeError(1, gradient) { $0 * (0.5 + Double(random.uniform())) }
            table["\(name) \(eps)", default: []].append((a, b))
          }
        }
      }
      for (k, v) in table.sorted(by: { $0.key < $1.key }) {
        func f(_ x: Double) -> String { String(format: "%.1e", x) }
        let a = v.map(\.0).sorted(), b = v.map(\.1).sorted()
        print(shape.name, k, "random median", f(a[a.count / 2]), "max", f(a.last!), "aligned median", f(b[b.count / 2]), "max", f(b.last!))
      }
    }
  }
}
