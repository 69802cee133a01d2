/// Memory for `count` numbers, zeroed, on a 64-byte boundary: owned, freed with its last reference.
@safe
package final class Block<Element: BitwiseCopyable & ExpressibleByIntegerLiteral> {
  package let view: View<Element>

  package init(count: Int) {
    precondition(count >= 0, "Block: count must not be negative")
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    let start = unsafe raw.bindMemory(to: Element.self, capacity: count)
    unsafe start.initialize(repeating: 0, count: count)
    unsafe view = View(start: start, count: count)
  }

  package convenience init(_ elements: [Element]) {
    self.init(count: elements.count)
    for index in elements.indices { view[index] = elements[index] }
  }

  deinit {
    unsafe UnsafeMutableRawPointer(view.start).deallocate()
  }
}

extension View {
  /// A copy of the elements.
  package func array() -> [Element] {
    unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}
