public import Diagnostics

/// A decision table: `priorities`, `routing`, one of `tables`, or a window's target.
public struct DecisionTableDeclaration: Hashable, Sendable {
  /// The key under which the table stands, such as `priorities`, `exposure`, or the window's id.
  public var name: Located<String>
  /// Nil after an error.
  public var hit: Located<HitPolicy>?
  public var inputs: [InputDeclaration] = []
  /// At least one, except after an error.
  public var outputs: [OutputDeclaration] = []
  public var rows: Rows = .inline([])
  /// What holds where no row does; nil where it was not written.
  public var otherwise: Located<[OutputValueDeclaration]>?

  public init(name: Located<String>) { self.name = name }

  public enum Rows: Hashable, Sendable {
    case inline([RowDeclaration])
    /// The path of a CSV file, relative to the file that names it; see `CSVTableSyntax`.
    case file(Located<String>)
  }
}

/// Which rows count where several hold (DMN 1.5, section 8.2.8).
public enum HitPolicy: Hashable, Sendable {
  case unique, any, first, priority, ruleOrder, outputOrder
  /// All rows, as a list in no set order, or folded to one value.
  case collect(Aggregator?)

  public enum Aggregator: String, Hashable, CaseIterable, Sendable {
    case sum, min, max, count
  }
}

/// A column that rows ask about.
public struct InputDeclaration: Hashable, Sendable {
  /// The name of a field or of another table's output, or the name of `expression`.
  public var name: Located<String>
  public var expression: Located<String>?

  public init(name: Located<String>, expression: Located<String>? = nil) {
    self.name = name
    self.expression = expression
  }
}

/// A column that rows answer.
public struct OutputDeclaration: Hashable, Sendable {
  public var name: Located<String>
  /// Nil where it follows from the section or the field of that name. A choice lists its values, the one that
  /// `priority` and `output-order` prefer first.
  public var type: Located<TypeDeclaration>?

  public init(name: Located<String>, type: Located<TypeDeclaration>? = nil) {
    self.name = name
    self.type = type
  }
}

/// One row.
public struct RowDeclaration: Hashable, Sendable {
  public var id: Located<String>
  /// Inputs that are left out hold for any value.
  public var condition: ConditionDeclaration
  public var outputs: [OutputValueDeclaration]
  public var place: Place

  public init(
    id: Located<String>, condition: ConditionDeclaration, outputs: [OutputValueDeclaration], place: Place
  ) {
    self.id = id
    self.condition = condition
    self.outputs = outputs
    self.place = place
  }
}

/// What a row or a `when:` map asks: every cell and the expression hold.
public struct ConditionDeclaration: Hashable, Sendable {
  public var cells: [InputCellDeclaration] = []
  /// CEL, beside the cells.
  public var expression: Located<String>?
  public var place: Place

  public init(place: Place) { self.place = place }
}

/// A cell and the input that it is about.
public struct InputCellDeclaration: Hashable, Sendable {
  /// In a row the name of an input; in a `when:` map that of a field or of a table's output.
  public var input: Located<String>
  public var cell: Cell

  public init(input: Located<String>, cell: Cell) {
    self.input = input
    self.cell = cell
  }
}

/// What a row gives one output.
public struct OutputValueDeclaration: Hashable, Sendable {
  public var name: Located<String>
  public var value: Value

  public init(name: Located<String>, value: Value) {
    self.name = name
    self.value = value
  }

  /// Texts in the notation of the output's type.
  public enum Value: Hashable, Sendable {
    case scalar(Located<String>)
    case list(Located<[Located<String>]>)
  }
}

/// How a ticket's priority is decided.
public struct PrioritiesDeclaration: Hashable, Sendable {
  /// The field that may hold the ticket's own priority, with which the decision is compared.
  public var field: Located<String>?
  /// The most pressing first.
  public var levels: [Located<String>]
  /// Its output is `priority`.
  public var table: DecisionTableDeclaration

  public init(field: Located<String>?, levels: [Located<String>], table: DecisionTableDeclaration) {
    self.field = field
    self.levels = levels
    self.table = table
  }
}

/// Who gets a ticket.
public struct RoutingDeclaration: Hashable, Sendable {
  public var table: DecisionTableDeclaration
  public var teams: [TeamDeclaration]

  public init(table: DecisionTableDeclaration, teams: [TeamDeclaration]) {
    self.table = table
    self.teams = teams
  }
}

/// People that tickets are routed to.
public struct TeamDeclaration: Hashable, Sendable {
  public var name: Located<String>
  public var label: LocalizedText?
  public var lead: Located<String>?
  public var members: [Located<String>] = []
  /// Nil where it was not written.
  public var assign: Located<AssignPolicy>?
  /// When members get no tickets.
  public var away: [AbsenceDeclaration] = []

  public init(name: Located<String>) { self.name = name }
}

/// Days on which a member of a team gets no tickets.
public struct AbsenceDeclaration: Hashable, Sendable {
  public var member: Located<String>
  public var days: Located<DateRange>

  public init(member: Located<String>, days: Located<DateRange>) {
    self.member = member
    self.days = days
  }
}

/// How a team picks the member who gets a ticket.
public enum AssignPolicy: String, Hashable, CaseIterable, Sendable {
  case none, first
  case roundRobin = "round-robin"
  case leastLoaded = "least-loaded"
}
