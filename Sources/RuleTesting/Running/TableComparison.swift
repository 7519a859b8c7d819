import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Priority, rows, route and tables.
extension CaseRunner {
  func comparePriority(
    _ expected: Located<Int?>, _ testCase: TestCase, into mismatches: inout [Mismatch]
  ) {
    guard let priority = rulebook.priority else { return }
    let actual = priority.level(decision.outcomes[priority.table], in: rulebook)
    if actual == expected.value { return }
    let words = { (level: Int?) in level.map { priority.levels[$0] } ?? "none" }
    var mismatch = Mismatch(
      ResultWording.differs("priority", words(expected.value), words(actual)), at: expected.place)
    if explains {
      let table = rulebook.tables[priority.table]
      let rows = table.rows.indices.filter { table.rows[$0].outputs.first?.choice == expected.value }
      explain(.table(priority.table), nearestOf: rows, gives: words(expected.value), testCase, in: &mismatch)
    }
    mismatches.append(mismatch)
  }

  func compare(_ expected: ExpectedRow, _ testCase: TestCase, into mismatches: inout [Mismatch]) {
    guard let table = expected.table.table(in: rulebook) else { return }
    let hits = hitIDs(expected.table, testCase)
    if hits.contains(expected.row) { return }
    var mismatch = Mismatch(
      ResultWording.differs("row of \(table.name)", Self.words([expected.row]), Self.words(hits)),
      at: expected.place)
    if explains {
      let row = table.rows.firstIndex { $0.id == expected.row }
      explain(expected.table, nearestOf: row.map { [$0] } ?? [], gives: nil, testCase, in: &mismatch)
    }
    mismatches.append(mismatch)
  }

  private static func words(_ ids: [String?]) -> String {
    ids.isEmpty ? "none" : ids.map { $0 ?? "otherwise" }.joined(separator: ", ")
  }

  func compare(_ expected: ExpectedRoute, _ testCase: TestCase, into mismatches: inout [Mismatch]) {
    guard let routing = rulebook.routing else { return }
    let route = rulebook.route(of: decision)
    if let team = expected.team, team.value != route?.team?.name ?? "none" {
      var mismatch = Mismatch(
        ResultWording.differs("team", team.value, route?.team?.name ?? "none"), at: team.place)
      if explains {
        let table = rulebook.tables[routing.table]
        let rows = table.rows.indices.filter { table.rows[$0].outputs[routing.teamOutput].name == team.value }
        explain(.table(routing.table), nearestOf: rows, gives: team.value, testCase, in: &mismatch)
      }
      mismatches.append(mismatch)
    }
    if let assignee = expected.assignee, assignee.value != route?.assignee ?? "none" {
      var mismatch = Mismatch(
        ResultWording.differs("assignee", assignee.value, route?.assignee ?? "none"), at: assignee.place)
      if explains { explain(.table(routing.table), nearestOf: [], gives: nil, testCase, in: &mismatch) }
      mismatches.append(mismatch)
    }
  }

  func compare(_ expected: ExpectedTable, _ testCase: TestCase, into mismatches: inout [Mismatch]) {
    let table = rulebook.tables[expected.table]
    for (output, value) in expected.outputs {
      let actual = words(ofOutput: output, ofTable: expected.table)
      if actual == value.value { continue }
      var mismatch = Mismatch(
        ResultWording.differs("\(table.shortName).\(table.outputs[output].name)", value.value, actual),
        at: value.place)
      if explains {
        let rows = table.rows.indices.filter {
          table.rows[$0].outputs[output].words(in: rulebook) == value.value
        }
        explain(.table(expected.table), nearestOf: rows, gives: value.value, testCase, in: &mismatch)
      }
      mismatches.append(mismatch)
    }
    if let rows = expected.rows { compare(rows, of: expected.table, testCase, into: &mismatches) }
  }

  private func compare(
    _ expected: Located<[String?]>, of index: Int, _ testCase: TestCase, into mismatches: inout [Mismatch]
  ) {
    let table = rulebook.tables[index]
    let hits = hitIDs(.table(index), testCase)
    // Only where the policy gives an order does the order matter.
    let isOrdered = table.hit == .ruleOrder || table.hit == .outputOrder
    let sorted = { (ids: [String?]) in ids.sorted { ($0 ?? "") < ($1 ?? "") } }
    if isOrdered ? hits == expected.value : sorted(hits) == sorted(expected.value) { return }
    var mismatch = Mismatch(
      ResultWording.differs("rows of \(table.name)", Self.words(expected.value), Self.words(hits)),
      at: expected.place)
    if explains {
      let missed = table.rows.indices.filter {
        expected.value.contains(table.rows[$0].id) && !hits.contains(table.rows[$0].id)
      }
      explain(.table(index), nearestOf: missed, gives: nil, testCase, in: &mismatch)
    }
    mismatches.append(mismatch)
  }

  // MARK: Outcomes

  /// The rows that gave the outcome; nil inside for `otherwise`. Rows that contradict each other give none.
  func hits(_ reference: TableReference, _ testCase: TestCase) -> [Int?] {
    switch reference {
    case .target(let window):
      guard let reading = decision.reading(ofWindow: window) else { return [] }
      return [reading.targetRow]
    case .table(let index):
      switch decision.outcomes[index] {
      case .row(let row): return [row]
      case .otherwise: return [nil]
      case .rows(let range): return decision.listedRows[range].map { $0 }
      case .aggregate:
        let table = rulebook.tables[index]
        return table.rows.indices.filter {
          evaluator.miss(ofRow: $0, table: table, testCase.ticket).holds
        }
      case .conflict, .overflow, .undecided: return []
      }
    }
  }

  private func hitIDs(_ reference: TableReference, _ testCase: TestCase) -> [String?] {
    guard let table = reference.table(in: rulebook) else { return [] }
    return hits(reference, testCase).map { row in row.map { table.rows[$0].id } }
  }

  private func words(ofOutput output: Int, ofTable index: Int) -> String {
    let table = rulebook.tables[index]
    switch decision.outcomes[index] {
    case .row(let row): return table.rows[row].outputs[output].words(in: rulebook)
    case .otherwise: return table.otherwise?.outputs[output].words(in: rulebook) ?? "none"
    case .rows(let range):
      return decision.listedRows[range].map { table.rows[$0].outputs[output].words(in: rulebook) }
        .joined(separator: ", ")
    case .aggregate(let slot): return slot.kind == .number ? numberText(slot.double) : String(slot.integer)
    case .conflict, .overflow, .undecided: return "none"
    }
  }

  // MARK: Explanations

  /// What hit, and of `rows` the one that came nearest, with its first cell that differed.
  private func explain(
    _ reference: TableReference, nearestOf rows: [Int], gives: String?, _ testCase: TestCase,
    in mismatch: inout Mismatch
  ) {
    guard let table = reference.table(in: rulebook) else { return }
    let hits = hits(reference, testCase)
    for hit in hits where mismatch.related.isEmpty {
      if let hit {
        mismatch.related.append(
          Diagnostic.Related(ResultWording.hit(table.rows[hit].id), at: table.rows[hit].place))
      } else if let otherwise = table.otherwise {
        mismatch.related.append(Diagnostic.Related(ResultWording.otherwise, at: otherwise.place))
      }
    }
    var nearest: (row: Int, miss: RowMiss)?
    for row in rows where !hits.contains(row) {
      let miss = evaluator.miss(ofRow: row, table: table, testCase.ticket)
      if nearest.map({ miss.cells.count < $0.miss.cells.count }) ?? true { nearest = (row, miss) }
    }
    if let nearest { mismatch.related.append(related(nearest.miss, table.rows[nearest.row], table, gives)) }
  }

  private func related(
    _ miss: RowMiss, _ row: DecisionTable.Row, _ table: DecisionTable, _ gives: String?
  ) -> Diagnostic.Related {
    if let trace = miss.expression {
      return Diagnostic.Related(ResultWording.expressionMiss(row.id, gives: gives, trace), at: row.place)
    }
    guard let first = miss.cells.first else {
      return Diagnostic.Related(ResultWording.preferred(row.id), at: row.place)
    }
    let cells = miss.cells.map {
      (table.inputs[row.cells[$0.cell].input].name, row.cells[$0.cell].text, $0.value)
    }
    return Diagnostic.Related(
      ResultWording.miss(row.id, gives: gives, cells), at: row.cells[first.cell].place)
  }
}

extension OutputValue {
  /// The index of the choice that it is.
  fileprivate var choice: Int? {
    guard case .choice(let index, _) = self else { return nil }
    return index
  }

  /// The choice's key or the text that it is.
  fileprivate var name: String? {
    switch self {
    case .choice(_, let key): key
    case .text(let text, _): text
    default: nil
    }
  }

  /// As tests write it.
  func words(in rulebook: Rulebook) -> String {
    switch self {
    case .absent: "none"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): numberText(value)
    case .instant(let value): value.text(in: rulebook.timeZone)
    case .date(let value): value.text
    case .choice(_, let key): key
    case .text(let text, _): text
    case .duration(let duration): duration.text
    }
  }
}
