import Foundation

// A page of a hundred files is slow to open: a browser asks for each, and finds a module only after the one that imports it.
// The page's modules are written so that they can be joined by plain concatenation.
extension Site {
  /// The site as it is delivered: what a browser starts with all that it imports, all stylesheets as one, and pages that name
  /// what they will fetch.
  func joined() -> Site {
    let pages = ["index.html", "lesson.html"]
    let entries = ["boot.js", "worker-boot.js", "lesson-boot.js"]
    // The lab's page links to every stylesheet, the lesson sheet to some of them.
    let sheets = lines("index.html").compactMap(stylesheet)
    let kept = files.filter { file in
      !file.path.hasSuffix(".js") && !sheets.contains(file.path) && !pages.contains(file.path)
    }
    let scripts = entries.map { File(path: $0, text: ordered($0).map(body).joined(separator: "\n")) }
    let sheet = File(path: Site.joinedSheet, text: sheets.map(text).joined(separator: "\n"))
    return Site(files: pages.map { File(path: $0, text: joinedPage($0)) } + scripts + [sheet] + kept)
  }

  private static let joinedSheet = "lab.css"

  private func text(_ path: String) -> String {
    guard let file = files.first(where: { $0.path == path }) else { preconditionFailure("The page lacks \(path)") }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  private func lines(_ page: String) -> [Substring] {
    text(page).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The path of the stylesheet that a line of the page links to.
  private func stylesheet(_ line: Substring) -> String? {
    quoted(in: line, after: "<link rel=\"stylesheet\" href=\"", upTo: "\"")
  }

  /// A page, with one stylesheet in the place of the first, what the modules fetch, and how many lines of code there are.
  private func joinedPage(_ page: String) -> String {
    var links = ["<link rel=\"stylesheet\" href=\"\(Site.joinedSheet)\">"]
    links += ["engine.wasm", "dinosaurs.txt"].map { "<link rel=\"preload\" href=\"\($0)\" as=\"fetch\" crossorigin>" }
    links.append("<meta name=\"code-lines\" content=\"\(Assets.codeLines)\">")
    var lines: [String] = []
    for line in self.lines(page) {
      guard stylesheet(line) != nil else {
        lines.append(String(line))
        continue
      }
      lines += links
      links = []
    }
    return lines.joined(separator: "\n")
  }

  /// A module and all that it imports, each once, each after what it imports.
  private func ordered(_ entry: String) -> [String] {
    var done: [String] = []
    func add(_ module: String) {
      guard !done.contains(module) else { return }
      let folder = module.split(separator: "/").dropLast()
      for line in text(module).split(separator: "\n") {
        guard line.hasPrefix("import "), let reference = quoted(in: line, after: "'", upTo: "'") else { continue }
        var path = folder
        for part in reference.split(separator: "/") where part != "." {
          if part == ".." { path = path.dropLast() } else { path.append(part) }
        }
        add(path.joined(separator: "/"))
      }
      done.append(module)
    }
    add(entry)
    return done
  }

  /// A module without its imports, those of types too, and exports.
  private func body(_ module: String) -> String {
    let lines = text(module).split(separator: "\n", omittingEmptySubsequences: false)
    let left = ["import ", "export {", "/** @typedef {import("]
    let kept = lines.filter { line in !left.contains { line.hasPrefix($0) } }
    return "// \(module)\n" + kept.map { $0.hasPrefix("export ") ? $0.dropFirst(7) : $0 }.joined(separator: "\n")
  }

  /// What stands in a line between two marks.
  private func quoted(in line: Substring, after start: String, upTo end: Character) -> String? {
    guard let place = line.range(of: start) else { return nil }
    return String(line[place.upperBound...].prefix { $0 != end })
  }
}

extension Site.File {
  init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The file with `text` before the first `mark`.
  func inserting(_ text: String, before mark: String) -> Site.File {
    let page = String(decoding: bytes, as: UTF8.self)
    guard let place = page.firstRange(of: mark) else { preconditionFailure("\(path) has no \(mark)") }
    return Site.File(path: path, text: page[..<place.lowerBound] + text + page[place.lowerBound...])
  }
}
