public import Diagnostics
import TicketModel

/// A conjunction of cells: a `when:` map.
public struct Condition: Sendable {
  /// One entry of the map.
  public struct Term: Sendable {
    public var name: String
    public var slot: Int
    public var domain: Partition.Domain
    public var set: ValueSet
    public var text: String
    public var place: Place

    public init(
      name: String, slot: Int, domain: Partition.Domain, set: ValueSet, text: String, place: Place
    ) {
      self.name = name
      self.slot = slot
      self.domain = domain
      self.set = set
      self.text = text
      self.place = place
    }
  }

  public var terms: [Term]

  public init(_ terms: [Term] = []) { self.terms = terms }
}

extension RowIndex {
  /// One row for each condition, one column for each slot that any of them reads.
  init(_ conditions: [Condition]) {
    var columns = [(slot: Int, domain: Partition.Domain)]()
    var columnOfSlot = [Int: Int]()
    var restrictions = [Restriction]()
    for (row, condition) in conditions.enumerated() {
      for term in condition.terms {
        let column = columnOfSlot[term.slot] ?? columns.count
        if column == columns.count {
          columnOfSlot[term.slot] = column
          columns.append((term.slot, term.domain))
        }
        restrictions.append(Restriction(row: row, column: column, set: term.set))
      }
    }
    self.init(rowCount: conditions.count, inputs: columns, restrictions: restrictions)
  }
}

/// All `when:` maps of a rulebook as one table, so that one look at each field tells which rules apply.
struct Conditions: Sendable {
  let index: RowIndex
  /// Rows below this are windows, the others requirements.
  let windowCount: Int

  init(windows: [ResponseWindow], requirements: [Requirement]) {
    windowCount = windows.count
    index = RowIndex(windows.map(\.condition) + requirements.map(\.condition))
  }
}
