import CMath

// `Lanes` are as many floats as one vector register holds. All kernels are written in terms of this type, and every sum has
// an order that does not depend on its width, so another width gives the same bits. LANES8 and LANES16 are set where the
// passes are compiled a second and third time, for wider registers.
#if LANES16
  package typealias Lanes = SIMD16<Float>
  typealias LaneBits = SIMD16<Int32>
#elseif LANES8
  package typealias Lanes = SIMD8<Float>
  typealias LaneBits = SIMD8<Int32>
#else
  package typealias Lanes = SIMD4<Float>
  /// As many 32-bit whole numbers as a ``Lanes`` has floats.
  typealias LaneBits = SIMD4<Int32>
#endif

/// Floats in a ``Lanes``.
@inline(__always)
package var laneCount: Int { Lanes.scalarCount }

/// The bit pattern of each lane.
@inline(always)
func bits(_ x: Lanes) -> LaneBits { unsafe unsafeBitCast(x, to: LaneBits.self) }

/// The floats with these bit patterns.
@inline(always)
func lanes(bits: LaneBits) -> Lanes { unsafe unsafeBitCast(bits, to: Lanes.self) }

/// `count` rounded up to whole lanes.
@inline(__always)
package func paddedToLanes(_ count: Int) -> Int { (count &+ laneCount &- 1) / laneCount &* laneCount }

/// `count` rounded up to 16: the widest vector of any target.
@inline(__always)
package func paddedTo16(_ count: Int) -> Int { (count &+ 15) / 16 &* 16 }

/// Floats of a row with a position in each lane: `count` rounded up to the widest vector of this target. Contexts, unlike widths,
/// are seldom a multiple of 16.
@inline(__always)
func paddedPositions(_ count: Int) -> Int {
  #if arch(x86_64)
    return paddedTo16(count)
  #else
    return paddedToLanes(count)
  #endif
}

// The standard library's arithmetic of vectors goes lane by lane, and compilers take long to put that together again. These are
// the same operations, of whole registers.

@inline(always)
func + (a: Lanes, b: Lanes) -> Lanes { laneSum(a, b) }
@inline(always)
func + (a: Lanes, b: Float) -> Lanes { laneSum(a, Lanes(repeating: b)) }
@inline(always)
func += (a: inout Lanes, b: Lanes) { a = laneSum(a, b) }
@inline(always)
func - (a: Lanes, b: Lanes) -> Lanes { laneDifference(a, b) }
@inline(always)
func - (a: Lanes, b: Float) -> Lanes { laneDifference(a, Lanes(repeating: b)) }
@inline(always)
func * (a: Lanes, b: Lanes) -> Lanes { laneProduct(a, b) }
@inline(always)
func * (a: Lanes, b: Float) -> Lanes { laneProduct(a, Lanes(repeating: b)) }
@inline(always)
func / (a: Lanes, b: Lanes) -> Lanes { laneQuotient(a, b) }
@inline(always)
func / (a: Lanes, b: Float) -> Lanes { laneQuotient(a, Lanes(repeating: b)) }
@inline(always)
func / (a: Float, b: Lanes) -> Lanes { laneQuotient(Lanes(repeating: a), b) }
@inline(always)
func |= (a: inout LaneBits, b: LaneBits) { a = laneUnion(a, b) }
@inline(always)
func & (a: LaneBits, b: LaneBits) -> LaneBits { laneIntersection(a, b) }

extension Lanes {
  @inline(always)
  func replacing(with other: Lanes, where mask: SIMDMask<LaneBits>) -> Lanes {
    laneChoice(self, other, unsafe unsafeBitCast(mask, to: LaneBits.self))
  }

  @inline(always)
  func replacing(with other: Float, where mask: SIMDMask<LaneBits>) -> Lanes {
    replacing(with: Lanes(repeating: other), where: mask)
  }
}

/// The correctly rounded √x of each lane.
@inline(always)
func squareRoot(_ x: Lanes) -> Lanes { laneRoot(x) }

/// A bit for each lane, the lowest for the first: set where the lane is not 0.
@inline(always)
func nonzero(_ x: Lanes) -> UInt64 { UInt64(laneNonzeros(x)) }

/// The correctly rounded √x.
@inline(__always)
package func squareRoot(_ x: Double) -> Double { doubleRoot(x) }

/// The larger of two lanes; `a` where one is not a number.
@inline(always)
func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: a .< b) }

/// The largest of the lanes; lane 0 if it is not a number, others that are none left out.
@inline(always)
func largestLane(_ x: Lanes) -> Float {
  var largest = x[0]
  for lane in 1..<laneCount where largest < x[lane] { largest = x[lane] }
  return largest
}

/// ∑ term(i) for i in 0..<count, in the order that design and tests fix for every size and target: 32 partial sums
/// (element i goes to i mod 32, missing ones are 0) folded by halves, 16, 8, 4, 2, 1.
///
/// Each lane is a sum of its own; there are no sums across lanes.
@inline(__always)
package func foldedSum(_ count: Int, _ term: (Int) -> Lanes) -> Lanes {
  @inline(always) func partial(_ j: Int) -> Lanes {
    var sum = Lanes.zero
    var i = j
    while i < count {
      sum += term(i)
      i &+= 32
    }
    return sum
  }
  return unsafe withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 16) { sums in
    // At the default width a partial sum is one term.
    if count == 32 {
      for j in 0..<16 { unsafe sums[j] = (.zero + term(j)) + (.zero + term(j &+ 16)) }
    } else {
      for j in 0..<16 { unsafe sums[j] = partial(j) + partial(j &+ 16) }
    }
    var half = 8
    while half > 0 {
      for j in 0..<half { unsafe sums[j] += sums[j &+ half] }
      half /= 2
    }
    return unsafe sums[0]
  }
}

/// The sum of ``foldedSum(_:_:)`` for terms that stand side by side: `term(i)` has the terms i ..< i + laneCount, those from
/// `count` on 0.
@inline(__always)
package func foldedSum(across count: Int, _ term: (Int) -> Lanes) -> Float {
  let vectors = 32 / laneCount
  return unsafe withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 8) { sums in
    for j in 0..<vectors { unsafe sums[j] = .zero }
    // Places are constants here, so that the sums stay in registers.
    var i = 0
    while i &+ 32 <= count {
      for j in 0..<vectors { unsafe sums[j] += term(i &+ j &* laneCount) }
      i &+= 32
    }
    for j in 0..<vectors where i &+ j &* laneCount < count { unsafe sums[j] += term(i &+ j &* laneCount) }
    var half = vectors / 2
    while half > 0 {
      for j in 0..<half { unsafe sums[j] += sums[j &+ half] }
      half /= 2
    }
    return unsafe foldedLanes(sums[0])
  }
}

/// The sum of the lanes, folded by halves.
@inline(always)
private func foldedLanes(_ x: Lanes) -> Float {
  #if LANES16
    let eight = x.lowHalf + x.highHalf
    let four = eight.lowHalf + eight.highHalf
  #elseif LANES8
    let four = x.lowHalf + x.highHalf
  #else
    let four = x
  #endif
  let two = four.lowHalf + four.highHalf
  return two[0] + two[1]
}
