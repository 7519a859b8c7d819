import RuleEvaluator
import WorkingTime

/// The JSON of every outcome that a table can have, rendered once.
final class TableFragments: Sendable {
  /// `"name":`
  let name: [UInt8]
  private let rows: [[UInt8]]
  private let otherwise: [UInt8]
  private let outputName: String
  /// Whether several rows are written as a list.
  private static let none: [UInt8] = Array("null".utf8)

  convenience init(table: DecisionTable, in zone: TimeZoneRules) {
    self.init(table) { row in
      zip(table.outputs, row.outputs).map { ($0.name, $1.json(zone)) }
    }
  }

  convenience init(priority: PriorityDecision, in rulebook: Rulebook) {
    let table = rulebook.tables[priority.table]
    self.init(table) { [("level", $0.outputs[0].json(rulebook.timeZone))] }
  }

  convenience init(route: RoutingDecision, in rulebook: Rulebook) {
    let table = rulebook.tables[route.table]
    let zone = rulebook.timeZone
    self.init(table) { row in
      zip(table.outputs.indices, row.outputs).map { index, value in
        (
          table.outputs[index].name,
          index == route.assigneeOutput ? route.assignee(of: row).json(zone) : value.json(zone)
        )
      } + (route.assigneeOutput == nil ? [("assignee", route.assignee(of: row).json(zone))] : [])
    }
  }

  private init(_ table: DecisionTable, members: (DecisionTable.Row) -> [(String, [UInt8])]) {
    func render(_ row: DecisionTable.Row) -> [UInt8] {
      var bytes = [UInt8]()
      bytes.append(0x7B)
      for (name, value) in members(row) {
        bytes.append(jsonString: name)
        bytes.append(0x3A)
        bytes.append(contentsOf: value)
        bytes.append(0x2C)
      }
      bytes.append(literal: #""row":"#)
      bytes.append(jsonString: row.id)
      bytes.append(0x7D)
      return bytes
    }
    var name = [UInt8]()
    name.append(jsonString: table.shortName)
    name.append(0x3A)
    self.name = name
    rows = table.rows.map(render)
    otherwise = table.otherwise.map(render) ?? Self.none
    outputName = table.outputs.first?.name ?? ""
  }

  func write(_ outcome: TableOutcome, _ decision: borrowing Decision, into bytes: inout [UInt8]) {
    switch outcome {
    case .row(let row): bytes.append(contentsOf: rows[row])
    case .otherwise: bytes.append(contentsOf: otherwise)
    case .rows(let range): writeList(decision.listedRows[range], into: &bytes)
    case .aggregate(let value): writeAggregate(value.outputJSON, into: &bytes)
    case .conflict, .overflow, .undecided: bytes.append(contentsOf: Self.none)
    }
  }

  private func writeList(_ list: ArraySlice<Int>, into bytes: inout [UInt8]) {
    bytes.append(0x5B)
    for (position, row) in list.enumerated() {
      if position > 0 { bytes.append(0x2C) }
      bytes.append(contentsOf: rows[row])
    }
    bytes.append(0x5D)
  }

  private func writeAggregate(_ value: [UInt8], into bytes: inout [UInt8]) {
    bytes.append(0x7B)
    bytes.append(jsonString: outputName)
    bytes.append(0x3A)
    bytes.append(contentsOf: value)
    bytes.append(literal: #","row":null}"#)
  }
}
