import Foundation
import Testing
import TinyGPTFormats

struct WholeFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func appearsWholeOrNotAtAll() throws {
    try WholeFile.write([1], to: folder.file("a"))
    do {
      let file = try WholeFile(folder.file("a"))
      try file.write([2, 3])
      #expect(folder.bytes("a") == [1])
    }
    #expect(folder.contents == ["a"])
    #expect(folder.bytes("a") == [1])
    let file = try WholeFile(folder.file("a"))
    try file.write([2])
    try file.write([3])
    try file.commit()
    #expect(folder.bytes("a") == [2, 3])
    #expect(folder.contents == ["a"])
  }

  @Test func checkingLeavesNothingBehind() throws {
    try WholeFile.check(folder.file("a"))
    #expect(folder.contents.isEmpty)
  }

  @Test func permissionsOfAReplacedFileStay() throws {
    try WholeFile.write([1], to: folder.file("a"))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("a"))
    try WholeFile.write([2], to: folder.file("a"))
    #expect(try folder.permissions("a") == 0o640)
  }

  @Test func linksAreFollowed() throws {
    try WholeFile.write([1], to: folder.file("a"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "a")
    try WholeFile.write([2], to: folder.file("link"))
    #expect(folder.bytes("a") == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == "a")
  }

  @Test func linksToNowhereAreRefused() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "b")
    #expect(throws: FileError.cannotCreate(path: folder.file("link"), errno: ENOENT)) {
      try WholeFile(folder.file("link"))
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(throws: FileError.isFolder(path: folder.path)) { try WholeFile(folder.path) }
    #expect(throws: FileError.notRegular(path: "/dev/null")) { try WholeFile("/dev/null") }
    try #require(mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(throws: FileError.notRegular(path: folder.file("pipe"))) { try WholeFile(folder.file("pipe")) }
    #expect(throws: FileError.cannotCreate(path: folder.file("no/a"), errno: ENOENT)) {
      try WholeFile(folder.file("no/a"))
    }
    #expect(throws: FileError.cannotCreate(path: folder.file("new/"), errno: ENOENT)) {
      try WholeFile(folder.file("new/"))
    }
  }

  @Test func sameFilesAreTold() throws {
    try WholeFile.write([1], to: folder.file("a"))
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "a")
    #expect(WholeFile.areSame(folder.file("a"), folder.file("link")))
    #expect(WholeFile.areSame(folder.file("b"), folder.file("./b")))
    #expect(!WholeFile.areSame(folder.file("a"), folder.file("b")))
  }
}
