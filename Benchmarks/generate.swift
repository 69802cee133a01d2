// generate STEPS NAMES < LIST: letters (and ends) a second of the run's model after STEPS steps, in processor time. It is compiled
// against the engine's release build by compare.py: the tool's own command also prints what it makes.
import TinyGPT

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

var bytes: [UInt8] = []
while true {
  let byte = getchar()
  if byte == EOF { break }
  bytes.append(UInt8(byte))
}
guard CommandLine.arguments.count == 3, let steps = Int(CommandLine.arguments[1]),
  let count = Int(CommandLine.arguments[2])
else { exit(64) }
let trainer = Trainer(try Run(names: NameList(utf8: bytes)))
_ = trainer.train(to: steps)
_ = try trainer.model.generate(500, seed: 42)
let start = processorSeconds()
let names = try trainer.model.generate(count, seed: 42)
let seconds = processorSeconds() - start
print("generated letters/s", Double(names.reduce(0) { $0 + $1.letters.count + 1 }) / seconds)
