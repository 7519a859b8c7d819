/// How many findings count, and have no place in a baseline.
public struct UnkeptFindings: Hashable, Sendable {
  /// Why a baseline cannot hold a finding.
  public enum Reason: CaseIterable, Sendable {
    /// Its ticket has no id, by which it could be told from others.
    case noID
    /// The ticket's id has a character that is invisible, which no file may hold.
    case invisibleID
    /// The record cannot be read as a ticket.
    case unreadable
    /// It is about the rules, given all tickets.
    case aboutRules
  }

  private var counts: [Reason: Int] = [:]

  public init() {}

  public var total: Int { counts.values.reduce(0, +) }

  public internal(set) subscript(reason: Reason) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue }
  }

  static func += (left: inout UnkeptFindings, right: UnkeptFindings) {
    for (reason, count) in right.counts { left[reason] += count }
  }
}
