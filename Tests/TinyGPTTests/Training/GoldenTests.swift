import Foundation
import Testing
import TinyGPT

/// The lab's own run, pinned: the fingerprints of four of its states and a hundred names of the last (release builds
/// only: debug builds stop before it).
///
/// Every machine, build and WebAssembly must give these. `RECORD=1 swift test -c release --filter GoldenTests` rewrites
/// `Fixtures/golden.json`, which is right only together with a new numerics version.
struct GoldenTests {
  private struct Golden: Codable, Equatable {
    var seed: UInt32
    /// By step.
    var fingerprints: [String: String]
    /// Generated at the last step, temperature 0.8.
    var names: [String]
  }

  private static let steps = [0, 50, 100, 1_000]
  private static let file = Fixture.root.appending(path: "Tests/Fixtures/golden.json")

  @Test func theLabsRunIsTheSameEverywhere() throws {
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let golden = try GoldenTests.golden(seed: 42, steps: GoldenTests.steps)
      try (encoder.encode(golden) + Data("\n".utf8)).write(to: GoldenTests.file)
    }
    let recorded = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: GoldenTests.file))
    let steps = GoldenTests.steps.filter { $0 <= Effort.of(1_000) }
    let golden = try GoldenTests.golden(seed: recorded.seed, steps: steps)
    for step in steps { #expect(golden.fingerprints["\(step)"] == recorded.fingerprints["\(step)"], "step \(step)") }
    if steps == GoldenTests.steps { #expect(golden == recorded) }
  }

  private static func golden(seed: UInt32, steps: [Int]) throws -> Golden {
    let trainer = Trainer(try Fixture.labRun(seed: seed))
    var golden = Golden(seed: seed, fingerprints: [:], names: [])
    for step in steps {
      _ = trainer.train(to: step)
      golden.fingerprints["\(step)"] = trainer.model.fingerprint.hexDigits
    }
    if steps == GoldenTests.steps {
      golden.names = try trainer.model.generate(100, seed: seed).map { Fixture.text($0.letters) }
    }
    return golden
  }
}
