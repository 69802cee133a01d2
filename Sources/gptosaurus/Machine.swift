import Foundation

/// What the tool runs on, in words.
enum Machine {
  /// The processor's name, or just its architecture.
  static var processor: String {
    #if os(Linux)
      let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
      if let name = line?.split(separator: ":", maxSplits: 1).last { return name.trimmingCharacters(in: .whitespaces) }
    #else
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var name = [UInt8](repeating: 0, count: size)
      if size > 1, sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 {
        return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      }
    #endif
    #if arch(x86_64)
      return "x86-64"
    #elseif arch(arm64)
      return "arm64"
    #else
      return "unknown processor"
    #endif
  }

  /// Processors that the system gives this process.
  static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The most memory that this process held at once so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Glibc)
      // Linux counts kilobytes.
      _ = getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #else
      _ = getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
