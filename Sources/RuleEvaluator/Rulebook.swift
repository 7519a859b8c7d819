public import Diagnostics
public import Expressions
public import TicketModel
public import WorkingTime

/// The compiled rules: immutable, shared by all workers.
///
/// Names are gone: fields are slots, choices are numbers, tables are column indexes. Every rule keeps its id and its
/// place for messages.
public final class Rulebook: Sendable {
  /// The name that the rules give themselves, such as `technical-service`.
  public let name: String
  public let title: LocalizedText
  /// The language of messages where the caller asks for none.
  public let language: String
  /// `name@` and the first half of the SHA-256 of all rule files, which tells any two rulebooks apart.
  public let identity: String
  public let timeZone: TimeZoneRules
  public let schema: Schema
  let fieldCount: Int
  public let layout: TicketLayout
  /// The slot of the field `id`.
  public let idSlot: Int?
  /// The slots of fields of which no two tickets may share a value.
  public let uniqueSlots: [Int]

  public let calendars: [WorkingCalendar]
  /// In the order of evaluation: a table comes after those whose outputs it reads.
  public let tables: [DecisionTable]
  public let priority: PriorityDecision?
  public let routing: RoutingDecision?
  public let windows: [ResponseWindow]
  public let requirements: [Requirement]
  public let checks: [Check]
  /// The states that tickets pass through; nil where the rules say nothing of them.
  public let workflow: Workflow?
  public let reviews: [Review]
  public let notifications: [Notification]
  /// The rules that some tickets need not keep for a time; the first that applies counts.
  public let waivers: [Waiver]
  /// All expressions, to which the other parts refer.
  public let expressions: [RuleExpression]
  /// The same as they were compiled, asking no sets of patterns.
  let expressionsAlone: [RuleExpression]
  /// The regular expressions that fields' texts must match as a whole.
  public let patterns: [FieldPattern]
  /// The patterns of expressions and fields that share a text; nil where no text has many.
  let patternSets: PatternSets?
  /// The slots of fields that declare how large their values may be.
  let sizedSlots: [Int]
  /// Where expressions find the instant of evaluation.
  let nowSlot: Int
  /// The periods after which notifications about breaches and escalations come again, each once.
  let repeatPeriods: [Int64]
  /// The notifications about changes of the status, by their index.
  let statusNotifications: [Int]
  /// Their conditions, a row each.
  let statusConditions: RowIndex
  /// The slot of the field that says the status: the workflow's, else `status`, if there is one.
  let statusSlot: Int?
  let conditions: Conditions
  let moments: Moments
  /// Whether tickets carry a priority of their own, which is compared with the decided one.
  let comparesPriority: Bool
  /// By requirement; apart, because looking at a whole requirement counts references to its texts.
  let requiredSlots: [[Int]]
  /// By check: the index of its expression.
  let checkExpressions: [Int]

  /// How many values the evaluator keeps: the fields, then the outputs of tables.
  public let slotCount: Int
  /// The most columns that any index has.
  let widestIndex: Int

  /// What the compiler hands over.
  public struct Parts {
    public var name: String
    public var title: LocalizedText
    public var language: String
    public var identity: String
    public var timeZone: TimeZoneRules
    public var schema: Schema
    public var layout: TicketLayout
    public var calendars: [WorkingCalendar]
    public var tables: [DecisionTable]
    public var priority: PriorityDecision?
    public var routing: RoutingDecision?
    public var windows: [ResponseWindow]
    public var requirements: [Requirement]
    public var checks: [Check]
    public var workflow: Workflow?
    public var reviews: [Review]
    public var notifications: [Notification]
    public var waivers: [Waiver]
    public var expressions: [RuleExpression]
    public var patterns: [FieldPattern]
    public var nowSlot: Int
    public var slotCount: Int

    public init(
      name: String, title: LocalizedText, language: String, identity: String, timeZone: TimeZoneRules,
      schema: Schema, layout: TicketLayout, calendars: [WorkingCalendar], tables: [DecisionTable],
      priority: PriorityDecision?, routing: RoutingDecision?, windows: [ResponseWindow],
      requirements: [Requirement], checks: [Check], notifications: [Notification],
      expressions: [RuleExpression], patterns: [FieldPattern], nowSlot: Int, slotCount: Int,
      workflow: Workflow? = nil, reviews: [Review] = [], waivers: [Waiver] = []
    ) {
      self.name = name
      self.title = title
      self.language = language
      self.identity = identity
      self.timeZone = timeZone
      self.schema = schema
      self.layout = layout
      self.calendars = calendars
      self.tables = tables
      self.priority = priority
      self.routing = routing
      self.windows = windows
      self.requirements = requirements
      self.checks = checks
      self.workflow = workflow
      self.reviews = reviews
      self.notifications = notifications
      self.waivers = waivers
      self.expressions = expressions
      self.patterns = patterns
      self.nowSlot = nowSlot
      self.slotCount = slotCount
    }
  }

  /// - Precondition: `parts` comes from the compiler: every index in it is in range.
  public init(_ parts: Parts) {
    name = parts.name
    title = parts.title
    language = parts.language
    identity = parts.identity
    timeZone = parts.timeZone
    schema = parts.schema
    fieldCount = parts.schema.fields.count
    layout = parts.layout
    idSlot = parts.schema.slot(of: "id")
    uniqueSlots = parts.schema.fields.indices.filter { parts.schema.fields[$0].isUnique }
    calendars = parts.calendars
    tables = parts.tables
    priority = parts.priority
    routing = parts.routing
    windows = parts.windows
    requirements = parts.requirements
    checks = parts.checks
    workflow = parts.workflow
    reviews = parts.reviews
    notifications = parts.notifications
    waivers = parts.waivers
    let sets = PatternSets(
      parts.expressions.map(\.program), wholes: parts.patterns.map { ($0.slot, $0.expression) })
    patternSets = sets
    expressionsAlone = parts.expressions
    expressions = sets.map { sets in parts.expressions.map { $0.asking(sets) } } ?? parts.expressions
    patterns = parts.patterns.map { pattern in
      var pattern = pattern
      pattern.member = sets?.member(whole: pattern.expression, slot: pattern.slot)
      return pattern
    }
    sizedSlots = parts.schema.fields.indices.filter { slot in
      parts.schema.fields[slot].type.declaresSize(parts.schema.fields[slot].size)
    }
    nowSlot = parts.nowSlot
    slotCount = parts.slotCount
    repeatPeriods = Set(parts.notifications.compactMap(\.repeatEvery)).sorted()
    let status = parts.notifications.indices.filter {
      parts.notifications[$0].events.contains(.statusChanged)
    }
    statusNotifications = status
    statusConditions = RowIndex(status.map { parts.notifications[$0].condition })
    statusSlot = parts.workflow?.field ?? parts.schema.slot(of: "status")
    conditions = Conditions(
      windows: parts.windows, requirements: parts.requirements, checks: parts.checks,
      notifications: parts.notifications, reviews: parts.reviews, waivers: parts.waivers)
    moments = Moments(parts.windows, parts.workflow)
    comparesPriority = parts.priority?.recorded != nil
    requiredSlots = parts.requirements.map(\.slots)
    checkExpressions = parts.checks.map(\.expression)
    let indexes = tables.map(\.index) + windows.compactMap(\.target.table?.index)
    widestIndex = (indexes + [conditions.index, moments.index]).map(\.columnCount).max() ?? 0
  }
}

/// The table that decides the priority.
public struct PriorityDecision: Sendable {
  /// The index in `Rulebook.tables`.
  public var table: Int
  /// Most pressing first.
  public var levels: [String]
  /// Where each level is declared.
  public var places: [Place]
  /// The ticket's own priority, and the level that each of its choices stands for.
  public var recorded: (slot: Int, levelOfChoice: [Int?])?

  public init(
    table: Int, levels: [String], at places: [Place], recorded: (slot: Int, levelOfChoice: [Int?])?
  ) {
    self.table = table
    self.levels = levels
    self.places = places
    self.recorded = recorded
  }
}

/// The table that decides the team and the assignee.
public struct RoutingDecision: Sendable {
  public struct Team: Sendable {
    public var name: String
    public var label: LocalizedText
    public var lead: String?
    public var members: [String]
    /// Who is named where a row names nobody.
    public var assignment: Assignment
    /// Where it is declared; nil for a team that a row alone names.
    public var place: Place?

    /// When members get no tickets.
    public var absences: [Absence]

    /// How a team picks the member who gets a ticket.
    public enum Assignment: String, Sendable {
      case none, first
      /// In turn, and whoever has the fewest open tickets: for a service, which remembers.
      case roundRobin = "round-robin"
      case leastLoaded = "least-loaded"

      /// Whether it depends on who got the tickets before.
      public var isRotation: Bool { self == .roundRobin || self == .leastLoaded }
    }

    /// A time in which a member gets no tickets, half-open.
    public struct Absence: Hashable, Sendable {
      public var member: String
      public var from: Instant
      public var until: Instant

      public init(member: String, from: Instant, until: Instant) {
        self.member = member
        self.from = from
        self.until = until
      }
    }

    public init(
      name: String, label: LocalizedText, lead: String?, members: [String], assignment: Assignment,
      absences: [Absence] = [], at place: Place? = nil
    ) {
      self.name = name
      self.label = label
      self.lead = lead
      self.members = members
      self.assignment = assignment
      self.absences = absences
      self.place = place
    }

    /// The members who may get a ticket at `instant`, in the order of the list.
    public func eligible(at instant: Instant) -> [String] {
      members.filter { member in
        !absences.contains { $0.member == member && $0.from <= instant && instant < $0.until }
      }
    }

    /// When the next absence ends; nil where none lasts at `instant`.
    public func nextReturn(after instant: Instant) -> Instant? {
      absences.lazy.filter { $0.from <= instant && instant < $0.until }.map(\.until).min()
    }
  }

  /// The index in `Rulebook.tables`.
  public var table: Int
  /// Which outputs of the table are the team and the assignee.
  public var teamOutput: Int
  public var assigneeOutput: Int?
  public var teams: [Team]

  public init(table: Int, teamOutput: Int, assigneeOutput: Int?, teams: [Team]) {
    self.table = table
    self.teamOutput = teamOutput
    self.assigneeOutput = assigneeOutput
    self.teams = teams
  }
}

/// A regular expression that all of a field's text must match.
public struct FieldPattern: Sendable {
  public var slot: Int
  public var expression: RegularExpression
  /// Where it is one of the rulebook's sets.
  var member: PatternSets.Member?

  public init(slot: Int, expression: RegularExpression) {
    self.slot = slot
    self.expression = expression
  }

  /// The regular expression as rules write it.
  public var expressionText: String { expression.pattern }
}

/// Anything else that must hold where a condition does.
public struct Check: Sendable {
  public var id: String
  public var place: Place
  public var severity: Severity
  public var condition: Condition
  /// The index of the expression that must be true.
  public var expression: Int
  public var message: MessageTemplate?

  public init(
    id: String, place: Place, severity: Severity, condition: Condition, expression: Int,
    message: MessageTemplate?
  ) {
    self.id = id
    self.place = place
    self.severity = severity
    self.condition = condition
    self.expression = expression
    self.message = message
  }
}

/// Fields that a ticket must have where a condition holds.
public struct Requirement: Sendable {
  public var id: String
  public var place: Place
  public var severity: Severity
  public var condition: Condition
  public var slots: [Int]
  public var message: MessageTemplate?

  public init(
    id: String, place: Place, severity: Severity, condition: Condition, slots: [Int],
    message: MessageTemplate?
  ) {
    self.id = id
    self.place = place
    self.severity = severity
    self.condition = condition
    self.slots = slots
    self.message = message
  }
}

extension RoutingDecision {
  /// Whom `row` names, else the first member of its team where the team assigns the first.
  public func assignee(of row: DecisionTable.Row) -> OutputValue {
    if let assigneeOutput, row.outputs[assigneeOutput] != .absent { return row.outputs[assigneeOutput] }
    guard case .choice(_, let name) = row.outputs[teamOutput],
      let team = teams.first(where: { $0.name == name }),
      case .first = team.assignment, let first = team.members.first
    else { return .absent }
    return .text(first, symbol: 0)
  }
}
