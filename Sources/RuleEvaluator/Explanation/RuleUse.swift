/// What the parts of a rulebook have said about tickets: which rows hit, which cells and conditions held, and which did not.
///
/// For coverage. Every answer is the evaluator's own: hits are outcomes of decisions, cells and conditions are asked of the
/// indexes that decide, what is asked of earlier instants is noted where it is asked.
public struct RuleUse: Sendable {
  /// The answers that something gave.
  public struct Truth: Hashable, Sendable {
    public var wasTrue = false
    public var wasFalse = false

    public init() {}

    public mutating func note(_ answer: Bool) { if answer { wasTrue = true } else { wasFalse = true } }
  }

  /// The rows of one table.
  public struct TableUse: Sendable {
    /// By row: whether it gave an outcome.
    public var hits: [Bool]
    public var hitsOtherwise = false
    /// By row, by the index in its cells: asked of the rows that the policy comes to.
    public var cells: [[Truth]]
    /// By row: the expression beside the cells; nil where there is none.
    public var expressions: [Truth?]

    init(_ table: DecisionTable) {
      hits = Array(repeating: false, count: table.rows.count)
      cells = table.rows.map { Array(repeating: Truth(), count: $0.cells.count) }
      expressions = table.rows.map { $0.expression == nil ? nil : Truth() }
    }
  }

  /// What starts, stops, pauses and cancels a window, each over the ticket's history.
  public struct WindowUse: Sendable {
    public var condition = Truth()
    public var start = Truth()
    public var stop = Truth()
    public var pause = Truth()
    public var cancel = Truth()
  }

  /// By the index of the table.
  public internal(set) var tables: [TableUse]
  /// By the index of the window; nil where its target is fixed.
  public internal(set) var targets: [TableUse?]
  public internal(set) var windows: [WindowUse]
  public internal(set) var requirements: [Truth]
  public internal(set) var checks: [Truth]
  /// What the checks demand, of tickets that they apply to.
  public internal(set) var checkExpressions: [Truth]
  public internal(set) var notifications: [Truth]
  /// By the number among the escalations that have a condition, in the order of the windows.
  public internal(set) var escalations: [Truth]
  public internal(set) var reviews: [Truth]
  /// Whether they apply: their conditions while they are in force, and no more.
  public internal(set) var waivers: [Truth]
  /// The conditions of guards, at the moments at which they are asked.
  public internal(set) var guards: [Truth]

  public init(_ rulebook: Rulebook) {
    tables = rulebook.tables.map { TableUse($0) }
    targets = rulebook.windows.map { $0.target.table.map { TableUse($0) } }
    windows = rulebook.windows.map { _ in WindowUse() }
    requirements = rulebook.requirements.map { _ in Truth() }
    checks = rulebook.checks.map { _ in Truth() }
    checkExpressions = checks
    notifications = rulebook.notifications.map { _ in Truth() }
    escalations = rulebook.windows.flatMap(\.escalations).filter { $0.condition != nil }.map { _ in Truth() }
    reviews = rulebook.reviews.map { _ in Truth() }
    waivers = rulebook.waivers.map { _ in Truth() }
    guards = (rulebook.workflow?.guards ?? []).map { _ in Truth() }
  }
}

/// Notes what is asked of earlier instants while a ticket is evaluated.
final class PastAnswers {
  /// The index of the guard, or of the notification, and the answer.
  var guards: [(Int, Bool)] = []
  var notifications: [(Int, Bool)] = []
}
