import TinyGPT
import TinyGPTFormats

/// What `bench --scaling` reports: how long training takes as one quantity grows and everything else stays.
struct ScalingReport {
  struct Row {
    /// How many of the quantity.
    let count: Int
    /// Median time, in seconds.
    let seconds: Double
    var secondsPerUnit: Double { seconds / Double(count) }
  }

  struct Table {
    let quantity: String
    /// What is timed.
    let timed: String
    let rows: [Row]

    /// Time per unit of a row over that of the first: 1 where time grows in proportion.
    func relative(_ row: Row) -> Double { row.secondsPerUnit / rows[0].secondsPerUnit }
  }

  let tables: [Table]

  /// - Throws: never for the built-in names.
  init(_ names: NameList, rounds: Int) throws(RunError) {
    tables = [
      try ScalingReport.table("names", "once through a list of so many", [200, 400, 800, 1_600], rounds) {
        count throws(RunError) in
        var recipe = Recipe()
        recipe.holdOut = 0
        return try ScalingReport.steps(count, of: Run(names: ScalingReport.part(of: names, count), recipe: recipe))
      },
      try ScalingReport.table("steps", "so many steps", [500, 1_000, 2_000, 4_000], rounds) { count throws(RunError) in
        try ScalingReport.steps(count, of: Run(names: names))
      },
      try ScalingReport.table("layers", "100 steps", [1, 2, 4, 6, 8], rounds) { count throws(RunError) in
        var config = Config()
        config.nLayer = count
        return try ScalingReport.steps(100, of: Run(names: names, config: config))
      },
      try ScalingReport.table("batch", "100 steps", [1, 2, 4, 8, 16], rounds) { count throws(RunError) in
        var recipe = Recipe()
        recipe.batch = count
        return try ScalingReport.steps(100, of: Run(names: names, recipe: recipe))
      },
    ]
  }

  /// Measures all counts by turns.
  private static func table(
    _ quantity: String, _ timed: String, _ counts: [Int], _ rounds: Int, work: (Int) throws(RunError) -> Rates.Work
  ) throws(RunError) -> Table {
    var rates = Rates()
    for count in counts { _ = rates.add(try work(count)) }
    rates.measure(rounds: rounds, slice: .zero)
    let rows = counts.enumerated().map { Row(count: $1, seconds: 1 / rates.median($0)) }
    return Table(quantity: quantity, timed: timed, rows: rows)
  }

  /// `count` names, evenly spread over the list, so that short and long ones come in the same shares.
  private static func part(of names: NameList, _ count: Int) -> NameList {
    var text = String.UnicodeScalarView()
    for index in 0..<count {
      text.append(contentsOf: names[index * names.count / count].compactMap(Unicode.Scalar.init) + ["\n"])
    }
    guard let part = try? NameList(utf8: Array(String(text).utf8)) else {
      preconditionFailure("ScalingReport: a part of a list must be a list")
    }
    return part
  }

  /// `count` steps as one unit, always the first of the run: as many, on the same names.
  private static func steps(_ count: Int, of run: Run) -> Rates.Work {
    let trainer = Trainer(run)
    let start = trainer.snapshot()
    return {
      trainer.restore(start)
      for _ in 0..<count { _ = trainer.trainStep() }
      return 1
    }
  }

  /// For programs and for people.
  var forms: (json: JSONValue, text: String) { (json, text) }

  private var json: JSONValue {
    let members = tables.map { table in
      let rows = table.rows.map { row -> JSONValue in
        [
          "count": JSONValue(row.count), "seconds": .number(row.seconds), "secondsPerUnit": .number(row.secondsPerUnit),
          "relative": .number(table.relative(row)),
        ]
      }
      return JSONValue.Member(key: table.quantity, value: .array(rows))
    }
    return .object(members)
  }

  private var text: String {
    tables.map { table in
      let head = table.quantity.left(8) + "ms".right(10) + "µs each".right(12) + "relative".right(11)
      let rows = table.rows.map { row in
        let numbers = [(row.seconds * 1e3).fixed(1).right(10), (row.secondsPerUnit * 1e6).fixed(1).right(12)]
        return row.count.grouped.left(8) + numbers.joined() + table.relative(row).fixed(2).right(11)
      }
      return ([head + "   \(table.timed)"] + rows).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}
