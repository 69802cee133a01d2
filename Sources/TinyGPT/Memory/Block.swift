import CMath

/// Memory for `count` numbers, zeroed, on a 64-byte boundary: owned, freed with its last reference.
@safe
package final class Block<Element: BitwiseCopyable & ExpressibleByIntegerLiteral> {
  package let view: View<Element>

  private let memory: UnsafeMutableRawPointer

  package init(count: Int) {
    precondition(count >= 0, "Block: count must not be negative")
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = bytes >= 32 * pageSize
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: bytes + (isLarge ? pageSize : 0), alignment: 64)
    #if os(Linux)
      unsafe preferLargePages(memory, bytes)
    #endif
    let offset = unsafe isLarge ? offsetInPage(of: memory) : 0
    let start = unsafe (memory + offset).bindMemory(to: Element.self, capacity: count)
    unsafe start.initialize(repeating: 0, count: count)
    unsafe view = View(start: start, count: count)
  }

  package convenience init(_ elements: [Element]) {
    self.init(count: elements.count)
    for index in elements.indices { view[index] = elements[index] }
  }

  deinit {
    unsafe memory.deallocate()
  }
}

extension View {
  /// A copy of the elements.
  package func array() -> [Element] {
    unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}

/// Bytes after which processors take two addresses for the same until they know better.
private var pageSize: Int { 4_096 }

/// How far into its memory a large block begins, in bytes.
///
/// Allocators tend to give all large blocks the same place of a page. What is loaded from one would wait for what is stored to
/// another, as in Adam with its weights and moments; so blocks on neighboring pages begin a third of a page apart.
private func offsetInPage(of memory: UnsafeMutableRawPointer) -> Int {
  let page = Int(bitPattern: memory) / pageSize
  return 64 * (21 * (page % 64) % 64)
}
