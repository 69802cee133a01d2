import Testing
import TinyGPT

/// Generated names: their dice, their probabilities, their ends.
struct GeneratorTests {
  private static func sampling(_ change: (inout Sampling) -> Void) -> Sampling {
    var sampling = Sampling()
    change(&sampling)
    return sampling
  }

  /// The name that the most probable letter after the most probable letter makes, from traces alone.
  private static func greedyName(_ model: Model, prefix: [UInt32] = []) throws -> (letters: [UInt32], ended: Bool) {
    var letters = prefix
    while true {
      let logits = try model.trace(letters).activation(.logits)
      let last = Array(logits.values.suffix(logits.shape[1]))
      let best = last.indices.reduce(0) { last[$1] > last[$0] ? $1 : $0 }
      if best == model.vocabulary.bos { return (letters, true) }
      if letters.count == model.config.blockSize - 1 { return (letters, false) }
      letters.append(model.vocabulary.scalars[best])
    }
  }

  @Test func nameIIsTheSameForEveryCountAndOffset() throws {
    let model = Model(untrained: try Fixture.smallRun())
    let generator = Generator(model)
    let sampling = Sampling()
    let hundred = try generator.names(0..<100, seed: 7, sampling: sampling)
    #expect(hundred.count == 100 && Set(hundred.map { Fixture.text($0.letters) }).count > 50)
    for range in [0..<0, 0..<1, 0..<5, 0..<16, 3..<4, 15..<18, 17..<50, 99..<100] {
      #expect(try generator.names(range, seed: 7, sampling: sampling) == Array(hundred[range]), "\(range)")
    }
    #expect(try model.generate(5, seed: 7) == Array(hundred[..<5]), "another generator")
    #expect(try model.generate(5, seed: 8) != Array(hundred[..<5]), "another seed")
  }

  /// Whatever runs beside a name, and whichever ended before it in its lane.
  @Test(arguments: [nil, 5] as [Int?], VectorWidth.allCases.filter(\.isSupported))
  func namesDoNotKnowOfEachOther(topK: Int?, vectors: VectorWidth) throws {
    let model = try Fixture.trained().model
    let sampling = GeneratorTests.sampling { sampling in
      (sampling.temperature, sampling.topK) = (1.2, topK)
    }
    let names = try Generator(model, vectors: vectors).names(0..<500, seed: 3, sampling: sampling)
    #expect(try Generator(model, vectors: .bits128).names(0..<500, seed: 3, sampling: sampling) == names)
    for index in stride(from: 0, to: names.count, by: Effort.divisor) {
      let alone = try Generator(model, vectors: vectors).names(index..<index + 1, seed: 3, sampling: sampling)
      #expect(alone == [names[index]], "name \(index)")
    }
  }

  /// The rule, from traces alone: a name's stream rolls once a place, and the first outcome whose cumulative share exceeds
  /// the roll comes next.
  @Test(arguments: [0.5, 1, 1.7] as [Float])
  func namesAreDrawnFromTheirTraces(temperature: Float) throws {
    let model = try Fixture.trained().model
    let sampling = GeneratorTests.sampling { $0.temperature = temperature }
    let names = try model.generate(Effort.of(100), seed: 8, sampling: sampling)
    for (index, name) in names.enumerated() {
      var random = RandomStream(seed: 8, .names, index: index)
      let logits = try model.trace(name.letters).activation(.logits)
      let outcomes = logits.shape[1]
      for position in 0...name.letters.count {
        let scores = logits.values[position * outcomes..<(position + 1) * outcomes]
        let top = scores.max() ?? 0
        let shares = scores.map { exponential(Lanes(repeating: ($0 - top) / temperature))[0] }
        let goal = random.uniform() * shares.reduce(0, +)
        var cumulative: Float = 0
        let pick = shares.firstIndex { share in
          cumulative += share
          return cumulative > goal
        }
        let isEnd = position == name.letters.count
        let expected = isEnd ? model.vocabulary.bos : model.vocabulary.token(name.letters[position])
        #expect((pick == expected) == (!isEnd || name.ended), "\(Fixture.text(name.letters)), place \(position)")
      }
    }
  }

  /// Weights that are no numbers make names of the first letter, and no trouble.
  @Test func aDivergedModelStillMakesNames() throws {
    let model = Model(untrained: try Fixture.smallRun())
    for index in 0..<model.weights.view.count { model.weights.view[index] = .nan }
    for topK in [nil, 3] as [Int?] {
      let names = try model.generate(40, seed: 1, sampling: GeneratorTests.sampling { $0.topK = topK })
      for name in names {
        #expect(name.letters == Array(repeating: model.vocabulary.scalars[0], count: model.config.blockSize - 1))
        #expect(!name.ended && name.logProbability.isNaN)
      }
    }
  }

  @Test func generatingChangesNothing() throws {
    let trainer = try Fixture.trained()
    let before = trainer.snapshot()
    _ = try trainer.model.generate(20, seed: 1)
    #expect(trainer.snapshot() == before)
  }

  @Test(arguments: ["", "t", "mei", "pachycephalo"])
  func temperatureZeroTopOneAndTinyTopPAreGreedy(prefix: String) throws {
    let model = try Fixture.trained().model
    let scalars = Fixture.scalars(prefix)
    let expected = try GeneratorTests.greedyName(model, prefix: scalars)
    let greedy = [
      GeneratorTests.sampling { $0.temperature = 0 }, GeneratorTests.sampling { $0.topK = 1 },
      GeneratorTests.sampling { $0.topP = 1e-6 },
    ]
    for var sampling in greedy {
      sampling.prefix = scalars
      for name in try model.generate(2, seed: 11, sampling: sampling) {
        #expect(name.letters == expected.letters && name.ended == expected.ended)
      }
    }
  }

  /// A context of two places: one letter a name, drawn from the shares of the first prediction.
  @Test func firstLettersFollowTheirShares() throws {
    let names = try Fixture.names("abcdefg-\n")
    let run = try Fixture.smallRun(names: names) { config, recipe in
      config.blockSize = 2
      recipe.initStd = 0.5
    }
    let model = Model(untrained: run)
    let probabilities = try model.trace([]).activation(.probabilities).values.map(Double.init)
    let count = Effort.of(20_000)
    var counts = Array(repeating: 0.0, count: probabilities.count)
    for name in try model.generate(count, seed: 3, sampling: GeneratorTests.sampling { $0.temperature = 1 }) {
      let token = name.letters.first.flatMap(model.vocabulary.token)
      counts[token ?? model.vocabulary.bos] += 1
    }
    let chiSquare = zip(counts, probabilities).reduce(0) { sum, pair in
      let expected = pair.1 * Double(count)
      return sum + (pair.0 - expected) * (pair.0 - expected) / expected
    }
    #expect(probabilities.allSatisfy { $0 * Double(count) >= 5 }, "each must be met for the test to mean anything")
    #expect(chiSquare < 26.1, "eight degrees of freedom exceed this once in a thousand")
  }

  /// To the last bit: both are sums of the same numbers in the same order.
  @Test(arguments: ["", "t", "allo"])
  func logProbabilityIsMinusTheLossesOfTheLetters(prefix: String) throws {
    let scalars = Fixture.scalars(prefix)
    // Cut-offs and temperature choose letters, but don't change what they are worth.
    let sampling = GeneratorTests.sampling { sampling in
      (sampling.temperature, sampling.topK, sampling.prefix) = (0.9, 20, scalars)
    }
    let short = Model(untrained: try Fixture.smallRun { config, _ in config.blockSize = 6 })
    for model in [try Fixture.trained().model, short] {
      let names = try model.generate(Effort.of(200), seed: 5, sampling: sampling)
      for name in names {
        let losses = try model.trace(name.letters).losses.dropFirst(scalars.count)
        // The last loss is that of END.
        let counted = name.ended ? losses : losses.dropLast()
        #expect(name.logProbability == -counted.reduce(0, +), "\(Fixture.text(name.letters))")
      }
      #expect(names.contains { model === short ? !$0.ended : $0.ended }, "both kinds must be met")
    }
  }

  @Test func namesKeepTheirPrefixAndFitTheContext() throws {
    let model = Model(untrained: try Fixture.smallRun { config, _ in config.blockSize = 6 })
    for prefix in ["", "z", "abcd", "abcde"] {
      let scalars = Fixture.scalars(prefix)
      let names = try model.generate(200, seed: 2, sampling: GeneratorTests.sampling { $0.prefix = scalars })
      for name in names {
        #expect(name.letters.starts(with: scalars))
        #expect(name.letters.count <= 5)
        #expect(name.ended || name.letters.count == 5)
      }
      // The last prediction only decides whether the name ends there.
      #expect(names.contains { $0.letters.count == 5 && !$0.ended })
      #expect(names.contains { $0.ended })
    }
  }

  @Test func aFullPrefixIsWorthNothingUnlessItEnds() throws {
    let model = Model(untrained: try Fixture.smallRun { config, _ in config.blockSize = 4 })
    let sampling = GeneratorTests.sampling { $0.prefix = Fixture.scalars("mei") }
    let names = try model.generate(200, seed: 4, sampling: sampling)
    let end = try model.trace(Fixture.scalars("mei")).losses[3]
    for name in names { #expect(name.logProbability == (name.ended ? -end : 0)) }
  }

  @Test func switchesApply() throws {
    let model = try Fixture.trained().model
    var off = Switches()
    for layer in 0..<2 { off.setMLP(layer: layer, off: true, config: model.config) }
    let names = try model.generate(20, seed: 5, off: off)
    #expect(try model.generate(20, seed: 5) != names)
    for name in names where name.ended {
      #expect(name.logProbability == -(try model.trace(name.letters, off: off).losses.reduce(0, +)))
    }
  }

  @Test func prefixesThatDoNotFitAreRefused() throws {
    let model = Model(untrained: try Fixture.smallRun())
    func generate(_ prefix: String) throws -> [GeneratedName] {
      try model.generate(1, seed: 1, sampling: GeneratorTests.sampling { $0.prefix = Fixture.scalars(prefix) })
    }
    #expect(throws: TextError.unknownLetter(0x52, place: 2)) { try generate("taRex") }
    #expect(throws: TextError.unknownLetter(0x20, place: 0)) { try generate(" ") }
    #expect(throws: TextError.tooLong(letters: 18, most: 17)) { try generate("abcdefghijklmnopqr") }
    #expect(try generate("abcdefghijklmnopq")[0].letters.count == 17)
  }
}
