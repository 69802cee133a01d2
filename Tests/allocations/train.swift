// train STEPS BITS < NAMES: the lab's run, and its fingerprint.
import Glibc
import TinyGPT

var bytes: [UInt8] = []
while true {
  let byte = getchar()
  if byte == EOF { break }
  bytes.append(UInt8(byte))
}
guard CommandLine.arguments.count == 3, let steps = Int(CommandLine.arguments[1]),
  let width = Int(CommandLine.arguments[2]).flatMap(VectorWidth.init)
else { exit(64) }
let trainer = Trainer(try Run(names: NameList(utf8: bytes)), width: width)
_ = trainer.train(to: steps)
print(String(trainer.model.fingerprint, radix: 16))
