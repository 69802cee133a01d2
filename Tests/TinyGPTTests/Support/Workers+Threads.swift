import Dispatch
import Synchronization
import TinyGPT

extension Workers {
  /// Real threads.
  static func threads(_ count: Int) -> Workers {
    Workers(count: count) { pieces, work in
      let next = Atomic(0)
      withoutActuallyEscaping(work) { work in
        nonisolated(unsafe) let work = work
        DispatchQueue.concurrentPerform(iterations: count) { worker in
          while true {
            let piece = next.add(1, ordering: .relaxed).oldValue
            if piece >= pieces { return }
            work(worker, piece)
          }
        }
      }
    }
  }

  /// One after the other, but from the last piece to the first, each by another worker than the one before.
  static func backwards(_ count: Int) -> Workers {
    Workers(count: count) { pieces, work in
      for piece in (0..<pieces).reversed() { work(piece % min(count, pieces), piece) }
    }
  }
}
