import Foundation
import PackagePlugin

/// Compiles the engine to WebAssembly and writes it, with page and names, into one generated Swift file of the command-line
/// tool: the binary is then one file that works wherever it is copied.
@main
struct EmbedLab: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let toolchain = try context.tool(named: "swiftc").url.deletingLastPathComponent()
    let script = package.appending(path: "Scripts/embed.sh")
    let assets = context.pluginWorkDirectoryURL.appending(path: "Assets.swift")
    return [
      .buildCommand(
        displayName: "Embedding the lab: page, names, engine as WebAssembly",
        executable: URL(filePath: "/bin/sh"),
        arguments: [script.path, assets.path, toolchain.path],
        inputFiles: try inputs(of: package),
        outputFiles: [assets])
    ]
  }

  /// Every file that the generated one is made from.
  private func inputs(of package: URL) throws -> [URL] {
    let folders = [
      "Sources/CMath", "Sources/TinyGPT", "Sources/TinyGPTAnalysis", "Sources/TinyGPTWasm", "Web", "Data", "Scripts",
    ]
    var files: [URL] = []
    for folder in folders {
      let walker = FileManager.default.enumerator(
        at: package.appending(path: folder), includingPropertiesForKeys: [.isRegularFileKey])
      for case let file as URL in walker ?? FileManager.DirectoryEnumerator() {
        if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true { files.append(file) }
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
