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

  let partitions: [Partition]
  private let columns: [Column]
  private let sureRows: Set<Int>
  private var steps = 0
  private static let stepLimit = 2_000_000

  /// The rows of each class of one column, and the classes that can occur.
  private struct Column {
    var classes: [(number: Int, rows: Set<Int>)]

    init(_ partition: Partition, _ sets: [ValueSet], canBeAbsent: Bool) {
      var rows = [Set<Int>](repeating: [], count: partition.classCount)
      for (row, set) in sets.enumerated() {
        for number in partition.classes(in: set) { rows[number].insert(row) }
      }
      classes = rows.indices.compactMap { number in
        number == Partition.invalidClass || number == Partition.absentClass && !canBeAbsent
          ? nil : (number, rows[number])
      }
    }
  }

  /// - Parameter canBeAbsent: for each input, whether tickets without a value occur.
  init(_ table: DecisionTable, canBeAbsent: [Bool]) {
    // A row with an expression may not hold whatever its cells say.
    sureRows = Set(table.rows.indices.filter { table.rows[$0].expression == nil })
    let sets = table.inputs.indices.map { input in
      table.rows.map { row in row.cells.first { $0.input == input }?.set ?? .any }
    }
    partitions = zip(table.inputs, sets).map { Partition($0.domain, cutBy: $1) }
    // A table with so many classes and rows takes too long to even write down which accepts which.
    guard partitions.map(\.classCount).reduce(0, +) * table.rows.count < 10 * Self.stepLimit else {
      columns = []
      steps = .max
      return
    }
    columns = zip(partitions, zip(sets, canBeAbsent)).map { partition, column in
      Column(partition, column.0, canBeAbsent: column.1)
    }
  }

  mutating func verdict() -> Verdict {
    if steps > Self.stepLimit { return .undecided }
    guard let gap = self.gap(in: sureRows, from: 0, chosen: [:]) else { return .complete }
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
    switch proof.verdict() {
    case .complete: break
    case .undecided: report(.unprovable(table.name, at: place))
    case .gap(let classes):
      let gap = classes.sorted { $0.key < $1.key }.map { column, number in
        text(ofClass: number, proof.partitions[column], table.inputs[column], entries[column].type)
      }
      let named = gap.isEmpty ? "any ticket" : gap.joined(separator: ", ")
      report(.incomplete(table.name, gap: named, at: place))
    }
  }
}
