import TinyGPT
import TinyGPTFormats

extension SpeedReport {
  /// For programs and for people.
  var forms: (json: JSONValue, text: String) { (json, text) }

  private var json: JSONValue {
    [
      "stepsPerSecond": .number(chosen.stepsPerSecond), "lettersPerSecond": .number(chosen.lettersPerSecond),
      "peakGigaflops": .number(chosen.peakGigaflops), "trainingGigaflops": .number(chosen.trainingGigaflops),
      "shareOfPeak": .number(chosen.shareOfPeak), "vectorBits": JSONValue(chosen.width.rawValue),
      "widths": .array(widths.map(\.json)),
      "larger": [
        "stepsPerSecond": .number(largerStepsPerSecond), "trainingGigaflops": .number(largerGigaflops),
        "shareOfPeak": .number(largerShareOfPeak),
      ],
      "threads": ["one": .number(oneThread), "two": .number(twoThreads), "ratio": .number(threadRatio)],
      "namesPerSecond": [
        "traced": .number(traced), "headsMeasured": .number(headsMeasured), "lossMeasured": .number(lossMeasured),
      ],
      "memoryBytes": JSONValue(memory), "processor": .string(Machine.processor),
      "processors": JSONValue(Machine.processors),
    ]
  }

  private var text: String {
    let speeds = widths.map { width in
      (
        "\(width.width.rawValue) bits",
        "\(Int(width.stepsPerSecond).grouped) steps and \(Int(width.lettersPerSecond).grouped) letters a second; training"
          + " \(Self.share(width.trainingGigaflops, of: width.peakGigaflops))"
      )
    }
    return labelled(
      speeds + [
        (
          "larger",
          "6 layers, width 128, context 64: \(Int(largerStepsPerSecond).grouped) steps a second,"
            + " \(Self.share(largerGigaflops, of: chosen.peakGigaflops))"
        ),
        (
          "counted",
          "what the formulas ask for, products with the zeros of ReLU too: as those are left out, a share may pass 100 %"
        ),
        (
          "threads",
          "batch 16, width 128: \(threadRatio.fixed(2)) times the steps with 2 threads (\(oneThread.fixed(1)) and"
            + " \(twoThreads.fixed(1)) a second)"
        ),
        (
          "looking",
          "\(Int(traced).grouped) names a second forward, everything kept; \(Int(headsMeasured).grouped) with all heads"
            + " measured; \(Int(lossMeasured).grouped) for the held-out loss"
        ),
        ("memory", "\((Double(memory) / 1e6).fixed(1)) MB at most while training, the tool itself included"),
        (
          "machine",
          "\(Machine.processor), \(Machine.processors.counted("processor")); all but threads on one core, peak: additions"
            + " and multiplications"
        ),
      ])
  }

  private static func share(_ gigaflops: Double, of peak: Double) -> String {
    "\(gigaflops.fixed(2)) of \(peak.fixed(2)) Gflop/s (\((gigaflops / peak).percent))"
  }
}

extension SpeedReport.Width {
  fileprivate var json: JSONValue {
    [
      "bits": JSONValue(width.rawValue), "stepsPerSecond": .number(stepsPerSecond),
      "lettersPerSecond": .number(lettersPerSecond), "peakGigaflops": .number(peakGigaflops),
      "trainingGigaflops": .number(trainingGigaflops), "shareOfPeak": .number(shareOfPeak),
    ]
  }
}
