import ArgumentParser
import Foundation
import TinyGPTFormats

/// `gptosaurus site`: the lab as files for any web host; it works below any path.
struct WriteSite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Writes the lab as static files, for any web host.")

  @Option(help: ArgumentHelp("The folder to write to; made where it does not exist.", valueName: "folder"))
  var output: String
  @Flag(help: "Prints the result as JSON.")
  var json = false

  func run() throws {
    let folder = URL(filePath: output, directoryHint: .isDirectory)
    let files = Site.builtIn.joined().offline().files
    for file in files {
      let destination = folder.appending(path: file.path)
      do {
        try FileManager.default.createDirectory(
          at: destination.deletingLastPathComponent(), withIntermediateDirectories: true)
      } catch {
        throw Failure.cannotMakeFolder(destination.deletingLastPathComponent().path)
      }
      do { try WholeFile.write(file.bytes, to: destination.path) } catch { throw Failure(writing: error) }
    }
    let bytes = files.reduce(0) { $0 + $1.bytes.count }
    if json {
      let report: JSONValue = [
        "output": .string(output), "files": JSONValue(files.count), "bytes": JSONValue(bytes),
      ]
      try StandardOutput.write(report.text + "\n")
    } else {
      try StandardOutput.write(
        "\(files.count) files, \(bytes.grouped) bytes, in \(output): any web host can serve them\n")
    }
  }
}
