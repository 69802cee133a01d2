// swift-tools-version: 6.2
import PackageDescription

/// The engine must stay Embedded Swift, and its raw memory in two files.
let engineSettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatWarning("EmbeddedRestrictions", as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let hostSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "GPTosaurus",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "TinyGPT", targets: ["TinyGPT"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
  ],
  targets: [
    .target(name: "CMath"),
    .target(name: "TinyGPT", dependencies: ["CMath"], swiftSettings: engineSettings),
    .executableTarget(
      name: "gptosaurus",
      dependencies: ["TinyGPT", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: hostSettings),
    .testTarget(name: "TinyGPTTests", dependencies: ["TinyGPT"], swiftSettings: hostSettings),
  ]
)
