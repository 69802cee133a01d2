import Testing
import TinyGPT
import TinyGPTAnalysis

/// All heads of a model over a list.
struct HeadReportTests {
  private static func measures(_ head: HeadReport.Head) -> [HeadMeasures.Measure?] {
    let m = head.measures
    return [m.positional, m.previous, m.current, m.copy, m.vowelShare, m.entropyBits, m.entropyShare]
  }

  /// Without weights all scores are 0, and attention is uniform.
  @Test func aModelWithoutWeightsIsAtChanceEverywhere() throws {
    let trainer = try Small.trainer(steps: 0)
    let model = Model(config: trainer.run.config, vocabulary: .latin)
    let report = HeadReport(model, Small.documents(trainer), count: 0)
    #expect(report.heads.count == 4 && report.pooled.count == 2 && report.names == 40)
    for head in report.heads + report.pooled {
      #expect(head.lean == nil)
      for measure in HeadReportTests.measures(head) {
        #expect(isClose(measure?.value, measure?.chance ?? .nan, within: 1e-6))
      }
    }
  }

  @Test func vowelsAndNamesAreCounted() throws {
    let trainer = try Small.trainer(steps: 0)
    let documents = Small.documents(trainer)
    for (count, names) in [(0, 40), (1, 1), (7, 7), (40, 40), (41, 40)] {
      let report = HeadReport(trainer.model, documents, count: count)
      #expect(report.names == names)
      // Seven letters of a name fit beside BOS: none here has more.
      let letters = documents.order.prefix(names).flatMap { Array(trainer.run.names[$0]) }
      let vowels = letters.filter { Small.scalars("aeiou").contains($0) }
      #expect(isClose(report.vowelRate, Double(vowels.count) / Double(letters.count)))
    }
  }

  @Test func otherVocabulariesHaveNoVowels() throws {
    let run = try Run(names: try Small.names("Ann\nEve\nIda"), config: Small.config)
    let documents = Documents(names: run.names, vocabulary: run.vocabulary, blockSize: 8, holdOut: 0, seed: 1)
    let report = HeadReport(Model(untrained: run), documents, count: 0)
    #expect(report.vowelRate == nil && report.heads.allSatisfy { $0.measures.vowelShare == nil })
    #expect(report.heads.allSatisfy { $0.measures.positional != nil })
  }

  /// Measured again from the traces that the page shows, by definition.
  @Test func measuresAreThoseOfTheTraces() throws {
    let trainer = try Small.trainer()
    let documents = Small.documents(trainer)
    let report = HeadReport(trainer.model, documents, count: 10)
    for head in 0..<2 {
      var starts: [[Double]] = [[], [], []]
      for index in documents.order.prefix(10) {
        let attention = try (0..<2).map {
          try trainer.model.trace(Array(trainer.run.names[index])).activation(.layer($0, .attention))
        }
        let n = attention[0].shape[1]
        for query in 1..<n {
          let shares = attention.map { Double($0.values[(head * n + query) * n]) }
          starts[0].append(shares[0])
          starts[1].append(shares[1])
          starts[2].append((shares[0] + shares[1]) / 2)
        }
      }
      let means = starts.map { $0.reduce(0, +) / Double($0.count) }
      #expect(isClose(report.heads[head].measures.positional?.value, means[0]))
      #expect(isClose(report.heads[2 + head].measures.positional?.value, means[1]))
      #expect(isClose(report.pooled[head].measures.positional?.value, means[2]))
    }
  }

  /// The first three of five names, then the other two.
  @Test func leansAreThoseOfTheTwoHalves() throws {
    let trainer = try Small.trainer()
    // Ten times the query: heads that look at little else than their favourites.
    for tensor in trainer.model.table.tensors where tensor.name.hasSuffix("attn_wq") {
      let values = tensor.values(in: trainer.model.weights.view)
      tensor.set(values.map { 10 * $0 }, in: trainer.model.weights.view)
    }
    let documents = Small.documents(trainer)
    let report = HeadReport(trainer.model, documents, count: 5)
    for index in 0..<4 {
      var halves = [AttentionSums(blockSize: 8), AttentionSums(blockSize: 8)]
      for place in 0..<5 {
        let document = documents.document(at: place)
        let trace = Trace(trainer.model, document, gradients: false)
        let isVowel = (0..<27).map { [0, 4, 8, 14, 20].contains($0) }
        halves[place / 3].add(document, isVowel: isVowel) { query, key in
          Double(trace.share(layer: index / 2, head: index % 2, query: query, key: key))
        }
      }
      let all = HeadMeasures(halves[0] + halves[1], hasVowels: true)
      #expect(report.heads[index].measures == all)
      #expect(report.heads[index].lean == Lean(all: all, halves: halves.map { HeadMeasures($0, hasVowels: true) }))
    }
    #expect(report.heads.contains { $0.lean != nil })
  }

  @Test func ofOneLayerTheAverageIsItself() throws {
    var config = Small.config
    config.nLayer = 1
    let trainer = try Small.trainer(config: config)
    let report = HeadReport(trainer.model, Small.documents(trainer), count: 0)
    #expect(report.heads == report.pooled)
  }

  /// What is measured does not depend on what is held out.
  @Test func theNamesAreTheFirstOfTheOrder() throws {
    let trainer = try Small.trainer()
    let run = trainer.run
    let others = Documents(names: run.names, vocabulary: run.vocabulary, blockSize: 8, holdOut: 0.9, seed: run.seed)
    #expect(
      HeadReport(trainer.model, others, count: 20)
        == HeadReport(trainer.model, Small.documents(trainer), count: 20))
  }

  @Test func oneNameHasNoSecondHalf() throws {
    let trainer = try Small.trainer()
    let report = HeadReport(trainer.model, Small.documents(trainer), count: 1)
    #expect((report.heads + report.pooled).allSatisfy { $0.lean == nil })
  }
}
