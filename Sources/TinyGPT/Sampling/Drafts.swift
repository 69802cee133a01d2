/// Names in the making, one a lane, and those that are made.
struct Drafts {
  /// Those of all indices, in their order.
  private(set) var names: [GeneratedName]
  private let indices: Range<Int>
  private let seed: UInt32
  private let scalars: [UInt32]
  /// Letters of each name when it begins, and at most.
  private let given: Int, most: Int
  private var waiting: Range<Int>
  private var unfinished: Int
  private var drafts: [Draft]
  /// `most` letters a lane.
  private var letters: [UInt32]

  /// One name in the making.
  private struct Draft {
    var isRunning = false
    var index = 0
    var random = RandomStream(seed: 0, .names)
    /// The last roll of its dice.
    var roll: Float = 0
    var logProbability = 0.0
    var length = 0
    /// The last letter's.
    var token = 0

    mutating func rollOnce() { roll = random.uniform() }
  }

  init(_ model: Model, _ indices: Range<Int>, seed: UInt32, prefix: [UInt32], lanes: Int) {
    (self.indices, self.seed, waiting, unfinished) = (indices, seed, indices, indices.count)
    (scalars, given, most) = (model.vocabulary.scalars, prefix.count, model.config.blockSize - 1)
    names = Array(repeating: GeneratedName(letters: [], ended: false, logProbability: 0), count: indices.count)
    drafts = Array(repeating: Draft(), count: lanes)
    letters = Array(repeating: 0, count: lanes * most)
    for lane in 0..<lanes {
      for place in 0..<given { letters[lane * most + place] = prefix[place] }
    }
  }

  var areFinished: Bool { unfinished == 0 }

  func isRunning(_ lane: Int) -> Bool { drafts[lane].isRunning }

  /// The roll of the dice for what comes next.
  func roll(_ lane: Int) -> Float { drafts[lane].roll }

  /// Begins the next name, or says that there is none.
  mutating func begin(_ lane: Int) -> Bool {
    guard let index = waiting.popFirst() else { return false }
    drafts[lane] = Draft(
      isRunning: true, index: index, random: RandomStream(seed: seed, .names, index: index), length: given)
    drafts[lane].rollOnce()
    return true
  }

  /// Adds what was drawn, worth `logProbability` nats: a letter, or the end.
  mutating func add(_ token: Int, _ logProbability: Double, lane: Int) {
    var draft = drafts[lane]
    let isEnd = token == scalars.count
    let isFull = draft.length == most
    // At the last place the prediction only decides whether the name ends here.
    if isEnd || !isFull { draft.logProbability += logProbability }
    if isEnd || isFull {
      names[draft.index - indices.lowerBound] = GeneratedName(
        letters: Array(letters[lane * most..<lane * most + draft.length]), ended: isEnd,
        logProbability: draft.logProbability)
      unfinished -= 1
      draft.isRunning = false
    } else {
      letters[lane * most + draft.length] = scalars[token]
      draft.token = token
      draft.length += 1
      draft.rollOnce()
    }
    drafts[lane] = draft
  }

  /// Gives the decoder a name's last letter and its dice.
  func prepare(_ decoder: NameDecoder, lane: Int) {
    let draft = drafts[lane]
    decoder.read(UInt16(draft.token), at: draft.length, lane: lane)
    decoder.roll(draft.roll, lane: lane)
  }
}
