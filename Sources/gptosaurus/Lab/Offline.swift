import TinyGPT
import TinyGPTFormats

// Whether a browser keeps the lab. The page registers `service-worker.js` where its head says that it may: a site adds both.
extension Site {
  /// The site with the worker that keeps all of it: it works without a network.
  func offline() -> Site {
    let vouching = files.map { $0.path == "index.html" ? $0.vouching() : $0 }
    let worker = Site.decoded(Assets.serviceWorker)
    var hash = FNV1a()
    for file in vouching {
      // No byte of UTF-8 is 255: it ends a path. The bytes of a file end with their count.
      for byte in Array(file.path.utf8) + [255] + file.bytes { hash.combine(byte) }
      hash.combine(littleEndian: UInt32(file.bytes.count))
    }
    let lab: JSONValue = [
      "version": .string(hash.value.hexDigits), "paths": .array(vouching.map { .string($0.path) }),
    ]
    return Site(files: vouching + [.serviceWorker("self.lab = \(lab.text);\n".utf8 + worker)])
  }

  /// The site with the worker that takes the place of one that was left here, and goes.
  func online() -> Site {
    Site(files: files + [.serviceWorker(Site.decoded(Assets.noServiceWorker))])
  }
}

extension Site.File {
  fileprivate static func serviceWorker(_ bytes: [UInt8]) -> Site.File {
    Site.File(path: "service-worker.js", bytes: bytes)
  }

  /// The page, whose head now says that it may be kept.
  fileprivate func vouching() -> Site.File {
    inserting("<meta name=\"offline\" content=\"yes\">\n", before: "</head>")
  }
}
