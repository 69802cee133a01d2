/// Heads and MLPs that are switched off: a head's result is zero before wo, an MLP adds nothing.
public struct Switches: Equatable, Sendable {
  /// A bit for each head, layer by layer, and for each layer's MLP: at most 256 of each (``Config`` holds that).
  private var heads = SIMD4<UInt64>.zero
  private var mlps = SIMD4<UInt64>.zero

  /// Everything on.
  public init() {}

  /// Switches one head off or on.
  public mutating func setHead(layer: Int, head: Int, off: Bool, config: Config) {
    precondition(0..<config.nLayer ~= layer && 0..<config.nHead ~= head, "Switches: no such head")
    set(&heads, layer * config.nHead + head, off)
  }

  /// Switches the MLP of one layer off or on.
  public mutating func setMLP(layer: Int, off: Bool, config: Config) {
    precondition(0..<config.nLayer ~= layer, "Switches: no such layer")
    set(&mlps, layer, off)
  }

  init(raw: RawSwitches) { (heads, mlps) = raw }

  var raw: RawSwitches { (heads, mlps) }

  @inline(__always)
  package func isHeadOff(layer: Int, head: Int, _ config: Config) -> Bool {
    isSet(heads, layer &* config.nHead &+ head)
  }

  @inline(always)
  var areAllHeadsOn: Bool { heads[0] | heads[1] | heads[2] | heads[3] == 0 }

  @inline(always)
  func isMLPOff(layer: Int) -> Bool { isSet(mlps, layer) }

  private func set(_ bits: inout SIMD4<UInt64>, _ index: Int, _ value: Bool) {
    let bit: UInt64 = 1 << UInt64(index % 64)
    bits[index / 64] = value ? bits[index / 64] | bit : bits[index / 64] & ~bit
  }

  @inline(always)
  private func isSet(_ bits: SIMD4<UInt64>, _ index: Int) -> Bool {
    bits[index / 64] >> UInt64(index % 64) & 1 == 1
  }
}
