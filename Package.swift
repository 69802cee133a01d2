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
    .target(name: "TinyGPT", dependencies: ["CMath"], swiftSettings: engineSettings),
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
  ]
)
