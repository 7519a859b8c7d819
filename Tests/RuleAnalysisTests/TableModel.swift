import RuleAnalysis
import RuleEvaluator
import TestSupport

/// What is true of a random table, found by trying all values that its cells can tell apart.
struct TableModel {
  let table: RandomTable
  /// By assignment of all inputs: the rows that hold, ascending.
  let matches: [[Int]]

  /// Kinds of input whose values can all be tried: those that cells mention, and one on each side.
  static var kinds: [RandomTable.Domain] { [.boolean, .choice, .text, .integer, .list] }

  init(_ table: RandomTable) {
    self.table = table
    var assignments: [[RandomTable.Value]] = [[]]
    for domain in table.domains {
      assignments = assignments.flatMap { start in Self.values(of: domain).map { start + [$0] } }
    }
    matches = assignments.map { values in
      table.rows.indices.filter { row in
        zip(table.rows[row].cells, values).allSatisfy { $0.holds(for: $1) }
      }
    }
  }

  static func values(of domain: RandomTable.Domain) -> [RandomTable.Value] {
    let numbers: ClosedRange<Int> =
      switch domain {
      case .boolean, .choice, .list: 0...domain.size - 1
      default: -1...domain.size
      }
    return [.absent] + numbers.map(RandomTable.Value.valid)
  }

  // MARK: Rows

  /// Rows that never decide: that hold nowhere, or where another decides wherever they hold.
  var dead: Set<Int> {
    Set(
      table.rows.indices.filter { row in
        matches.filter { $0.contains(row) }.allSatisfy { rows in rows.contains { outranks($0, row) } }
      })
  }

  /// Of the dead rows that hold somewhere: those for which one other row is enough.
  var subsumed: Set<Int> {
    dead.filter { row in
      let meeting = matches.filter { $0.contains(row) }
      return !meeting.isEmpty
        && table.rows.indices.contains { other in
          outranks(other, row) && meeting.allSatisfy { $0.contains(other) }
        }
    }
  }

  private func outranks(_ other: Int, _ row: Int) -> Bool {
    let (first, second) = (table.rows[other], table.rows[row])
    switch table.hit {
    case "first": return other < row
    case "priority": return (first.key ?? 4, other) < (second.key ?? 4, row)
    case "any": return other < row && first.key == second.key && first.amount == second.amount
    case "collect max": return other != row && (-(first.amount ?? 0), other) < (-(second.amount ?? 0), row)
    case "collect min": return other != row && ((first.amount ?? 0), other) < ((second.amount ?? 0), row)
    default: return false
    }
  }

  /// Rows that hold somewhere together with one before them that they must not meet, dead ones left out.
  var overlapping: Set<Int> {
    let dead = dead
    return Set(
      table.rows.indices.filter { row in
        !dead.contains(row)
          && matches.contains { rows in
            rows.contains(row) && rows.contains { $0 < row && !dead.contains($0) && clash($0, row) }
          }
      })
  }

  private func clash(_ other: Int, _ row: Int) -> Bool {
    let (first, second) = (table.rows[other], table.rows[row])
    let isSame = first.key == second.key && first.amount == second.amount
    switch table.hit {
    case "unique": return true
    case "any": return !isSame
    case "priority", "output-order": return first.key == second.key && !isSame
    default: return false
    }
  }

  // MARK: The whole

  var hasGap: Bool { matches.contains([]) }

  /// The inputs of which every row accepts everything.
  var idleInputs: Set<Int> {
    Set(
      table.domains.indices.filter { input in
        table.rows.allSatisfy { row in
          Self.values(of: table.domains[input]).allSatisfy { row.cells[input].holds(for: $0) }
        }
      })
  }

  /// Whether a `first` table gives the same outputs everywhere without `row`.
  func changesNothing(without row: Int) -> Bool {
    matches.allSatisfy { rows in
      let (left, right) = (outputs(rows.first), outputs(rows.first { $0 != row }))
      return left == right
    }
  }

  /// `otherwise` gives the amount 7.
  private func outputs(_ row: Int?) -> [Int?] {
    guard let row else { return [nil, 7] }
    return [table.rows[row].key, table.rows[row].amount.map(Int.init)]
  }
}
