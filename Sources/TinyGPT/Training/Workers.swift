/// Who does the pieces of a task that may be done at once.
///
/// The engine knows of no threads (a page has none to give): whoever has some brings them, and nothing that is computed
/// depends on how many there are or who does what.
public struct Workers {
  /// The most pieces that are under way at once.
  public let count: Int
  private let start: (_ pieces: Int, _ work: (_ worker: Int, _ piece: Int) -> Void) -> Void

  /// - Parameters:
  ///   - count: the most pieces that are under way at once.
  ///   - start: does `work` for each piece of 0 ..< `pieces`, in any order, and returns when all are done. `worker` is in
  ///     0 ..< `count`, and no two pieces that are under way at once have the same.
  /// - Precondition: `count >= 1`.
  public init(
    count: Int, start: @escaping (_ pieces: Int, _ work: (_ worker: Int, _ piece: Int) -> Void) -> Void
  ) {
    precondition(count >= 1, "Workers: there must be one")
    self.count = count
    self.start = start
  }

  /// The caller alone: one piece after the other.
  public static var one: Workers {
    Workers(count: 1) { pieces, work in
      for piece in 0..<pieces { work(0, piece) }
    }
  }

  /// Does `work` for each piece of 0 ..< `pieces`; returns when all are done. A piece alone is the caller's.
  func run(_ pieces: Int, _ work: (_ worker: Int, _ piece: Int) -> Void) {
    if pieces == 1 { work(0, 0) } else { start(pieces, work) }
  }
}
