import Foundation
import TinyGPT
import TinyGPTFormats

/// Where names come from: a file with one name a line, or the list that the tool carries.
enum NamesFile {
  /// The most bytes of a file that is read.
  static let mostBytes = 64 << 20

  /// Reads the names at `path`, or where it is nil the built-in list.
  ///
  /// - Throws: ``Failure`` for a file that can't be read or holds what is no name.
  static func load(_ path: String?) throws(Failure) -> NameList {
    guard let path else { return try parse(builtInBytes, path: "the built-in list") }
    let bytes: [UInt8]
    do { bytes = try InputFile(path, acceptsPipes: true).readAll(most: mostBytes) } catch { throw Failure(error) }
    return try parse(bytes, path: path)
  }

  private static func parse(_ bytes: [UInt8], path: String) throws(Failure) -> NameList {
    do { return try NameList(utf8: bytes) } catch { throw Failure(error, path: path) }
  }

  /// Data/dinosaurs.txt.
  private static var builtInBytes: [UInt8] {
    guard let data = Data(base64Encoded: Assets.names.description) else { preconditionFailure("Assets: not base64") }
    return Array(data)
  }
}

extension Run {
  /// What its owner may not know about the names: sentences.
  var notices: [String] {
    var notices: [String] = []
    var different: Set<[UInt32]> = []
    for index in 0..<names.count { different.insert(Array(names[index])) }
    let duplicates = names.count - different.count
    if duplicates > 0 {
      notices.append(
        "\(duplicates.counted("line repeats", "lines repeat")) a name that stands before; all are kept and trained on")
    }
    let most = config.blockSize - 1
    let long = (0..<names.count).filter { names[$0].count > most }
    if !long.isEmpty {
      let shown = long.prefix(3).map { String(names[$0]) }.joined(separator: ", ")
      notices.append(
        "\(long.count.counted("name is", "names are")) longer than \(most.counted("letter")) and cut there:"
          + " \(shown)\(long.count > 3 ? ", …" : "") (--context \(most + 2) or more keeps another letter)")
    }
    if vocabulary != .latin { notices.append(vocabularyNotice) }
    return notices
  }

  private var vocabularyNotice: String {
    let letters = vocabulary.scalars.count
    let capitals = vocabulary.scalars.compactMap { Unicode.Scalar($0) }.filter(\.properties.isUppercase).count
    let sentence = "the names use \(letters.counted("letter"))"
    if capitals == 0 { return sentence + " other than just a to z: \(vocabulary.text)" }
    return sentence + ", \(capitals) of them \(capitals == 1 ? "a capital" : "capitals"): lower-case the file?"
  }
}
