import TinyGPT

/// What a run would be, told before anything of it is made.
package struct RunPlan: Equatable {
  /// Why it can't be, or nil.
  package var problem: RunPlanProblem?
  /// Names of the list; 0 where it can't be read.
  package var names = 0
  /// Letters of the vocabulary, BOS not counted.
  package var letters = 0
  /// Names with more letters than the model learns from at once: more than blockSize - 1.
  package var cut = 0
  /// Letters of the longest name.
  package var longest = 0
  /// Names to train on, and those held out: ⌊holdOut · names⌋, but one to train on remains.
  package var training = 0
  package var heldOut = 0
  /// Weights: (2 V + T) C + L (4 C² + 2 C F), F = mlpRatio · C.
  package var parameters = 0

  /// Checks and counts; `bytes` are the names, one a line, as UTF-8.
  package init(names bytes: [UInt8], config: Config, recipe: Recipe) {
    let list: NameList
    do throws(NamesError) { list = try NameList(utf8: bytes) } catch {
      problem = .names(error)
      return
    }
    names = list.count
    for index in 0..<list.count {
      longest = max(longest, list[index].count)
      if list[index].count > config.blockSize - 1 { cut += 1 }
    }
    let run: Run
    do throws(RunError) { run = try Run(names: list, config: config, recipe: recipe) } catch {
      problem = .run(error)
      return
    }
    letters = run.vocabulary.count - 1
    training = max(1, names - Int(recipe.holdOut * Double(names)))
    heldOut = names - training
    parameters = run.config.parameterCount
  }
}

/// Why a run can't be: its names can't be read, or the rest does not fit.
package enum RunPlanProblem: Error, Equatable {
  case names(NamesError)
  case run(RunError)

  /// A number for the kind of problem, then what it carries: line and column (from 1), a scalar, a size or a count.
  ///
  ///     1 no name           2 not UTF-8: line, column        3 refused: line, column, scalar
  ///     4 line too long: line, most letters                  5 too many letters: count, most
  ///     10 to 15 a size (layers, width, heads, context, vocabulary, MLP ratio) out of range: least, most
  ///     16 heads do not divide the width: heads, width       17 too many heads: count, most
  ///     18 too large: floats, most
  ///     20 to 27 recipe: learning rate, beta1, beta2, floor, horizon, initStd, holdOut, batch
  package var numbers: [Double] {
    switch self {
    case .names(.empty): [1, 0, 0, 0]
    case .names(.invalidUTF8(let line, let column)): [2, Double(line), Double(column), 0]
    case .names(.refused(let scalar, let line, let column)): [3, Double(line), Double(column), Double(scalar)]
    case .names(.lineTooLong(let line)): [4, Double(line), Double(NameList.longestLine), 0]
    case .run(.vocabulary(.tooManyLetters(let count))): [5, Double(count), Double(Vocabulary.mostLetters), 0]
    case .run(.vocabulary): [1, 0, 0, 0]
    case .run(.config(let error)): RunPlanProblem.numbers(error)
    case .run(.recipe(let error)): [RunPlanProblem.number(error), 0, 0, 0]
    }
  }

  private static func numbers(_ error: ConfigError) -> [Double] {
    switch error {
    case .outOfRange(let size, _, let least, let most): [number(size), Double(least), Double(most), 0]
    case .headsDoNotDivideWidth(let nHead, let nEmbd): [16, Double(nHead), Double(nEmbd), 0]
    case .tooManyHeads(let count): [17, Double(count), Double(Config.mostHeads), 0]
    case .tooLarge(let floats): [18, Double(floats), Double(Config.mostFloats), 0]
    }
  }

  private static func number(_ size: ConfigError.Size) -> Double {
    switch size {
    case .nLayer: 10
    case .nEmbd: 11
    case .nHead: 12
    case .blockSize: 13
    case .vocabSize: 14
    case .mlpRatio: 15
    }
  }

  private static func number(_ error: RecipeError) -> Double {
    switch error {
    case .learningRate: 20
    case .beta1: 21
    case .beta2: 22
    case .floor: 23
    case .horizon: 24
    case .initStd: 25
    case .holdOut: 26
    case .batch: 27
    }
  }
}
