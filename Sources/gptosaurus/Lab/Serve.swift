import ArgumentParser
import Foundation

/// `gptosaurus serve`: the lab in a browser. The default command.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Serves the lab to this machine's browser.")
  static let defaultPort = 8726

  @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
  var host = "127.0.0.1"
  @Option(help: "The port to listen on; 0 takes any free one.")
  var port = defaultPort
  @Flag(help: "Opens the lab in the browser.")
  var open = false
  @Option(
    help: ArgumentHelp("Reads the page anew from this folder at each request, to work on it.", valueName: "folder"))
  var from: String?

  func run() throws {
    guard (0...65_535).contains(port) else { throw Failure.flag("--port", port, must: "between 0 and 65535") }
    let site = try makeSite()
    Signals.listen()
    let server = try LabServer(host: host, port: port, site: site)
    if !["127.0.0.1", "::1", "localhost"].contains(host) {
      StandardError.notice("with --host \(host) every machine that reaches this one can open the lab")
    }
    let address = "http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)/"
    try StandardOutput.write("The lab is at \(address) (Ctrl-C ends it)\n")
    if open { openBrowser(at: address) }
    while Signals.pending == nil { usleep(50_000) }
    server.stop()
    Foundation.exit(128 + (Signals.pending ?? 0))
  }

  /// The table of files, or with `--from` what it holds at each request. A browser keeps the lab at its usual address only,
  /// and never one that is worked on.
  private func makeSite() throws(Failure) -> @Sendable () -> Site {
    guard let from else {
      let lab = Site.builtIn.joined()
      let site = port == Serve.defaultPort ? lab.offline() : lab.online()
      return { site }
    }
    let folder = URL(filePath: from, directoryHint: .isDirectory)
    guard FileManager.default.fileExists(atPath: folder.appending(path: "index.html").path) else {
      throw .noPage(in: from)
    }
    return { Site.builtIn.readAnew(from: folder).online() }
  }

  private func openBrowser(at address: String) {
    #if os(macOS)
      let command = "/usr/bin/open"
    #else
      let command = "/usr/bin/xdg-open"
    #endif
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = [address]
    do { try process.run() } catch { StandardError.notice("can't open a browser: open \(address) yourself") }
  }
}
