import Foundation

/// Why a file can't be read or written.
package enum FileError: Error, Equatable, Sendable {
  /// It does not exist, or may not be read; the system's number for the reason.
  case cannotOpen(path: String, errno: Int32)
  case isFolder(path: String)
  /// A pipe or device, where a file is needed.
  case notRegular(path: String)
  case cannotRead(path: String, errno: Int32)
  /// It ended before the bytes that it promised, or is larger than what is read.
  case tooShort(path: String)
  case tooLarge(path: String, most: Int)
  /// The place for a new file can't be used.
  case cannotCreate(path: String, errno: Int32)
  /// The file could not be written whole: a full disk, for example.
  case cannotWrite(path: String, errno: Int32)
}

extension FileError {
  /// The system's words for one of its error numbers.
  package static func reason(_ errno: Int32) -> String { String(cString: strerror(errno)) }
}
