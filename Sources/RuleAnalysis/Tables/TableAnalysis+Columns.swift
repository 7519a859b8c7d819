import Diagnostics
import RuleEvaluator
import TicketModel

/// Gaps, and inputs and outputs without use.
extension TableAnalysis {
  mutating func findGap() {
    switch classes.gap(&limit) {
    case .undecided:
      report(.gapNotProven(table))
      findMissingOutputs(otherwiseHits: true)
    case .covered:
      if let otherwise = table.otherwise { report(.unusedOtherwise(otherwise, table)) }
      findMissingOutputs(otherwiseHits: false)
    case .point(let point):
      reportGap(point)
      findMissingOutputs(otherwiseHits: true)
    }
  }

  /// A missing value has a finding of its own, so a target needs no row for it.
  private mutating func reportGap(_ point: [Int?]) {
    let isMissingValue = point.enumerated().allSatisfy { input, number in
      number.map { classes.columns[input].classes[$0] == Partition.absentClass } ?? true
    }
    let text = context.texts.text(of: point, in: classes)
    let severity: Severity = table.otherwise == nil && !isMissingValue ? .warning : .info
    report(
      .gap(table, text.isEmpty ? "any ticket" : text, severity),
      witness: context.witnesses.ticket(demands(at: point)))
  }

  // MARK: Inputs

  /// Inputs of which every row accepts everything.
  mutating func findIdleInputs() {
    for (input, column) in classes.columns.enumerated() where !table.rows.isEmpty {
      guard column.cells.allSatisfy({ column.sets[Int($0)] == column.everything }) else { continue }
      let isNamed = column.cells.contains { $0 != 0 }
      let declaration = table.inputs[input]
      let fix = isNamed ? nil : context.removal.fix(removing: declaration, of: table)
      report(.unusedInput(declaration, table, isNamed: isNamed, fix: fix))
    }
  }

  // MARK: Outputs

  /// Levels, teams and other choices that no row gives.
  mutating func findMissingOutputs(otherwiseHits: Bool) {
    if case .collect(_?) = table.hit { return }
    let rows = table.rows.indices.filter { !dead.contains($0) }.map { table.rows[$0] }
    let giving = rows + (otherwiseHits ? [table.otherwise].compactMap(\.self) : [])
    for (index, output) in table.outputs.enumerated() {
      guard case .choice(let domain) = output.type else { continue }
      let given = Set(giving.map { $0.outputs[index] })
      for (choice, key) in domain.keys.enumerated() where !given.contains(.choice(choice, key: key)) {
        report(.unproducedOutput(key, output.name, table, at: place(of: choice, output)))
      }
    }
  }

  private func place(of choice: Int, _ output: DecisionTable.Output) -> Place {
    let rulebook = context.rulebook
    if let priority = rulebook.priority, rulebook.tables[priority.table] === table {
      return priority.places[choice]
    }
    if let routing = rulebook.routing, rulebook.tables[routing.table] === table, output.name == "team" {
      return routing.teams.indices.contains(choice) ? routing.teams[choice].place ?? table.place : table.place
    }
    return table.place
  }
}
