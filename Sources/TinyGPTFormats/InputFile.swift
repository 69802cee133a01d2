import Foundation

/// A file that is open for reading.
package final class InputFile {
  private let path: String
  private let descriptor: Int32
  /// Bytes of a regular file, when it was opened; nil for pipes and devices.
  package let size: Int?

  /// - Parameters:
  ///   - path: its path.
  ///   - acceptsPipes: whether it may be something else than a regular file.
  /// - Throws: ``FileError/cannotOpen(path:errno:)``, ``FileError/isFolder(path:)``, ``FileError/notRegular(path:)``.
  package init(_ path: String, acceptsPipes: Bool = false) throws(FileError) {
    self.path = path
    var status = stat()
    // Looked at before it is opened: opening a pipe waits for someone who writes into it.
    guard stat(path, &status) == 0 else { throw .cannotOpen(path: path, errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path: path) }
    if status.st_mode & S_IFMT != S_IFREG && !acceptsPipes { throw .notRegular(path: path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    guard fstat(descriptor, &status) == 0 else {
      let reason = errno
      close(descriptor)
      throw .cannotOpen(path: path, errno: reason)
    }
    self.descriptor = descriptor
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  deinit { close(descriptor) }

  /// The next `count` bytes.
  ///
  /// - Throws: ``FileError/tooShort(path:)`` where the file ends before them.
  package func read(_ count: Int) throws(FileError) -> [UInt8] {
    let bytes = try read(upTo: count)
    guard bytes.count == count else { throw .tooShort(path: path) }
    return bytes
  }

  /// All that is left.
  ///
  /// - Throws: ``FileError/tooLarge(path:most:)`` for more than `most` bytes.
  package func readAll(most: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= most {
      let more = try read(upTo: min(1 << 20, most + 1 - bytes.count))
      if more.isEmpty { return bytes }
      bytes += more
    }
    throw .tooLarge(path: path, most: most)
  }

  /// `count` bytes, or fewer where the file ends.
  private func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var reason: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Foundation.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          break
        } else if errno != EINTR {
          reason = errno
          break
        }
      }
    }
    guard reason == 0 else { throw .cannotRead(path: path, errno: reason) }
    return bytes
  }
}
