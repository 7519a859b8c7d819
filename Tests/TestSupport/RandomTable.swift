/// A decision table made at random: as YAML for the compiler, and as cells that it evaluates one by one itself.
public struct RandomTable {
  /// The kinds of input; a value is a small number, spelled in the way of the kind.
  public enum Domain: CaseIterable {
    case boolean, choice, text, integer, number, instant, date, duration, list

    var declaration: String {
      switch self {
      case .boolean: "{type: boolean}"
      case .choice: "{type: choice, ordered: true, values: [v0, v1, v2, v3, v4, v5, v6, v7]}"
      case .text: "{type: string}"
      case .integer: "{type: integer}"
      case .number: "{type: number}"
      case .instant: "{type: instant}"
      case .date: "{type: date}"
      case .duration: "{type: duration}"
      case .list: "{type: list}"
      }
    }

    /// Values below this occur.
    public var size: Int {
      switch self {
      case .boolean: 2
      case .list: 1
      default: 8
      }
    }

    var hasRanges: Bool {
      switch self {
      case .boolean, .text, .list: false
      default: true
      }
    }

    func literal(_ value: Int) -> String {
      switch self {
      case .boolean: value == 1 ? "true" : "false"
      case .choice, .text, .list: "v\(value)"
      case .integer: String(value - 3)
      case .number: String(Double(value - 3) / 2)
      case .instant: "2026-03-02T09:0\(value):00Z"
      case .date: "2026-03-0\(value + 1)"
      case .duration: "\(value * 10) minutes"
      }
    }

    func json(_ value: Int) -> String {
      switch self {
      case .boolean, .integer, .number: literal(value)
      case .list: "[1]"
      default: "\"\(literal(value))\""
      }
    }

    /// A JSON value that no field of the kind takes.
    var invalid: String { self == .list ? "7" : #"{"a": 1}"# }
  }

  public enum Value {
    case absent, invalid
    case valid(Int)
  }

  public enum Cell {
    case any, present, absent
    case oneOf([Int])
    case noneOf([Int])
    /// Both ends are in it, if they are there.
    case range(Int?, Int?)
    case atLeast(Int)
    case below(Int)
    case upTo(Int, Int)

    func text(_ domain: Domain) -> String {
      switch self {
      case .any: "any"
      case .present: "present"
      case .absent: "absent"
      case .oneOf(let values): values.map(domain.literal).joined(separator: " | ")
      case .noneOf(let values): "not (\(values.map(domain.literal).joined(separator: " | ")))"
      case .range(let lower, let upper):
        "\(lower.map(domain.literal) ?? "")...\(upper.map(domain.literal) ?? "")"
      case .atLeast(let value): ">= \(domain.literal(value))"
      case .below(let value): "< \(domain.literal(value))"
      case .upTo(let lower, let upper): "\(domain.literal(lower))..<\(domain.literal(upper))"
      }
    }

    public func holds(for value: Value) -> Bool {
      switch (self, value) {
      case (.any, _), (.absent, .absent), (.present, .invalid), (.present, .valid): true
      case (.present, .absent), (.absent, _), (_, .absent), (_, .invalid): false
      case (.oneOf(let values), .valid(let value)): values.contains(value)
      case (.noneOf(let values), .valid(let value)): !values.contains(value)
      case (.range(let lower, let upper), .valid(let value)):
        (lower ?? value) <= value && value <= (upper ?? value)
      case (.atLeast(let bound), .valid(let value)): value >= bound
      case (.below(let bound), .valid(let value)): value < bound
      case (.upTo(let lower, let upper), .valid(let value)): lower <= value && value < upper
      }
    }
  }

  public struct Row {
    public var cells: [Cell]
    /// The index in the choices k0 … k3, nil for none.
    public var key: Int?
    public var amount: Int64?
  }

  public let hit: String
  public let domains: [Domain]
  public let rows: [Row]
  private var aggregates: Bool { hit.hasPrefix("collect ") }

  /// - Parameter kinds: the kinds of input that occur, in at most `inputLimit` columns.
  public init(
    hit: String, rowCount: Int, kinds: [Domain] = Domain.allCases, inputLimit: Int = 5,
    using generator: inout SeededGenerator
  ) {
    self.hit = hit
    domains = (0..<Int.random(in: 1...inputLimit, using: &generator)).map { _ in generator.pick(kinds) }
    let isSparse = rowCount > 1000
    let large = hit == "collect sum" && generator.chance(3)
    let domains = domains
    rows = (0..<rowCount).map { _ in
      let key = generator.chance(5) ? nil : Int.random(in: 0..<4, using: &generator)
      let amount = generator.chance(4) && key != nil ? nil : Int64.random(in: -5...5, using: &generator)
      return Row(
        cells: domains.map { Self.cell($0, isSparse: isSparse, &generator) },
        key: key, amount: large ? (amount ?? 1) << 61 : amount)
    }
  }

  private init(_ other: RandomTable, rows: [Row]) {
    (hit, domains, self.rows) = (other.hit, other.domains, rows)
  }

  /// The same table after some edits: a cell, an output, a row more or fewer, two rows that change places.
  public func edited(_ count: Int, using generator: inout SeededGenerator) -> RandomTable {
    var rows = rows
    for _ in 0..<count where rows.count > 1 {
      let row = Int.random(in: rows.indices, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: rows.remove(at: row)
      case 1: rows.insert(rows[Int.random(in: rows.indices, using: &generator)], at: row)
      case 2: rows.swapAt(row, Int.random(in: rows.indices, using: &generator))
      case 3: rows[row].amount = aggregates ? rows[row].amount.map { $0 &+ 1 } : 9
      default:
        let column = Int.random(in: domains.indices, using: &generator)
        rows[row].cells[column] = Self.cell(domains[column], isSparse: false, &generator)
      }
    }
    return RandomTable(self, rows: rows)
  }

  /// All combinations of absent and the values that occur.
  public var allValues: [[Value]] {
    domains.reduce([[]]) { combinations, domain in
      combinations.flatMap { values in
        ([.absent] + (0..<domain.size).map { Value.valid($0) }).map { values + [$0] }
      }
    }
  }

  private static func cell(_ domain: Domain, isSparse: Bool, _ generator: inout SeededGenerator) -> Cell {
    func value() -> Int { Int.random(in: 0..<domain.size, using: &generator) }
    if domain == .list { return generator.pick([.any, .present, .absent]) }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...3 where !isSparse: return .any
    case 4: return .noneOf([value(), value()])
    case 5: return generator.pick([.present, .absent])
    case 6 where domain.hasRanges:
      let ends = [value(), value()].sorted()
      return generator.pick([.range(ends[0], ends[1]), .range(ends[0], nil), .range(nil, ends[1])])
    case 7 where domain.hasRanges: return generator.pick([.atLeast(value()), .below(1 + value() % 7)])
    case 8 where domain.hasRanges: return .upTo(value() % 4, 5 + value() % 3)
    default: return .oneOf([value()] + (generator.chance(2) ? [value()] : []))
    }
  }

  // MARK: Rules and tickets

  public var yaml: String {
    var text = "fields:\n"
    for (index, domain) in domains.enumerated() { text += "  f\(index): \(domain.declaration)\n" }
    text +=
      "tables:\n  t:\n    hit: \(hit)\n    inputs: [\(domains.indices.map { "f\($0)" }.joined(separator: ", "))]\n"
    text +=
      aggregates
      ? "    outputs: {amount: integer}\n" : "    outputs: {key: [k0, k1, k2, k3], amount: integer}\n"
    text += "    rows:\n"
    for (index, row) in rows.enumerated() {
      let cells = zip(domains, row.cells).enumerated().map { ", f\($0): '\($1.1.text($1.0))'" }.joined()
      text += "      - {id: R-\(index)\(cells)\(outputs(row))}\n"
    }
    return text + "    otherwise: {amount: 7}\n"
  }

  private func outputs(_ row: Row) -> String {
    if aggregates { return ", amount: \(row.amount ?? 0)" }
    return (row.key.map { ", key: k\($0)" } ?? "") + (row.amount.map { ", amount: \($0)" } ?? "")
  }

  public func values(using generator: inout SeededGenerator) -> [Value] {
    domains.map { domain in
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: .absent
      case 1: .invalid
      default: .valid(Int.random(in: 0..<domain.size, using: &generator))
      }
    }
  }

  public func json(_ values: [Value]) -> String {
    let members = zip(domains, values).enumerated().compactMap { index, input in
      switch input.1 {
      case .absent: nil as String?
      case .invalid: "\"f\(index)\": \(input.0.invalid)"
      case .valid(let value): "\"f\(index)\": \(input.0.json(value))"
      }
    }
    return "{\(members.joined(separator: ", "))}"
  }

  // MARK: Outcome

  /// What the table gives, row by row.
  public func outcome(_ values: [Value]) -> String {
    let matches = rows.indices.filter { row in
      zip(rows[row].cells, values).allSatisfy { $0.holds(for: $1) }
    }
    guard let first = matches.first else { return "otherwise" }
    switch hit {
    case "first": return "row \(first)"
    case "unique": return matches.count > 1 ? "conflict \(first) \(matches[1])" : "row \(first)"
    case "any":
      let other = matches.first { rows[$0].key != rows[first].key || rows[$0].amount != rows[first].amount }
      return other.map { "conflict \(first) \($0)" } ?? "row \(first)"
    case "priority": return "row \(sorted(matches)[0])"
    case "output-order": return "rows \(sorted(matches))"
    case "collect", "rule-order": return "rows \(matches)"
    default: return aggregate(matches.map { rows[$0].amount ?? 0 })
    }
  }

  /// By the order of the keys, those without one last; equal ones in the order of the rows.
  private func sorted(_ matches: [Int]) -> [Int] {
    matches.sorted { (rows[$0].key ?? 4, $0) < (rows[$1].key ?? 4, $1) }
  }

  private func aggregate(_ amounts: [Int64]) -> String {
    switch hit {
    case "collect count": return "aggregate \(amounts.count)"
    case "collect min": return "aggregate \(amounts.min() ?? 0)"
    case "collect max": return "aggregate \(amounts.max() ?? 0)"
    default:
      var sum: Int64 = 0
      for amount in amounts {
        let (next, overflow) = sum.addingReportingOverflow(amount)
        if overflow { return "overflow" }
        sum = next
      }
      return "aggregate \(sum)"
    }
  }
}
