import RuleEvaluator
import TicketModel
import WorkingTime

/// One of the two tables: what its rows accept over the shared inputs, and what it gives for the rows that hold.
struct TableSide {
  let table: DecisionTable
  /// By row, then by shared input: the cell's number in `SharedCells`; 0 accepts everything.
  let patterns: [[Int32]]
  /// By row: the number of its outputs' text.
  let outputs: [Int32]
  /// The number of what holds where no row does.
  let otherwise: Int32
  /// The rows in the order in which they decide.
  let order: [Int]
  private let isDouble: Bool

  init(
    _ table: DecisionTable, patterns: [[Int32]], sharedOutputs: [String], zone: TimeZoneRules,
    _ texts: inout SharedTexts
  ) {
    self.table = table
    self.patterns = patterns
    let columns = sharedOutputs.compactMap { name in table.outputs.firstIndex { $0.name == name } }
    func text(_ row: DecisionTable.Row) -> String? {
      if columns.count == 1 { return row.outputs[columns[0]].text(zone) }
      return columns.map { "\(table.outputs[$0].name): \(row.outputs[$0].text(zone) ?? "none")" }.joined(
        separator: ", ")
    }
    outputs = table.rows.map { texts.number(of: text($0)) }
    otherwise = texts.number(of: table.otherwise.flatMap(text))
    switch table.hit {
    case .priority, .outputOrder:
      order = table.rows.indices.sorted { (table.ranks[$0], $0) < (table.ranks[$1], $1) }
    // Whether a sum overflows on its way depends on the order, too.
    case .first, .ruleOrder, .collect(.sum): order = Array(table.rows.indices)
    case .unique, .any, .collect:
      // No order matters, so rows that are alike in both tables stand in the same place.
      let outputs = outputs
      order = table.rows.indices.sorted { left, right in
        if outputs[left] != outputs[right] { return outputs[left] < outputs[right] }
        return patterns[left].lexicographicallyPrecedes(patterns[right])
      }
    }
    isDouble = if case .number? = table.outputs.first?.type { true } else { false }
  }

  /// What holds where exactly these rows do; they stand in `order`.
  func outcome(_ rows: [Int], _ texts: inout SharedTexts) -> (number: Int32, rows: [Int]) {
    guard let first = rows.first else { return (otherwise, []) }
    switch table.hit {
    case .first, .priority: return (outputs[first], [first])
    case .unique:
      return rows.count == 1 ? (outputs[first], [first]) : (texts.number(of: OutcomeWord.conflict), rows)
    case .any:
      if rows.allSatisfy({ table.ranks[$0] == table.ranks[first] }) { return (outputs[first], [first]) }
      return (texts.number(of: OutcomeWord.conflict), rows)
    case .collect(nil): return (texts.number(of: list(rows, texts).sorted().bracketed), rows)
    case .ruleOrder, .outputOrder: return (texts.number(of: list(rows, texts).bracketed), rows)
    case .collect(let aggregator?): return (texts.number(of: aggregate(aggregator, rows)), rows)
    }
  }

  private func list(_ rows: [Int], _ texts: SharedTexts) -> [String] { rows.map { texts[outputs[$0]] ?? "" } }

  private func aggregate(_ aggregator: HitPolicy.Aggregator, _ rows: [Int]) -> String {
    if aggregator == .count { return String(rows.count) }
    let values = rows.map { table.rows[$0].outputs[0].slot }
    if isDouble {
      let numbers = values.map(\.double)
      switch aggregator {
      case .min: return String(numbers.min() ?? 0)
      case .max: return String(numbers.max() ?? 0)
      case .sum, .count: return String(numbers.reduce(0, +))
      }
    }
    let integers = values.map(\.integer)
    switch aggregator {
    case .min: return String(integers.min() ?? 0)
    case .max: return String(integers.max() ?? 0)
    case .sum, .count: return Self.sum(integers).map { String($0) } ?? OutcomeWord.overflow
    }
  }

  private static func sum(_ values: [Int64]) -> Int64? {
    var total: Int64 = 0
    for value in values {
      let (sum, overflow) = total.addingReportingOverflow(value)
      if overflow { return nil }
      total = sum
    }
    return total
  }

  /// The rows that gave an outcome, as people find them; `otherwise` where there is none.
  func references(_ rows: [Int]) -> [RuleReference] {
    let found = rows.isEmpty ? [table.otherwise].compactMap(\.self) : rows.map { table.rows[$0] }
    return found.map { RuleReference(id: $0.id, place: $0.place) }
  }
}

extension [String] {
  fileprivate var bracketed: String { "[\(joined(separator: ", "))]" }
}
