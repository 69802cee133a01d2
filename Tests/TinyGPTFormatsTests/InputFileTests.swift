import Foundation
import Testing
import TinyGPTFormats

struct InputFileTests {
  @Test func readsInParts() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1, 2, 3, 4], to: folder.file("a"))
    let file = try InputFile(folder.file("a"))
    #expect(file.size == 4)
    #expect(try file.read(3) == [1, 2, 3])
    #expect(throws: FileError.tooShort(path: folder.file("a"))) { try file.read(2) }
  }

  @Test func readsNoMoreThanItMay() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1, 2, 3, 4], to: folder.file("a"))
    #expect(try InputFile(folder.file("a")).readAll(most: 4) == [1, 2, 3, 4])
    #expect(throws: FileError.tooLarge(path: folder.file("a"), most: 3)) {
      try InputFile(folder.file("a")).readAll(most: 3)
    }
    #expect(throws: FileError.tooLarge(path: "/dev/zero", most: 9)) {
      try InputFile("/dev/zero", acceptsPipes: true).readAll(most: 9)
    }
  }

  @Test func whatCannotBeOpenedIsTold() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.isFolder(path: folder.path)) { try InputFile(folder.path) }
    #expect(throws: FileError.cannotOpen(path: folder.file("a"), errno: ENOENT)) { try InputFile(folder.file("a")) }
    #expect(throws: FileError.notRegular(path: "/dev/null")) { try InputFile("/dev/null") }
  }
}
