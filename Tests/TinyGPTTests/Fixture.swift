import Foundation
import TinyGPT

/// Files and names for tests.
enum Fixture {
  struct Missing: Error { let name: String }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A file of `Tests/Fixtures`.
  static func data(_ name: String) throws -> Data {
    try Data(contentsOf: root.appending(path: "Tests/Fixtures/\(name)"))
  }

  /// The 1,727 names of the lab.
  static func dinosaurs() throws -> NameList {
    try NameList(utf8: [UInt8](Data(contentsOf: root.appending(path: "Data/dinosaurs.txt"))))
  }

  static func names(_ names: [[UInt8]]) throws -> NameList { try NameList(utf8: names.flatMap { $0 + [0x0A] }) }
}
