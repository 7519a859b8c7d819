import RuleEvaluator
import TicketModel
import WorkingTime

/// Texts by number, the same numbers for both rulebooks: what is equal is equal in numbers.
struct SharedTexts: Sendable {
  /// The number of nothing.
  static let none: Int32 = 0

  private var numbers: [String: Int32] = [:]
  private var texts = [""]

  mutating func number(of text: String?) -> Int32 {
    guard let text else { return Self.none }
    if let number = numbers[text] { return number }
    let number = Int32(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }

  subscript(_ number: Int32) -> String? { number == Self.none ? nil : texts[Int(number)] }
}

/// One thing that a rulebook's table decides: the priority, the team, the assignee, or a named table's outputs.
struct DecidedValue: Sendable {
  let table: DecisionTable
  /// The index in `Decision.outcomes`.
  let index: Int
  /// By row, and last of `otherwise`, the number of what it gives.
  let numbers: [Int32]
  private let texts: [String?]

  init(_ index: Int, of rulebook: Rulebook, _ shared: inout SharedTexts, text: (DecisionTable.Row) -> String?)
  {
    table = rulebook.tables[index]
    self.index = index
    texts = table.rows.map(text) + [table.otherwise.flatMap(text)]
    numbers = texts.map { shared.number(of: $0) }
  }

  /// The number of what `decision` says.
  func number(in decision: borrowing Decision, _ shared: inout SharedTexts) -> Int32 {
    switch decision.outcomes[index] {
    case .row(let row): numbers[row]
    case .otherwise: numbers[table.rows.count]
    case .rows(let range): shared.number(of: list(decision.listedRows[range]))
    case .aggregate(let value):
      shared.number(of: value.kind == .number ? String(value.double) : String(value.integer))
    case .conflict: shared.number(of: OutcomeWord.conflict)
    case .overflow: shared.number(of: OutcomeWord.overflow)
    case .undecided: SharedTexts.none
    }
  }

  private func list(_ rows: ArraySlice<Int>) -> String {
    let values = rows.map { texts[$0] ?? "" }
    // A collection has no order.
    let isOrdered = if case .collect = table.hit { false } else { true }
    return "[\((isOrdered ? values : values.sorted()).joined(separator: ", "))]"
  }

  /// The row that decided, where one did.
  func row(in decision: borrowing Decision) -> RuleReference? {
    let row: DecisionTable.Row?
    switch decision.outcomes[index] {
    case .row(let number): row = table.rows[number]
    case .otherwise: row = table.otherwise
    default: row = nil
    }
    return row.map { RuleReference(id: $0.id, place: $0.place) }
  }
}

/// What stands for an outcome that is no value.
enum OutcomeWord {
  static let conflict = "conflict"
  static let overflow = "overflow"
}

extension Rulebook {
  /// Everything that is decided, by name.
  func decidedValues(_ shared: inout SharedTexts) -> [(name: String, value: DecidedValue)] {
    var values = [(name: String, value: DecidedValue)]()
    let zone = timeZone
    if let priority {
      values.append(
        ("priority", DecidedValue(priority.table, of: self, &shared) { $0.outputs[0].text(zone) }))
    }
    if let routing {
      values.append(
        ("team", DecidedValue(routing.table, of: self, &shared) { $0.outputs[routing.teamOutput].text(zone) })
      )
      values.append(
        ("assignee", DecidedValue(routing.table, of: self, &shared) { routing.assignee(of: $0).text(zone) }))
    }
    for index in tables.indices where index != priority?.table && index != routing?.table {
      let table = tables[index]
      values.append((table.name, DecidedValue(index, of: self, &shared) { table.text(of: $0, zone) }))
    }
    return values
  }
}

extension DecisionTable {
  /// The outputs of a row: the value alone where there is one output, else with the names of all.
  func text(of row: Row, _ zone: TimeZoneRules) -> String? {
    if outputs.count == 1 { return row.outputs[0].text(zone) }
    return zip(outputs, row.outputs).map { "\($0.name): \($1.text(zone) ?? "none")" }.joined(separator: ", ")
  }
}

extension OutputValue {
  /// As rules write it; nil for none.
  func text(_ zone: TimeZoneRules) -> String? {
    switch self {
    case .absent: nil
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): Int64(exactly: value).map { String($0) } ?? String(value)
    case .instant(let value): value.text(in: zone)
    case .date(let value): value.text
    case .choice(_, let key): key
    case .text(let text, _): text
    case .duration(let duration): duration.text
    }
  }
}
