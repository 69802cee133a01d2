import Testing
import TinyGPT
import TinyGPTAnalysis

/// All heads of a model over a list.
struct HeadReportTests {
  /// Without weights all scores are 0, and attention is uniform.
  @Test func aModelWithoutWeightsIsAtChanceEverywhere() throws {
    let trainer = try Small.trainer(steps: 0)
    let model = Model(config: trainer.run.config, vocabulary: .latin)
    let report = HeadReport(model, Small.documents(trainer), count: 0)
    #expect(report.heads.count == 4 && report.pooled.count == 2 && report.names == 40)
    for head in report.heads + report.pooled {
      #expect(head.lean == nil)
      for measure in head.measures.all {
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

  /// Measured again, by plain loops over the traces that the page shows; the first half are ⌈count / 2⌉ names.
  @Test(arguments: [(1, 1, 2, 9), (2, 2, 5, 10), (2, 2, 8, 5), (3, 4, 17, 40), (4, 1, 20, 2)])
  func measuresAreThoseOfTheTraces(nLayer: Int, nHead: Int, blockSize: Int, count: Int) throws {
    var config = Small.config
    (config.nLayer, config.nHead, config.blockSize) = (nLayer, nHead, blockSize)
    let trainer = try Small.trainer(config: config)
    // Ten times the query: heads that look at little else than their favourites.
    for tensor in trainer.model.table.tensors where tensor.name.hasSuffix("attn_wq") {
      let values = tensor.values(in: trainer.model.weights.view)
      tensor.set(values.map { 10 * $0 }, in: trainer.model.weights.view)
    }
    let documents = Small.documents(trainer)
    let report = HeadReport(trainer.model, documents, count: count)
    let isVowel = (0..<27).map { [0, 4, 8, 14, 20].contains($0) }
    var leans = 0
    for index in 0..<(nLayer + 1) * nHead {
      let layers = index < nLayer * nHead ? index / nHead..<index / nHead + 1 : 0..<nLayer
      var halves = (0..<2).map { _ in Tables.Sums(blockSize: blockSize, isVowel: isVowel) }
      for place in 0..<count {
        let document = documents.document(at: place)
        let trace = Trace(trainer.model, document, gradients: false)
        halves[place < (count + 1) / 2 ? 0 : 1].add(document) { query, key in
          let shares = layers.map { Double(trace.share(layer: $0, head: index % nHead, query: query, key: key)) }
          return shares.reduce(0, +) / Double(layers.count)
        }
      }
      let head = (report.heads + report.pooled)[index]
      let all = (halves[0] + halves[1]).measures
      #expect(head.measures.isClose(to: all))
      for (half, plain) in zip(head.halves, halves) { #expect(half.isClose(to: plain.measures)) }
      #expect(head.lean == Lean(all: all, halves: halves.map(\.measures)))
      if head.lean != nil { leans += 1 }
    }
    #expect(leans > 0 || blockSize != 8)
  }

  @Test(arguments: [1, 3, 8, 40])
  func portionsGiveTheSameReport(portion: Int) throws {
    let trainer = try Small.trainer()
    let documents = Small.documents(trainer)
    let sums = HeadSums(trainer.model, documents, count: 37)
    for first in stride(from: 0, to: 37, by: portion) {
      sums.add(trainer.model, documents, places: first..<min(37, first + portion))
    }
    #expect(HeadReport(sums) == HeadReport(trainer.model, documents, count: 37))
  }

  @Test func aModelThatDivergedIsMeasuredAsNoNumber() throws {
    let trainer = try Small.trainer(steps: 0)
    trainer.model.weights.view.fill(.nan)
    let report = HeadReport(trainer.model, Small.documents(trainer), count: 0)
    for head in report.heads + report.pooled {
      #expect(head.lean == nil && head.measures.vowelShare == nil)
      for measure in [head.measures.positional, head.measures.copy, head.measures.entropyBits] {
        #expect(measure?.value.isNaN == true && measure?.chance.isFinite == true)
      }
    }
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
