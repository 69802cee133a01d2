import Foundation

// A page of modules is slow to open: a browser finds each module only after the one that imports it.
extension Site {
  /// The site whose page names at once all that it will load.
  func preloading() -> Site {
    let modules = modules(from: "boot.js").map { "<link rel=\"modulepreload\" href=\"\($0)\">\n" }
    let data = ["engine.wasm", "dinosaurs.txt"].map {
      "<link rel=\"preload\" href=\"\($0)\" as=\"fetch\" crossorigin>\n"
    }
    let links = (data + modules).joined()
    return Site(files: files.map { $0.path == "index.html" ? $0.inserting(links, before: "</head>") : $0 })
  }

  /// A module and all that it imports, each once, in the order of their first mention.
  private func modules(from entry: String) -> [String] {
    var found = [entry]
    var next = 0
    while next < found.count {
      let folder = found[next].split(separator: "/").dropLast()
      for reference in imports(of: found[next]) {
        var path = folder
        for part in reference.split(separator: "/") where part != "." {
          if part == ".." { path = path.dropLast() } else { path.append(part) }
        }
        let module = path.joined(separator: "/")
        if !found.contains(module) { found.append(module) }
      }
      next += 1
    }
    return found
  }

  /// What a module imports, as it says so: a line each.
  private func imports(of path: String) -> [Substring] {
    guard let file = files.first(where: { $0.path == path }) else { return [] }
    return String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard line.hasPrefix("import "), let from = line.range(of: " from '") else { return nil }
      return line[from.upperBound...].prefix { $0 != "'" }
    }
  }
}

extension Site.File {
  /// The file with `text` before the first `mark`.
  func inserting(_ text: String, before mark: String) -> Site.File {
    let page = String(decoding: bytes, as: UTF8.self)
    guard let place = page.firstRange(of: mark) else { preconditionFailure("\(path) has no \(mark)") }
    return Site.File(path: path, bytes: Array((page[..<place.lowerBound] + text + page[place.lowerBound...]).utf8))
  }
}
