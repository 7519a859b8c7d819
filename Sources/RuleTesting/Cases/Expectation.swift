import Diagnostics
import RuleEvaluator
import WorkingTime

/// What a test expects of a decision, with all names resolved; nil or empty where it says nothing.
struct Expectation: Sendable {
  /// The index of the level; `.none` inside for "no priority was decided".
  var priority: Located<Int?>?
  var rows: [ExpectedRow] = []
  var route: ExpectedRoute?
  var tables: [ExpectedTable] = []
  var windows: [ExpectedWindow] = []
  var findings: ExpectedList<ExpectedFinding>?
  /// Of findings that waivers take back, which are none of `findings`.
  var waived: ExpectedList<ExpectedFinding>?
  var notices: ExpectedList<ExpectedNotice>?
}

/// A decision table of a rulebook: one of its tables, or the target of a window.
enum TableReference: Hashable, Sendable {
  case table(Int)
  case target(window: Int)

  func table(in rulebook: Rulebook) -> DecisionTable? {
    switch self {
    case .table(let index): return rulebook.tables[index]
    case .target(let window):
      guard case .decided(let table) = rulebook.windows[window].target else { return nil }
      return table
    }
  }
}

/// A row that hits.
struct ExpectedRow: Sendable {
  var table: TableReference
  /// Its id, because mutants move rows; nil for `otherwise`.
  var row: String?
  var place: Place
}

struct ExpectedRoute: Sendable {
  var team: Located<String>?
  var assignee: Located<String>?
}

/// What a table gives.
struct ExpectedTable: Sendable {
  var table: Int
  /// The index of an output, and its value in words.
  var outputs: [(output: Int, value: Located<String>)] = []
  /// The ids of all rows that hit, and of no others; nil where nothing is said of them.
  var rows: Located<[String?]>?
}

struct ExpectedWindow: Sendable {
  enum Instants: String, CaseIterable, Sendable {
    case startedAt = "started_at"
    case dueAt = "due_at"
    case stoppedAt = "stopped_at"
  }

  enum Lengths: String, CaseIterable, Sendable { case elapsed, remaining }

  var window: Int
  var place: Place
  /// False for a window that the ticket must not have.
  var applies = true
  var state: Located<WindowReading.State>?
  /// Nil inside for `none`.
  var instants: [(key: Instants, value: Located<Instant?>)] = []
  /// Milliseconds; nil inside for `none`.
  var lengths: [(key: Lengths, value: Located<Int64?>)] = []
  /// How often the window has begun anew.
  var cycle: Located<Int>?
}

/// A list of things that are expected, exactly or in part.
struct ExpectedList<Item: Sendable>: Sendable {
  var place: Place
  /// Each must be there.
  var present: [Item] = []
  /// None may be there.
  var missing: [Item] = []
  /// Whether nothing else may be there.
  var isExact = false
}

struct ExpectedFinding: Sendable {
  var rule: Located<String>
  /// Nil for findings about any field, or none.
  var field: Located<String>?
  var severity: Located<Severity>?
}

struct ExpectedNotice: Sendable {
  /// The id of a notification or an escalation; nil for any.
  var rule: Located<String>?
  var event: Located<Notice.Event>?
  /// The index of the window.
  var window: Located<Int>?
  /// When it may be sent.
  var at: Located<Instant>?
  /// All recipients, in any order.
  var recipients: Located<[String]>?
  var place: Place
}
