/// How much work the tests do: all of it in release builds, a tenth in debug builds, where vector code is slow. Every
/// check runs in both.
enum Effort {
  #if DEBUG
    static let divisor = 10
  #else
    static let divisor = 1
  #endif

  /// `full` in release builds, a tenth of it in debug builds, at least 1.
  static func of(_ full: Int) -> Int { max(1, full / divisor) }
}
