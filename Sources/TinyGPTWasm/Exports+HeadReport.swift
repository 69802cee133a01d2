import TinyGPT
import TinyGPTAnalysis

// What a page calls, part 6: what each head does over many names, in portions, as all of them take long.

/// The number of the report begun last, over all runs: an old run's portions must not get into a new run's report.
nonisolated(unsafe) private var lastReport: Int32 = 0

/// Begins a report over the first `count` names of the run's order (0: all of them): its number, for `addToReport` and
/// `endReport`.
@_expose(wasm, "beginReport") @c(gpt_begin_report)
func beginReport(_ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard count >= 0 else { return Failure.place.rawValue }
  lastReport = lastReport == .max ? 1 : lastReport + 1
  lab.headSums.append((lastReport, HeadSums(lab.trainer.model, lab.trainer.documents, count: Int(count))))
  return lastReport
}

/// Takes in the names at the places `first ..< first + count` of the order, with the weights at hand and all parts on. Answers
/// how many names come after them.
@_expose(wasm, "addToReport") @c(gpt_add_to_report)
func addToReport(_ report: Int32, _ first: Int32, _ count: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard let index = lab.headSums.firstIndex(where: { $0.id == report }), first >= 0, count >= 0,
    Int(first) <= lab.headSums[index].sums.names
  else { return Failure.place.rawValue }
  let sums = lab.headSums[index].sums
  let end = min(sums.names, Int(first) + Int(count))
  sums.add(lab.trainer.model, lab.trainer.documents, places: Int(first)..<end)
  return Int32(sums.names - end)
}

/// Ends a report: doubles: names; share of vowels among their letters; then for each head, layer by layer, and for each head
/// index on the attention averaged over the layers: what it leans to (0 start, 1 letter before, 2 itself, 3 repeats, 4 vowels,
/// 5 consonants, -1 no clear lean), whether mostly (0 or 1), and over all names, the first half and the second half: value,
/// chance and value / chance of start, letter before, itself, vowels, entropy in bits, spread, repeats. What has no case is
/// not a number.
@_expose(wasm, "endReport") @c(gpt_end_report)
func endReport(_ report: Int32) -> Int32 {
  guard let lab else { return Failure.noRun.rawValue }
  guard let index = lab.headSums.firstIndex(where: { $0.id == report }) else { return Failure.place.rawValue }
  let found = HeadReport(lab.headSums.remove(at: index).sums)
  var numbers = [Double(found.names), found.vowelRate ?? .nan]
  for head in found.heads + found.pooled {
    numbers.append(number(of: head.lean))
    numbers.append(head.lean?.isMostly == true ? 1 : 0)
    for measures in [head.measures] + head.halves {
      for measure in [
        measures.positional, measures.previous, measures.current, measures.vowelShare, measures.entropyBits,
        measures.entropyShare, measures.copy,
      ] {
        numbers += [measure?.value ?? .nan, measure?.chance ?? .nan, measure?.ratio ?? .nan]
      }
    }
  }
  return handOut(numbers)
}

private func number(of lean: Lean?) -> Double {
  switch lean?.direction {
  case .start: 0
  case .letterBefore: 1
  case .itself: 2
  case .repeats: 3
  case .vowels: 4
  case .consonants: 5
  case nil: -1
  }
}
