import Diagnostics
import RuleEvaluator
import TicketModel

/// One decision table: rows that never hit, rows that meet, gaps, inputs and outputs without use.
struct TableAnalysis {
  let context: AnalysisContext
  let table: DecisionTable
  let classes: ClassTable
  let relations: RowRelations
  var limit: WorkLimit
  var findings = [AnalysisFinding]()
  /// Rows that never decide anything.
  var dead = Set<Int>()
  /// The table for tickets with missing and invalid values, too.
  private lazy var strict = ClassTable(table, values: table.inputs.map { _ in ValueSet.any })
  /// Rows of which the search was given up.
  var undecided = [Int]()

  /// Of one kind of message about rows, the most that a table gets; the rest is counted.
  static let messageLimit = 20

  static func findings(_ table: DecisionTable, _ context: AnalysisContext) -> [AnalysisFinding] {
    let values = table.inputs.map { context.values[$0.slot] }
    guard let classes = ClassTable(table, values: values), let relations = RowRelations(classes) else {
      return [AnalysisFinding(.tooLarge(table))]
    }
    var analysis = TableAnalysis(
      context: context, table: table, classes: classes, relations: relations, limit: WorkLimit(context.effort)
    )
    analysis.run()
    return analysis.findings
  }

  private mutating func run() {
    reportOpaqueRows()
    findDeadRows()
    findOverlaps()
    if table.hit == .first { findRedundantRows() }
    findGap()
    findIdleInputs()
    if !undecided.isEmpty { report(.notProven(table, undecided.map { table.rows[$0] })) }
  }

  mutating func report(_ diagnostic: Diagnostic, witness: Witness? = nil) {
    findings.append(AnalysisFinding(diagnostic.showing(witness), witness: witness))
  }

  private mutating func reportOpaqueRows() {
    for row in table.rows where row.expression != nil { report(.opaqueRow(row, table)) }
  }

  // MARK: Rows that never hit

  private mutating func findDeadRows() {
    for row in table.rows.indices {
      if let input = relations.impossible[row] {
        dead.insert(row)
        let cell = table.rows[row].cells.first { $0.input == input }
        report(
          .impossibleRow(table.rows[row], cell, table.inputs[input], fix: removal(ofImpossible: row, cell)))
        continue
      }
      let rivals = rivals(of: row)
      if rivals.isEmpty { continue }
      if let other = rivals.first(where: { relations.within.contains(row, $0) }) {
        reportSubsumed(row, by: other)
      } else if rivals.count > 1 {
        searchGap(in: row, besides: rivals)
      }
    }
  }

  private mutating func reportSubsumed(_ row: Int, by other: Int) {
    dead.insert(row)
    let witness = context.witnesses.ticket(demands(of: [row]))
    let fix = removal(of: row, besides: [other])
    report(
      .subsumedRow(
        table.rows[row], by: table.rows[other], table.hit, fix: fix),
      witness: witness)
  }

  private mutating func searchGap(in row: Int, besides rivals: [Int]) {
    switch classes.gap(besides: rivals, within: classes.region(of: row), &limit) {
    case .point: break
    case .undecided: undecided.append(row)
    case .covered:
      dead.insert(row)
      let witness = context.witnesses.ticket(demands(of: [row]))
      let fix = removal(of: row, besides: rivals)
      report(
        .coveredRow(
          table.rows[row], by: rivals.map { table.rows[$0] }, table.hit, fix: fix),
        witness: witness)
    }
  }

  /// The rows that meet this one and leave it nothing to decide where they do: none of them opaque.
  private func rivals(of row: Int) -> [Int] {
    var rivals = [Int]()
    let end = table.hit == .first || table.hit == .any ? row : table.rows.count
    relations.meets.forEachMember(of: row, below: end) { other in
      if other != row, !classes.isOpaque(other), table.outranks(other, row) { rivals.append(other) }
      return true
    }
    return rivals
  }

  // MARK: Fixes

  /// What takes the row away, where that changes nothing for tickets with missing and invalid values either.
  private mutating func removal(of row: Int, besides rivals: [Int]) -> Fix? {
    guard let fix = context.removal.fix(removing: table.rows[row]), let strict else { return nil }
    var limit = WorkLimit(2_000_000)
    let answer = strict.gap(besides: rivals, within: strict.region(of: row), &limit)
    return answer == .covered ? fix : nil
  }

  private func removal(ofImpossible row: Int, _ cell: DecisionTable.Cell?) -> Fix? {
    guard let cell, !cell.set.includesAbsent, !cell.set.includesInvalid else { return nil }
    return context.removal.fix(removing: table.rows[row])
  }

  // MARK: Witnesses

  /// What a ticket must have for all of `rows` to hold, by slot.
  func demands(of rows: [Int]) -> [Int: ValueSet] {
    var demands = [Int: ValueSet]()
    for cell in rows.flatMap({ table.rows[$0].cells }) {
      let slot = table.inputs[cell.input].slot
      demands[slot] = demands[slot].map { $0.intersection(cell.set) } ?? cell.set
    }
    return demands.reduce(into: context.demands) {
      $0[$1.key] = $1.value.intersection(context.values[$1.key])
    }
  }

  /// What a ticket must have to be at a point.
  func demands(at point: [Int?]) -> [Int: ValueSet] {
    var demands = context.demands
    for (input, number) in point.enumerated() {
      guard let number else { continue }
      let slot = table.inputs[input].slot
      let set = classes.columns[input].values(ofClass: number).intersection(context.values[slot])
      demands[slot] = demands[slot].map { $0.intersection(set) } ?? set
    }
    return demands
  }
}

extension DecisionTable {
  /// Whether `row` has nothing to say where `other` holds, too.
  fileprivate func outranks(_ other: Int, _ row: Int) -> Bool {
    switch hit {
    case .first: other < row
    case .priority: (ranks[other], other) < (ranks[row], row)
    case .any: other < row && ranks[other] == ranks[row]
    case .collect(.max?): dominates(other, row) { $0 > $1 }
    case .collect(.min?): dominates(other, row) { $0 < $1 }
    case .unique, .collect, .ruleOrder, .outputOrder: false
    }
  }

  /// Whether the number of `other` is the one that is kept.
  private func dominates(_ other: Int, _ row: Int, _ precedes: (OutputValue, OutputValue) -> Bool) -> Bool {
    let (first, second) = (rows[other].outputs[0], rows[row].outputs[0])
    guard first != .absent, second != .absent else { return false }
    return precedes(first, second) || first == second && other < row
  }
}
