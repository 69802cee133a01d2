import Foundation
import Synchronization

/// The signal that asked the process to end, or 0.
private let received = Atomic<Int32>(0)

/// Turns Ctrl-C and SIGTERM into a question that a long task asks now and then.
enum Signals {
  /// From now on the signals only leave a note. A handler also hears them where the parent had them ignored, as shells do
  /// for background jobs.
  static func listen() {
    // Touched once here: a handler must not be the first to need it.
    received.store(0, ordering: .relaxed)
    for code in [SIGINT, SIGTERM] {
      signal(code) { code in
        // The first one counts.
        _ = received.compareExchange(expected: 0, desired: code, ordering: .relaxed)
      }
    }
  }

  /// The signal that came, or nil.
  static var pending: Int32? {
    let code = received.load(ordering: .relaxed)
    return code == 0 ? nil : code
  }
}
