import CMath

/// A window onto numbers that live in a ``Block``: a start and a count, no ownership.
///
/// This type and ``Block`` alone touch raw memory. `subscript` and the vector accesses are checked in
/// debug builds, ``from(_:)`` and each kernel's entry always. A view must not outlive its block, so none leaves the engine
/// except through the exported functions of `TinyGPTWasm`.
@safe
package struct View<Element: BitwiseCopyable> {
  package let start: UnsafeMutablePointer<Element>
  package let count: Int

  @inline(__always)
  package init(start: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  @inline(__always)
  package subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count, "View: index out of bounds")
      return unsafe start[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count, "View: index out of bounds")
      unsafe start[index] = newValue
    }
  }

  /// The elements from `offset` to the end.
  @inline(__always)
  package func from(_ offset: Int) -> View {
    precondition(offset >= 0 && offset <= count, "View: offset out of bounds")
    return unsafe View(start: start + offset, count: count &- offset)
  }

  /// The `length` elements from `offset`.
  @inline(__always)
  package func slice(_ offset: Int, _ length: Int) -> View {
    precondition(offset >= 0 && length >= 0 && offset <= count &- length, "View: slice out of bounds")
    return unsafe View(start: start + offset, count: length)
  }

  package func fill(_ value: Element) {
    unsafe start.update(repeating: value, count: count)
  }

  package func copy(from other: View) {
    precondition(other.count == count, "View: copies must have equal counts")
    unsafe start.update(from: other.start, count: count)
  }
}

/// The view that all kernels work on.
package typealias Floats = View<Float>

extension View where Element == Float {
  /// The lanes at `index ..< index + laneCount`, a multiple of the lane count from the start of the block: aligned accesses
  /// are one instruction on every target.
  @inline(always)
  func lanes(at index: Int) -> Lanes {
    assert(index >= 0 && index &+ laneCount <= count, "View: lanes out of bounds")
    return unsafe UnsafeRawPointer(start + index).assumingMemoryBound(to: Lanes.self).pointee
  }

  @inline(always)
  func store(_ lanes: Lanes, at index: Int) {
    assert(index >= 0 && index &+ laneCount <= count, "View: lanes out of bounds")
    unsafe UnsafeMutableRawPointer(start + index).assumingMemoryBound(to: Lanes.self).pointee = lanes
  }

  /// The same wherever the first one stands.
  @inline(always)
  func store(_ lanes: Lanes, unalignedAt index: Int) {
    assert(index >= 0 && index &+ laneCount <= count, "View: lanes out of bounds")
    unsafe UnsafeMutableRawPointer(start + index).storeBytes(of: lanes, as: Lanes.self)
  }

  /// The bits of four floats, wherever the first one stands.
  @inline(always)
  func store(four bits: SIMD4<Int32>, unalignedAt index: Int) {
    assert(index >= 0 && index &+ 4 <= count, "View: floats out of bounds")
    unsafe UnsafeMutableRawPointer(start + index).storeBytes(of: bits, as: SIMD4<Int32>.self)
  }

  /// Asks for the floats around `index` ahead of their use; `index` may lie outside.
  @inline(always)
  func prefetch(at index: Int) { unsafe CMath.prefetch(start + index) }

  /// Four floats at `index`, a multiple of 4.
  @inline(always)
  func four(at index: Int) -> SIMD4<Float> {
    assert(index >= 0 && index &+ 4 <= count, "View: floats out of bounds")
    return unsafe UnsafeRawPointer(start + index).assumingMemoryBound(to: SIMD4<Float>.self).pointee
  }

  /// Eight floats at `index`, a multiple of 8.
  @inline(always)
  func eight(at index: Int) -> SIMD8<Float> {
    assert(index >= 0 && index &+ 8 <= count, "View: floats out of bounds")
    return unsafe UnsafeRawPointer(start + index).assumingMemoryBound(to: SIMD8<Float>.self).pointee
  }

  @inline(always)
  func store(eight: SIMD8<Float>, at index: Int) {
    assert(index >= 0 && index &+ 8 <= count, "View: floats out of bounds")
    unsafe UnsafeMutableRawPointer(start + index).assumingMemoryBound(to: SIMD8<Float>.self).pointee = eight
  }
}

extension View where Element == Double {
  /// Adds to the four doubles at `index`, a multiple of 4.
  @inline(always)
  func add(_ four: SIMD4<Double>, at index: Int) {
    assert(index >= 0 && index &+ 4 <= count, "View: doubles out of bounds")
    unsafe UnsafeMutableRawPointer(start + index).assumingMemoryBound(to: SIMD4<Double>.self).pointee += four
  }
}
