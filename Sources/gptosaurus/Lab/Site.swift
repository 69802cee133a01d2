import Foundation
import TinyGPT

/// The files of the lab, by path: one table for the server, and for any other web host.
struct Site {
  struct File {
    let path: String
    let bytes: [UInt8]
    let contentType: String
    /// Changes with the bytes.
    let entityTag: String

    init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
      contentType = Site.contentType(of: path)
      var hash = FNV1a()
      for byte in bytes { hash.combine(byte) }
      entityTag = "\"\(hash.value.hexDigits)\""
    }
  }

  /// All files; `index.html` is also the folder's own.
  let files: [File]

  /// What the tool carries, file by file; `joined` is what is delivered, `offline` and `online` add the service worker.
  static let builtIn = Site(files: Assets.files.map { File(path: $0.path.description, bytes: decoded($0.base64)) })

  /// The file of a request's path; nil for any path that is not in the table.
  func file(at path: Substring) -> File? {
    guard path.first == "/" else { return nil }
    let name = path == "/" ? "index.html" : path.dropFirst()
    return files.first { $0.path == name }
  }

  /// The same table with the page's files as they are on disk below `folder` at this moment.
  func readAnew(from folder: URL) -> Site {
    Site(
      files: files.map { file in
        guard let data = try? Data(contentsOf: folder.appending(path: file.path)) else { return file }
        return File(path: file.path, bytes: [UInt8](data))
      })
  }

  static func decoded(_ base64: StaticString) -> [UInt8] {
    guard let data = Data(base64Encoded: base64.description) else { preconditionFailure("Assets: not base64") }
    return [UInt8](data)
  }

  private static func contentType(of path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "wasm": "application/wasm"
    case "json": "application/json"
    case "webmanifest": "application/manifest+json"
    default: "text/plain; charset=utf-8"
    }
  }

  /// What the page may do and load: itself, and nothing from elsewhere.
  static let contentSecurityPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:;"
    + " connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
}
