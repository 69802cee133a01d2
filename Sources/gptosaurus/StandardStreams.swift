import Foundation
import TinyGPTFormats

/// Results: nothing else goes there.
enum StandardOutput {
  static let isTerminal = isatty(STDOUT_FILENO) == 1

  /// - Throws: ``Failure`` where nobody reads any more or the device is full.
  static func write(_ text: String) throws(Failure) {
    let reason = writeAll(Array(text.utf8), to: STDOUT_FILENO)
    if reason != 0 { throw .cannotWriteToStandardOutput(errno: reason) }
  }
}

/// Progress, notices and errors. A failure to write there changes nothing.
enum StandardError {
  static let isTerminal = isatty(STDERR_FILENO) == 1

  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

  /// A sentence that people should know and scripts needn't.
  static func notice(_ sentence: String) { write("note: \(sentence)\n") }
}

/// Makes failing writes return an error instead of ending the process, and keeps files off closed standard streams.
func prepareStandardStreams() {
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
  for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
    // Opened the wrong way round: using it fails, as it would have.
    _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
}

/// The size of the terminal behind a descriptor, in characters; 80 by 24 where there is none.
func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int) {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
  return (Int(size.ws_col), Int(size.ws_row))
}

/// Marks that only a terminal understands; plain text elsewhere.
struct TextStyle {
  let isTerminal: Bool

  /// What standard output takes; `NO_COLOR` and dumb terminals are respected.
  static let output = TextStyle(
    isTerminal: StandardOutput.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      && ProcessInfo.processInfo.environment["TERM"] != "dumb")

  func bold(_ text: String) -> String { isTerminal ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { isTerminal ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
