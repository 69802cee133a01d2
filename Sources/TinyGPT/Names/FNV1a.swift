/// FNV-1a, 64 bits: one multiplication a byte.
///
/// - Note: Source: Fowler, Noll, Vo, draft-eastlake-fnv.
package struct FNV1a {
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  @inline(__always)
  package mutating func combine(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The four bytes of a word, lowest first.
  @inline(__always)
  package mutating func combine(littleEndian word: UInt32) {
    combine(UInt8(truncatingIfNeeded: word))
    combine(UInt8(truncatingIfNeeded: word >> 8))
    combine(UInt8(truncatingIfNeeded: word >> 16))
    combine(UInt8(truncatingIfNeeded: word >> 24))
  }

  package mutating func combine(utf8Of scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar), let bytes = UTF8.encode(scalar) else { return }
    for byte in bytes { combine(byte) }
  }
}

extension UInt64 {
  /// 16 hex digits: how a fingerprint is shown.
  public var hexDigits: String {
    var digits = ""
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: self >> UInt64(shift)) & 15
      digits.unicodeScalars.append(Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x57 + digit))
    }
    return digits
  }
}
