import ArgumentParser
import Foundation
import TinyGPT

/// The command-line tool.
@main
struct GPTosaurus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gptosaurus",
    abstract: "Trains a tiny GPT on dinosaur names, bit for bit the same everywhere, and shows what it does.",
    subcommands: [
      Serve.self, Train.self, Generate.self, Predict.self, Heads.self, Stats.self, Info.self, WriteSite.self,
      Bench.self,
    ],
    defaultSubcommand: Serve.self)

  static func main() {
    prepareStandardStreams()
    do {
      do {
        try checkVectorWidth()
        var command = try parseAsRoot()
        try command.run()
      } catch let error where exitCode(for: error) == .success {
        // Help was asked for.
        try StandardOutput.write(fullMessage(for: error) + "\n")
      }
    } catch let failure as Failure {
      StandardError.write("gptosaurus: \(failure.sentence)\n")
      Foundation.exit(failure.status.rawValue)
    } catch {
      let message = fullMessage(for: error)
      if !message.isEmpty { StandardError.write(message + "\n") }
      Foundation.exit(exitCode(for: error).rawValue)
    }
  }

  /// Refuses a vector width that the engine does not know, or this machine can't compute with.
  private static func checkVectorWidth() throws(Failure) {
    switch VectorWidth.asked {
    case .nothing, .width: break
    case .unsupported(let width): throw Failure.vectorWidth(unsupported: width)
    case .unknown: throw Failure.unknownVectorWidth
    }
  }
}
