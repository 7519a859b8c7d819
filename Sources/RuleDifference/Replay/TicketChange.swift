public import Diagnostics
public import RuleEvaluator
public import WorkingTime

/// What changes for one ticket between two rulebooks: by names and ids, never by the places of rules.
public struct TicketChange: Sendable {
  /// The ticket's id, or where it has none its place.
  public var ticket: String
  /// Where the record stands, `file:line`.
  public var source: String
  /// What tables decide otherwise, in the order of the comparison.
  public var decisions: [DecisionChange] = []
  public var windows: [WindowChange] = []
  public var findings = Gains<FindingName>()
  public var notices = Gains<NoticeName>()

  public init(ticket: String, source: String) {
    self.ticket = ticket
    self.source = source
  }

  public var isEmpty: Bool {
    decisions.isEmpty && windows.isEmpty && findings.isEmpty && notices.isEmpty
  }
}

/// What is there more often afterwards, and what less often.
public struct Gains<Name: Hashable & Sendable>: Hashable, Sendable {
  public internal(set) var more: [Name] = []
  public internal(set) var fewer: [Name] = []

  public var isEmpty: Bool { more.isEmpty && fewer.isEmpty }
}

/// A value that a table decides otherwise.
public struct DecisionChange: Hashable, Sendable {
  /// What is decided: `priority`, `team`, `assignee`, or a named table.
  public var name: String
  /// The values as rules write them; nil where nothing is decided.
  public var before: String?
  public var after: String?
  /// The rows that decided.
  public var rowBefore: RuleReference?
  public var rowAfter: RuleReference?
}

/// A rule by its id, and where it stands in its rulebook.
public struct RuleReference: Hashable, Sendable {
  public var id: String
  public var place: Place
}

/// A window that came, went, or reads otherwise.
public struct WindowChange: Sendable {
  /// What is compared of a window.
  public struct State: Hashable, Sendable {
    public var state: WindowReading.State
    public var dueAt: Instant?
    public var stoppedAt: Instant?
  }

  public var id: String
  /// Nil where the window does not apply.
  public var before: State?
  public var after: State?
  public var placeBefore: Place?
  public var placeAfter: Place?

  /// Whether the due instant is another, of a window that applies both times.
  public var movesDue: Bool {
    guard let before, let after else { return false }
    return before.dueAt != after.dueAt
  }
}

/// A finding as it is compared.
public struct FindingName: Hashable, Comparable, Sendable {
  public var rule: String
  /// The dotted name of the field that it is about.
  public var field: String?
  public var severity: Severity
  public var place: Place?

  public static func == (left: FindingName, right: FindingName) -> Bool {
    left.rule == right.rule && left.field == right.field
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rule)
    hasher.combine(field)
  }

  public static func < (left: FindingName, right: FindingName) -> Bool {
    (left.rule, left.field ?? "") < (right.rule, right.field ?? "")
  }

  /// The rule, and behind a colon the field.
  public var text: String { field.map { "\(rule): \($0)" } ?? rule }
}

/// A notice as it is compared.
public struct NoticeName: Hashable, Comparable, Sendable {
  public var event: Notice.Event
  public var rule: String
  /// As the rule writes it; for a changed status the instant in milliseconds.
  public var level: String
  public var cycle: Int

  public static func < (left: NoticeName, right: NoticeName) -> Bool {
    (left.event.rawValue, left.rule, left.level, left.cycle)
      < (right.event.rawValue, right.rule, right.level, right.cycle)
  }
}
