import TinyGPT

/// The fingerprint after 50 default steps from seed 42; 0 where the names can't be read.
@c(fingerprint_after_50_steps)
public func fingerprintAfter50Steps(_ names: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  let bytes = Array(UnsafeBufferPointer(start: names, count: count))
  guard let list = try? NameList(utf8: bytes), let run = try? Run(names: list) else { return 0 }
  let trainer = Trainer(run)
  _ = trainer.train(to: 50)
  return trainer.model.fingerprint
}
