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
  /// What must hold beside the cells: the index of an expression.
  public var expression: Int?

  public init(_ terms: [Term] = [], expression: Int? = nil) {
    self.terms = terms
    self.expression = expression
  }
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
final class Conditions: Sendable {
  /// The rule that a row belongs to, by its index among its kind.
  enum Rule: Sendable {
    /// By its number among the escalations that have a condition.
    case escalation(Int)
    case window(Int)
    case requirement(Int)
    case check(Int)
    case notification(Int)
    /// A review that counts tickets.
    case review(Int)
    /// By its index in `Rulebook.waivers`.
    case waiver(Int)
  }

  let index: RowIndex
  let rules: [Rule]
  /// The expression that must hold beside the cells; -1 for none.
  let expressions: [Int]
  /// By window: the number of its first escalation that has a condition.
  let firstConditionalEscalation: [Int]

  /// Escalations stand first, because windows ask for them.
  init(
    windows: [ResponseWindow], requirements: [Requirement], checks: [Check], notifications: [Notification],
    reviews: [Review], waivers: [Waiver]
  ) {
    // Reviews of one ticket are among the requirements.
    let counting = reviews.indices.filter { reviews[$0].recurrence != nil }
    let escalations = windows.flatMap(\.escalations).compactMap(\.condition)
    let conditions =
      escalations + windows.map(\.condition) + requirements.map(\.condition) + checks.map(\.condition)
      + notifications.map(\.condition) + counting.map { reviews[$0].condition } + waivers.map(\.condition)
    rules =
      escalations.indices.map { .escalation($0) } + windows.indices.map { .window($0) }
      + requirements.indices.map { .requirement($0) } + checks.indices.map { .check($0) }
      + notifications.indices.map { .notification($0) } + counting.map { .review($0) }
      + waivers.indices.map { .waiver($0) }
    expressions = conditions.map { $0.expression ?? -1 }
    index = RowIndex(conditions)
    firstConditionalEscalation = windows.indices.map { window in
      windows[..<window].flatMap(\.escalations).count { $0.condition != nil }
    }
  }
}
