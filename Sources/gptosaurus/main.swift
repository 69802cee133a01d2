import Foundation
import TinyGPT
let bytes = [UInt8](try! Data(contentsOf: URL(fileURLWithPath: "Data/dinosaurs.txt")))
let run = try! Run(names: NameList(utf8: bytes))
let t = Trainer(run)
print(run.names.count, t.model.fingerprint.hexDigits, t.heldOutLoss().mean)
let steps = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1])! : 1000
let c = ContinuousClock()
let d = c.measure { _ = t.train(to: steps) }
print(t.step, Double(t.step) / (Double(d.components.attoseconds) * 1e-18 + Double(d.components.seconds)), t.model.fingerprint.hexDigits, t.heldOutLoss().mean)
let d2 = c.measure { for n in try! t.model.generate(20, seed: 1) { print(String(String.UnicodeScalarView(n.letters.map { Unicode.Scalar($0)! })), n.ended, n.logProbability) } }
let before = c.now
let n = try! t.model.generate(20000, seed: 1)
let secs = Double((c.now - before).components.attoseconds) * 1e-18 + Double((c.now - before).components.seconds)
print(Double(n.reduce(0) { $0 + $1.letters.count + 1 }) / secs, d2)
