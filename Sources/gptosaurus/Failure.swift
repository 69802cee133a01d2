/// Why a command can't do what it was asked: an exit status and one sentence for people: what, where, what to do.
///
/// The sentences stand in `ErrorMessages.swift`.
struct Failure: Error, Equatable {
  let status: ExitStatus
  let sentence: String
}

/// How the tool ends when it fails, after BSD's sysexits.
enum ExitStatus: Int32 {
  /// The run diverged.
  case diverged = 1
  /// Flags or PREFIX.
  case usage = 64
  /// The contents of a file.
  case contents = 65
  /// A file that is missing, unreadable or a folder.
  case noInput = 66
  /// A port is in use.
  case unavailable = 69
  /// A file can't be created.
  case cannotCreate = 73
  /// Writing failed.
  case cannotWrite = 74
}
