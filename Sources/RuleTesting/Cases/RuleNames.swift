import RuleEvaluator
import TicketModel

/// The names of a rulebook that tests may speak of.
struct RuleNames {
  let rulebook: Rulebook
  /// Each row id with the tables that have it; ids of `{by: …}` targets are not unique.
  private(set) var rows: [String: [TableReference]] = [:]
  /// The names of tables: `priorities`, `routing`, named tables, and windows for their targets.
  private(set) var tables: [(name: String, table: TableReference)] = []
  let windows: [String]
  /// What findings may speak of.
  let findingRules: [String]
  /// Notifications and escalations.
  let noticeRules: [String]

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    windows = rulebook.windows.map(\.id)
    findingRules = Self.findingRules(of: rulebook)
    let escalations = rulebook.windows.flatMap(\.escalations).map(\.id)
    // Without notifications what windows tell goes out under the window's own id.
    noticeRules =
      rulebook.notifications.map(\.id) + escalations + (rulebook.notifications.isEmpty ? windows : [])
    for (index, table) in rulebook.tables.enumerated() { add(table, .table(index), as: table.shortName) }
    for (index, window) in rulebook.windows.enumerated() {
      guard case .decided(let table) = window.target else { continue }
      add(table, .target(window: index), as: window.id)
    }
  }

  private mutating func add(_ table: DecisionTable, _ reference: TableReference, as name: String) {
    tables.append((name, reference))
    for row in table.rows { rows[row.id, default: []].append(reference) }
  }

  func table(_ name: String) -> TableReference? { tables.first { $0.name == name }?.table }

  private static func findingRules(of rulebook: Rulebook) -> [String] {
    var names = rulebook.requirements.map(\.id) + rulebook.checks.map(\.id) + rulebook.windows.map(\.id)
    names += rulebook.reviews.map(\.id) + rulebook.schema.names.map { "fields.\($0)" }
    names += rulebook.tables.map(\.name) + ["history"]
    if let workflow = rulebook.workflow,
      case .choice(let domain) = rulebook.schema.fields[workflow.field].type
    {
      names += domain.keys.map { "workflow.\($0)" }
    }
    names += rulebook.expressions.map(\.rule)
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }
}
