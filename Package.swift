// swift-tools-version: 6.2
import PackageDescription

let hostSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
/// What the page runs too stays within Embedded Swift.
let embeddedSettings = hostSettings + [.treatWarning("EmbeddedRestrictions", as: .error)]
/// The engine says `unsafe` where it touches raw memory, and nowhere else.
let engineSettings = embeddedSettings + [.strictMemorySafety()]

/// The engine's passes through the network (`Kernels`, most of `Model`) are compiled for the 128-bit vectors of every machine
/// and, where there are any, for wider ones: `Sources/TinyGPT256` and `Sources/TinyGPT512` are the same folder, without what
/// stands here. What is left holds no arrays, no classes and nothing generic of the standard library's, so that no code for
/// wider vectors can take the place of the program's own. (Helpers that the compiler adds to every module, as the copying of
/// values, come from `TinyGPT`, which is linked before the others.) `Tests/cli/test_vectors.py` holds the program to that.
let notPasses = [
  "Measuring", "Memory/Block.swift", "Model/ConfigError.swift", "Model/Loss.swift", "Model/Model.swift",
  "Model/ParameterTable.swift",
  "Names", "Sampling", "TinyGPT.swift", "Training", "Vectors/Passes.swift", "Vectors/VectorWidth.swift",
]
#if arch(x86_64)
  let wideTargets: [Target] = [
    .target(
      name: "TinyGPT256", dependencies: ["CMath"], exclude: notPasses,
      swiftSettings: engineSettings + [.define("LANES8"), .unsafeFlags(["-Xcc", "-mavx2"])]),
    .target(
      name: "TinyGPT512", dependencies: ["CMath"], exclude: notPasses,
      swiftSettings: engineSettings + [.define("LANES16"), .unsafeFlags(["-Xcc", "-mavx512f"])]),
  ]
#else
  let wideTargets: [Target] = []
#endif
let wide = wideTargets.map { Target.Dependency(stringLiteral: $0.name) }

let package = Package(
  name: "GPTosaurus",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "TinyGPT", targets: ["TinyGPT"]),
    .executable(name: "gptosaurus", targets: ["gptosaurus"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
  ],
  targets: [
    .target(name: "CMath"),
    .target(name: "TinyGPT", dependencies: ["CMath"] + wide, swiftSettings: engineSettings),
    .target(name: "TinyGPTAnalysis", dependencies: ["TinyGPT"], swiftSettings: engineSettings),
    .target(name: "TinyGPTFormats", dependencies: ["TinyGPT", "TinyGPTAnalysis"], swiftSettings: hostSettings),
    .target(name: "TinyGPTWasm", dependencies: ["TinyGPT", "TinyGPTAnalysis"], swiftSettings: embeddedSettings),
    .plugin(name: "EmbedLab", capability: .buildTool()),
    .executableTarget(
      name: "gptosaurus",
      dependencies: [
        "TinyGPT", "TinyGPTAnalysis", "TinyGPTFormats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: hostSettings,
      plugins: ["EmbedLab"]),
    .testTarget(name: "TinyGPTTests", dependencies: ["TinyGPT"], swiftSettings: hostSettings),
    .testTarget(
      name: "TinyGPTAnalysisTests", dependencies: ["TinyGPT", "TinyGPTAnalysis"], swiftSettings: hostSettings),
    .testTarget(
      name: "TinyGPTFormatsTests", dependencies: ["TinyGPT", "TinyGPTFormats"], swiftSettings: hostSettings),
  ] + wideTargets
)
