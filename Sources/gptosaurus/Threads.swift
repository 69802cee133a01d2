import Dispatch
import Synchronization
import TinyGPT

extension Workers {
  /// The most threads that can be asked for.
  static let mostThreads = 64

  /// As many threads of the system's, 1 for the caller's alone. Whoever is done with a piece takes the next one.
  static func threads(_ count: Int) -> Workers {
    if count == 1 { return .one }
    return Workers(count: count) { pieces, work in
      let next = Atomic(0)
      withoutActuallyEscaping(work) { work in
        // No two pieces write to the same memory: the engine's promise, which the type can't express.
        nonisolated(unsafe) let work = work
        DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { worker in
          while true {
            // What a piece wrote is handed on by the end of `concurrentPerform`: here only the number counts.
            let piece = next.add(1, ordering: .relaxed).oldValue
            if piece >= pieces { return }
            work(worker, piece)
          }
        }
      }
    }
  }
}
