import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// The targets of a window by priority: a more pressing level must not have more time than a less pressing one.
///
/// Two rows are compared where the same ticket, but for its level, gets one or the other; that is shown before it is said.
struct TargetComparison {
  private let window: ResponseWindow
  private let context: AnalysisContext
  private let order: DurationOrder

  /// Of so many pairs of rows at the most is asked whether a ticket can have both.
  private static let pairLimit = 20_000

  init(_ window: ResponseWindow, _ context: AnalysisContext) {
    self.window = window
    self.context = context
    order = DurationOrder(window.calendar.map { context.rulebook.calendars[$0] }, year: context.year)
  }

  func findings() -> [AnalysisFinding] {
    guard let table = window.targetTable, let priority = context.rulebook.priority else { return [] }
    let values = table.inputs.map { context.values[$0.slot] }
    guard let classes = ClassTable(table, values: values) else { return [] }
    return table.inputs.indices.flatMap { input in
      let levels = levels(of: table.inputs[input], priority.levels)
      return levels.count < 2 ? [] : compare(levels, input, classes)
    }
  }

  /// The choices of an input that are levels of the priority, the most pressing first.
  private func levels(of input: DecisionTable.Input, _ levels: [String]) -> [Level] {
    guard case .choice(let domain) = input.type else { return [] }
    return levels.compactMap { name in domain.keys.firstIndex(of: name).map { Level(name: name, choice: $0) }
    }
  }

  private struct Level {
    var name: String
    var choice: Int
  }

  private func compare(_ levels: [Level], _ input: Int, _ classes: ClassTable) -> [AnalysisFinding] {
    var findings = [AnalysisFinding]()
    var pairs = Self.pairLimit
    for (index, level) in levels.enumerated() {
      for other in levels[(index + 1)...] {
        var search = PairSearch(classes, input, level.choice, other.choice)
        guard let pair = search.slowerPair(order, &pairs) else { continue }
        findings.append(finding(pair, level, other, input, classes))
      }
    }
    if pairs <= 0 { findings.append(AnalysisFinding(.targetsNotCompared(window))) }
    return findings
  }

  private func finding(
    _ pair: PairSearch.Pair, _ level: Level, _ other: Level, _ input: Int, _ classes: ClassTable
  ) -> AnalysisFinding {
    var demands = context.demands
    demands[classes.table.inputs[input].slot] = ValueSet(.members([level.choice]))
    for (slot, set) in pair.demands { demands[slot] = demands[slot].map { $0.intersection(set) } ?? set }
    if let start = pair.excess.start, case .instant(let slot) = window.start {
      demands[slot] = ValueSet(.stretches([ValueSet.Stretch(start.milliseconds, start.milliseconds)]))
    }
    let witness = context.witnesses.ticket(demands)
    let diagnostic = Diagnostic.slowerTarget(
      window, (level.name, pair.row), (other.name, pair.other), pair.excess, context.rulebook.timeZone)
    return AnalysisFinding(diagnostic.showing(witness), witness: witness)
  }
}

/// Looks for two rows of a target's table that a ticket gets with one level and with the other.
private struct PairSearch {
  struct Pair {
    var row: DecisionTable.Row
    var other: DecisionTable.Row
    var excess: DurationOrder.Excess
    /// What the ticket must have beside the level, by slot.
    var demands: [Int: ValueSet]
  }

  private let classes: ClassTable
  private let rest: ClassTable
  private let input: Int
  private let first: [Int?]
  private let second: [Int?]
  private let firstClass: Int?
  private let secondClass: Int?

  init(_ classes: ClassTable, _ input: Int, _ level: Int, _ other: Int) {
    self.classes = classes
    self.input = input
    rest = classes.without(input)
    let column = classes.columns[input]
    let firstClass = column.classes.firstIndex(of: Partition.firstClass + level)
    let secondClass = column.classes.firstIndex(of: Partition.firstClass + other)
    first = Self.rows(firstClass, column, classes.table)
    second = Self.rows(secondClass, column, classes.table)
    (self.firstClass, self.secondClass) = (firstClass, secondClass)
  }

  /// The rows that a class satisfies, and nil for `otherwise`.
  private static func rows(_ number: Int?, _ column: ClassColumn, _ table: DecisionTable) -> [Int?] {
    guard let number else { return [] }
    let rows = table.rows.indices.filter { row in column.ranges(ofRow: row).contains { $0.contains(number) } }
    return rows.map(Optional.some) + (table.otherwise == nil ? [] : [nil])
  }

  mutating func slowerPair(_ order: DurationOrder, _ pairs: inout Int) -> Pair? {
    for row in first {
      for other in second where row != other {
        guard let (left, right) = both(row, other), let (target, faster) = durations(left, right) else {
          continue
        }
        guard let excess = order.excess(of: target, over: faster) else { continue }
        pairs -= 1
        if pairs <= 0 { return nil }
        if let demands = demands(row, other) {
          return Pair(row: left, other: right, excess: excess, demands: demands)
        }
      }
    }
    return nil
  }

  private func both(_ row: Int?, _ other: Int?) -> (DecisionTable.Row, DecisionTable.Row)? {
    let table = classes.table
    guard let left = row.map({ table.rows[$0] }) ?? table.otherwise,
      let right = other.map({ table.rows[$0] }) ?? table.otherwise,
      left.expression == nil, right.expression == nil
    else { return nil }
    return (left, right)
  }

  private func durations(
    _ left: DecisionTable.Row, _ right: DecisionTable.Row
  ) -> (TargetDuration, TargetDuration)? {
    guard case .duration(let first)? = left.outputs.first, case .duration(let second)? = right.outputs.first
    else { return nil }
    return (first, second)
  }

  /// What a ticket must have besides its level so that these rows decide; nil where none can.
  private func demands(_ row: Int?, _ other: Int?) -> [Int: ValueSet]? {
    let region = rest.columns.map { column in
      let left = row.map(column.ranges) ?? column.everything
      return left.intersection(other.map(column.ranges) ?? column.everything)
    }
    let rivals = Set(rivals(of: row, firstClass) + rivals(of: other, secondClass)).sorted()
    var limit = WorkLimit(2_000_000)
    guard case .point(let point) = rest.gap(besides: rivals, within: region, &limit) else { return nil }
    var demands = [Int: ValueSet]()
    for (index, column) in rest.columns.enumerated() {
      let slot = classes.table.inputs[index < input ? index : index + 1].slot
      guard
        let number = point[index]
          ?? (region[index] == column.everything ? nil : region[index].first?.lowerBound)
      else { continue }
      demands[slot] = column.values(ofClass: number)
    }
    return demands
  }

  /// The rows that would decide instead, with this level.
  private func rivals(of row: Int?, _ number: Int?) -> [Int] {
    guard let number else { return [] }
    return classes.table.rivals(of: row).filter { rival in
      classes.columns[input].ranges(ofRow: rival).contains { $0.contains(number) }
    }
  }
}

extension ClassTable {
  /// The same rows, whatever they say of one input.
  fileprivate func without(_ input: Int) -> ClassTable {
    var other = self
    other.columns.remove(at: input)
    return other
  }
}
