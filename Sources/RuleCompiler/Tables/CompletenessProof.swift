import Diagnostics
import RuleEvaluator
import TicketModel

/// Whether some row of a table always holds, so that it needs no `otherwise`.
///
/// Splits the columns one after the other by the classes of their values and keeps the rows that are left: where none
/// is, the classes are a gap. Exact; gives up after a number of steps that only tables with many wide columns need.
struct CompletenessProof {
  enum Verdict: Hashable {
    case complete
    /// Values for which no row holds: the inputs that matter, as `type = fault`.
    case gap([Int: Int])
    case undecided
  }

  private let columns: [Column]
  private var steps = 0
  private static let stepLimit = 2_000_000

  /// The rows of each class of one column, and the classes that can occur.
  private struct Column {
    var classes: [(number: Int, rows: Set<Int>)]
  }

  /// - Parameter canBeAbsent: for each input, whether tickets without a value occur.
  init(_ table: DecisionTable, canBeAbsent: [Bool]) {
    columns = table.inputs.indices.map { input in
      let cells = table.rows.map { row in row.cells.filter { $0.input == input }.map(\.set) }
      let partition = Partition(table.inputs[input].domain, cutBy: cells.joined())
      let numbers = (0..<partition.classCount).filter { number in
        number != Partition.invalidClass && (number != Partition.absentClass || canBeAbsent[input])
      }
      return Column(
        classes: numbers.map { number in
          let rows = cells.indices.filter { row in cells[row].allSatisfy { partition.isClass(number, in: $0) }
          }
          return (number, Set(rows))
        })
    }
  }

  mutating func verdict(rowCount: Int) -> Verdict {
    guard let gap = self.gap(in: Set(0..<rowCount), from: 0, chosen: [:]) else { return .complete }
    return gap.isEmpty && steps > Self.stepLimit ? .undecided : .gap(gap)
  }

  /// The classes of a gap among `rows`, looking at the columns from `column` on; nil where there is none.
  private mutating func gap(in rows: Set<Int>, from column: Int, chosen: [Int: Int]) -> [Int: Int]? {
    steps += rows.count + 1
    if steps > Self.stepLimit { return [:] }
    if rows.isEmpty { return chosen }
    if column == columns.count { return nil }
    // Classes that leave the same rows lead to the same answer.
    var seen = Set<Set<Int>>()
    for (number, accepting) in columns[column].classes {
      let left = rows.intersection(accepting)
      guard seen.insert(left).inserted else { continue }
      var longer = chosen
      longer[column] = number
      if let gap = gap(in: left, from: column + 1, chosen: longer) { return gap }
    }
    return nil
  }
}

extension RulebookCompiler {
  /// Reports a table without `otherwise` for which some ticket has no row.
  mutating func proveComplete(_ table: DecisionTable, _ entries: [Scope.Entry], _ place: Place) {
    var proof = CompletenessProof(
      table, canBeAbsent: entries.map { !$0.isRequired && !$0.isDecided })
    switch proof.verdict(rowCount: table.rows.count) {
    case .complete: break
    case .undecided: report(.unprovable(table.name, at: place))
    case .gap(let classes): report(.incomplete(table.name, gap: describe(classes, table, entries), at: place))
    }
  }

  /// `type = fault, urgency absent`
  private func describe(_ classes: [Int: Int], _ table: DecisionTable, _ entries: [Scope.Entry]) -> String {
    if classes.isEmpty { return "any ticket" }
    return classes.sorted { $0.key < $1.key }
      .map { column, number in describe(number, table.inputs[column].name, entries[column].type) }
      .joined(separator: ", ")
  }

  private func describe(_ number: Int, _ name: String, _ type: FieldType) -> String {
    if number == Partition.absentClass { return "\(name) absent" }
    guard case .choice(let domain) = type else { return "some \(name)" }
    return "\(name) = \(domain.keys[number - Partition.firstClass])"
  }
}
