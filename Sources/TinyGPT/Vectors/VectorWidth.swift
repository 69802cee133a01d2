import CMath

/// How many bits one vector of the passes has. Every width gives the same bits of every result; wider ones take less time.
public enum VectorWidth: Int, CaseIterable, Sendable {
  /// What every machine has, and all that arm64 and WebAssembly have.
  case bits128 = 128
  /// AVX2.
  case bits256 = 256
  /// AVX-512.
  case bits512 = 512

  /// Whether this build has the passes in this width, and this processor can run them.
  public var isSupported: Bool {
    #if canImport(TinyGPT256) && arch(x86_64)
      switch self {
      case .bits128: true
      case .bits256: processorHasAVX2()
      case .bits512: processorHasAVX512()
      }
    #else
      self == .bits128
    #endif
  }

  /// The widest that is supported.
  public static var widest: VectorWidth { allCases.last { $0.isSupported } ?? .bits128 }

  /// What a process works with, chosen once: the width that the environment variable `GPTOSAURUS_VECTOR` names, if it can
  /// be, or the widest.
  public static let chosen: VectorWidth = {
    if case .width(let width) = VectorWidth.asked { width } else { widest }
  }()

  /// What `GPTOSAURUS_VECTOR` says.
  public enum Asked: Equatable, Sendable {
    /// It is not set.
    case nothing
    case width(VectorWidth)
    /// A width that this processor or this build lacks.
    case unsupported(VectorWidth)
    /// None of 128, 256 and 512.
    case unknown
  }

  public static var asked: Asked {
    #if hasFeature(Embedded)
      return .nothing
    #else
      let bits = Int(vectorBitsAskedFor())
      if bits == 0 { return .nothing }
      guard let width = VectorWidth(rawValue: bits) else { return .unknown }
      return width.isSupported ? .width(width) : .unsupported(width)
    #endif
  }
}
