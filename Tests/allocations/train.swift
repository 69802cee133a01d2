// train STEPS BITS < NAMES: the lab's run, and its fingerprint.
import Glibc
import TinyGPT

var bytes: [UInt8] = []
while true {
  let byte = getchar()
  if byte == EOF { break }
  bytes.append(UInt8(byte))
}
let steps = Int(CommandLine.arguments[1])!
let width = VectorWidth(rawValue: Int(CommandLine.arguments[2])!)!
let trainer = Trainer(try Run(names: NameList(utf8: bytes)), width: width)
_ = trainer.train(to: steps)
print(String(trainer.model.fingerprint, radix: 16))
