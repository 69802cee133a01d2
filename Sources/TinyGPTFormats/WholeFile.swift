import Foundation

/// A file that appears whole or not at all: written beside its destination under another name, then moved there.
///
/// What stood at the destination before stays untouched until ``commit()``; a file that is never committed is removed.
package final class WholeFile {
  /// The destination as it was given.
  private let path: String
  private let destination: String
  private let temporary: String
  private var descriptor: Int32

  /// Opens a new file in the folder of `path`.
  ///
  /// A link to a file is followed, the permissions of a file that is replaced are kept.
  ///
  /// - Throws: ``FileError/cannotCreate(path:errno:)``, ``FileError/isFolder(path:)``, ``FileError/notRegular(path:)``.
  package init(_ path: String) throws(FileError) {
    let (destination, permissions) = try WholeFile.destination(of: path)
    // By hand: NSString's path functions crash on names of one letter (Swift 6.3.1 on Linux).
    let folder = destination.lastIndex(of: "/").map { String(destination[...$0]) } ?? ""
    let temporary = folder + ".gptosaurus-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
    if let permissions { fchmod(descriptor, permissions) }
    self.path = path
    self.destination = destination
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError/cannotWrite(path:errno:)``.
  package func write(_ bytes: some Collection<UInt8>) throws(FileError) {
    let reason = writeAll(Array(bytes), to: descriptor)
    guard reason == 0 else { throw .cannotWrite(path: path, errno: reason) }
  }

  /// Moves the file to its destination once it is safely on the disk. Nothing can be written after that.
  ///
  /// - Throws: ``FileError/cannotWrite(path:errno:)``.
  package func commit() throws(FileError) {
    guard fsync(descriptor) == 0, rename(temporary, destination) == 0 else {
      throw .cannotWrite(path: path, errno: errno)
    }
    close(descriptor)
    descriptor = -1
  }

  /// Writes `bytes` as the whole file at `path`.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try WholeFile(path)
    try file.write(bytes)
    try file.commit()
  }

  /// Finds out now whether a file could be created at `path` later.
  package static func check(_ path: String) throws(FileError) { _ = try WholeFile(path) }

  /// Where a file at `path` really goes, and the permissions of what stands there.
  private static func destination(of path: String) throws(FileError) -> (path: String, permissions: mode_t?) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let reason = errno
      // A link to nowhere: replacing it would surprise, and so would a file somewhere else.
      guard reason == ENOENT, lstat(path, &status) != 0, !path.isEmpty, path.last != "/" else {
        throw .cannotCreate(path: path, errno: reason)
      }
      return (path, nil)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .isFolder(path: path)
    case S_IFREG: break
    default: throw .notRegular(path: path)
    }
    // A file that may not be written is meant to be kept.
    guard access(path, W_OK) == 0, let resolved = realpath(path, nil) else {
      throw .cannotCreate(path: path, errno: errno)
    }
    defer { free(resolved) }
    return (String(cString: resolved), status.st_mode & 0o7777)
  }
}

/// Writes bytes to a descriptor, however often the system takes only some of them.
///
/// - Returns: 0, or the system's number for why it failed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // Someone made the descriptor non-blocking: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}

extension WholeFile {
  /// Whether two paths name the same file, or would if it were there.
  package static func areSame(_ a: String, _ b: String) -> Bool {
    var statusA = stat()
    var statusB = stat()
    if stat(a, &statusA) == 0, stat(b, &statusB) == 0 {
      return statusA.st_dev == statusB.st_dev && statusA.st_ino == statusB.st_ino
    }
    return URL(filePath: a).standardized.path == URL(filePath: b).standardized.path
  }
}
