import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 3: names, those of the list and those that the model makes up.

/// Words: 1 if name `index` of the list is held out, its number of letters, the letters.
@_expose(wasm, "name") @c(gpt_name)
func name(_ index: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let index = Int(index)
  guard 0..<lab.isHeldOut.count ~= index else { return Failure.place.rawValue }
  let letters = Array(lab.trainer.run.names[index])
  return handOut([lab.isHeldOut[index] ? 1 : 0, UInt32(letters.count)] + letters)
}

/// Words: the place of the name with these `count` letters in the list plus 1 (0: not there), 1 if it is held out.
@_expose(wasm, "findName") @c(gpt_find_name)
func findName(_ text: UnsafePointer<UInt32>, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  return handOut(lab.entry(of: Array(UnsafeBufferPointer(start: text, count: Int(count)))))
}

extension Lab {
  /// A name's place in the list plus 1 (0: not there), and 1 if it is held out.
  fileprivate func entry(of letters: [UInt32]) -> [UInt32] {
    guard let place = index.index(of: letters) else { return [0, 0] }
    return [UInt32(place + 1), isHeldOut[place] ? 1 : 0]
  }
}

/// Words: letters of all names together, V - 1, number of lengths L, number of names that are longer than the context
/// allows; then names by first letter (V - 1), names by length from 0 on (L), the indices of the long names.
@_expose(wasm, "statistics") @c(gpt_statistics)
func statistics() -> Int32 {
  guard let run = lab?.trainer.run else { return Failure.noRun.rawValue }
  let statistics = NameStatistics(run.names, vocabulary: run.vocabulary, blockSize: run.config.blockSize)
  let lists = [statistics.firstLetters, statistics.lengths, statistics.longerThanContext]
  var words = [UInt32(statistics.letters)]
  for list in lists { words.append(UInt32(list.count)) }
  for list in lists { words += list.map { UInt32($0) } }
  return handOut(words)
}

/// V x V words: how often each token (row) is followed by each (column) in the names, BOS before and after each.
@_expose(wasm, "pairs") @c(gpt_pairs)
func pairs() -> Int32 {
  guard let run = lab?.trainer.run else { return Failure.noRun.rawValue }
  return handOut(PairCounts(run.names, vocabulary: run.vocabulary).counts.map { UInt32($0) })
}

/// Generates names `first ..< first + count` that start with the `prefixCount` letters at `prefix`. `topK` 0 and `topP` 1
/// stand for all letters.
///
/// - Returns: the address of 32-bit words: for each name its number of letters, 1 if it ended, its place in the list of
///   names plus 1 (0: not there), 1 if it is held out, the letters; or a ``Failure``.
@_expose(wasm, "generate") @c(gpt_generate)
func generate(
  _ first: Int32, _ count: Int32, _ seed: UInt32, _ temperature: Float, _ topK: Int32, _ topP: Float,
  _ prefix: UnsafePointer<UInt32>?, _ prefixCount: Int32
) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard var sampling = sampling(temperature, topK, topP), first >= 0, count >= 0 else {
    return Failure.sampling.rawValue
  }
  sampling.prefix = Array(UnsafeBufferPointer(start: prefix, count: Int(prefixCount)))
  let generator = Generator(lab.trainer.model, off: lab.off)
  guard let names = try? generator.names(Int(first)..<Int(first) + Int(count), seed: seed, sampling: sampling) else {
    return Failure.text.rawValue
  }
  var words: [UInt32] = []
  for name in names {
    words.append(UInt32(name.letters.count))
    words.append(name.ended ? 1 : 0)
    words += lab.entry(of: name.letters)
    words += name.letters
  }
  return handOut(words)
}

/// The name of the list that is nearest to the `count` letters at `text`: its place in the list and the letters to change.
@_expose(wasm, "nearestName") @c(gpt_nearest_name)
func nearestName(_ text: UnsafePointer<UInt32>, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  let letters = Array(UnsafeBufferPointer(start: text, count: Int(count)))
  guard let nearest = NearestName(to: letters, in: lab.trainer.run.names) else { return Failure.names.rawValue }
  return handOut([UInt32(nearest.index), UInt32(nearest.distance)])
}
