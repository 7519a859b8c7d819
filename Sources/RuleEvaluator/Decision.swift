public import WorkingTime

/// What the rulebook says about one ticket at one instant.
///
/// Reused from ticket to ticket: it holds numbers that point into the rulebook, and its arrays keep their room.
public struct Decision: Sendable {
  /// The outcome of each table, by its index in `Rulebook.tables`.
  public internal(set) var outcomes: [TableOutcome] = []
  /// The rows of outcomes that are lists.
  public internal(set) var listedRows: [Int] = []
  /// The windows that apply, in the order of the rulebook.
  public internal(set) var windows: [WindowReading] = []
  /// The expressions that gave no value.
  public internal(set) var failures: [ExpressionFailure] = []
  /// In the order: values, decisions, windows, required fields, checks, workflow.
  public internal(set) var findings: [Finding] = []
  /// What fell due by now, window by window; for each restart of a window anew.
  public internal(set) var notices: [Notice] = []
  /// The notifications whose condition holds, by their index in `Rulebook.notifications`.
  public internal(set) var notifications: [Int] = []
  /// When the next notice falls due if nothing happens to the ticket; nil where none will.
  public internal(set) var nextNotice: Instant?

  /// The reviews that count the ticket, by their indexes in `Rulebook.reviews`.
  public internal(set) var countedReviews: [Int] = []
  /// The waivers that apply and are in force, by their indexes in `Rulebook.waivers`.
  public internal(set) var waivers: [Int] = []
  /// What fell due of windows that are waived: nobody is told of it while they are.
  public internal(set) var waivedNotices: [Notice] = []

  /// The targets of windows that do not just count the present one, where they are recorded.
  public internal(set) var targets: [TargetCourse] = []

  public init() {}

  mutating func reset() {
    countedReviews.removeFew()
    waivers.removeFew()
    waivedNotices.removeFew()
    outcomes.removeFew()
    windows.removeFew()
    findings.removeFew()
    listedRows.removeFew()
    failures.removeFew()
    notices.removeFew()
    notifications.removeFew()
    targets.removeFew()
    nextNotice = nil
  }
}

/// The state of one response window of one ticket.
public struct WindowReading: Sendable {
  public enum State: String, CaseIterable, Sendable {
    case notStarted = "not-started"
    case running, paused, warned, met, breached, cancelled
  }

  /// The index in `Rulebook.windows`.
  public var window: Int
  public var state: State
  public var startedAt: Instant?
  /// When the target is reached if nothing else happens; nil before the start and during a pause.
  public var dueAt: Instant?
  public var stoppedAt: Instant?
  /// Milliseconds in the unit of the target: of working time, or elapsed.
  public var elapsed: Int64
  /// What is left of the target in milliseconds; negative after a breach, nil where there is no target yet.
  public var remaining: Int64?
  /// Whether `elapsed` and `remaining` count working time.
  public var countsWorkingTime: Bool
  /// The row of the target's table that hit; nil for a fixed target.
  public var targetRow: Int?
  /// How often the window had begun anew before.
  public var cycle: Int
}

extension Array {
  /// Empties an array of mostly none and hardly ever more than ten, and keeps its room: `removeAll(keepingCapacity:)` takes
  /// 85 instructions, however few there are.
  fileprivate mutating func removeFew() {
    if count > 10 { return removeAll(keepingCapacity: true) }
    while !isEmpty { removeLast() }
  }
}
