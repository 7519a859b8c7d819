/// Examples that are too large, or not text enough, to be shown.
extension RulePage.Example {
  /// A table whose rows stand in `queue.csv`.
  static let csvTable = """
    fields:
      type: {type: choice, values: [fault, question]}
    tables:
      queue: {hit: first, inputs: [type], outputs: [queue], rows: queue.csv, otherwise: {queue: desk}}
    """

  /// More than 8 MiB.
  static var tooLarge: Self {
    var example = Self("x-a: \(String(repeating: "a", count: 9 << 20))")
    example.shown = "# a file of 9 MiB"
    return example
  }

  static var notUTF8: Self {
    var example = Self("title: caf")
    example.lastBytes = [0xE9]
    example.shown = "title: café   # saved as Latin-1"
    return example
  }

  static var tooDeep: Self {
    Self("x-a: \(String(repeating: "[", count: 70))\(String(repeating: "]", count: 70))")
  }

  static var manyProblems: Self {
    var example = Self((0..<2000).map { "k\($0): 1" }.joined(separator: "\n"))
    example.shown = "k0: 1\nk1: 1\n# and so on, 2,000 times"
    return example
  }

  static var manyFields: Self {
    let names = (0..<65).map { "f\($0)" }
    var example = Self(
      "fields:\n" + names.map { "  \($0): {type: string}\n" }.joined()
        + "  submitted_at: {type: instant}\nreviews:\n  - {id: V-1, group_by: [f0], count: 5, within: 30 days, require: [\(names.joined(separator: ", "))]}"
    )
    example.shown =
      "reviews:\n  - {id: V-1, group_by: [f0], count: 5, within: 30 days, require: [f0, f1, …, f64]}"
    return example
  }

  static var largeExpression: Self {
    let sum = (0..<20_000).map { "\($0)" }.joined(separator: " + ")
    var example = Self("fields:\n  a: {type: string}\nchecks:\n  - {id: C-1, expr: \(sum) > 0}")
    example.shown = "checks:\n  - {id: C-1, expr: 0 + 1 + 2 + 3 + … + 19999 > 0}"
    return example
  }

  /// Rows that are as hard to decide as a puzzle: each bans one of the ways to seat 14 guests on 13 chairs.
  static var hardTable: Self {
    let (guests, chairs) = (14, 13)
    let names = (0..<guests).map { "g\($0)" }
    var rows = [String]()
    for chair in 0..<chairs {
      for first in 0..<guests {
        for second in first + 1..<guests {
          rows.append("g\(first): c\(chair), g\(second): c\(chair)")
        }
      }
    }
    let values = (0..<chairs).map { "c\($0)" }.joined(separator: ", ")
    var example = Self(
      "fields:\n"
        + names.map { "  \($0): {type: choice, required: true, values: [\(values)]}\n" }.joined()
        + "tables:\n  t:\n    hit: first\n    inputs: [\(names.joined(separator: ", "))]\n    outputs: [o]\n    rows:\n"
        + rows.enumerated().map { "      - {id: T-\($0), \($1), o: x}\n" }.joined()
        + "    otherwise: {o: y}")
    example.shown =
      "# a table of 1,183 rows over 14 inputs, each of which bans two guests from one of 13 chairs"
    return example
  }
}
