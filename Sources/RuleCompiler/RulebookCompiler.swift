public import Diagnostics
import Expressions
public import RuleEvaluator
import RuleSyntax
import TicketModel
public import WorkingTime

/// Compiles the files of a rulebook, and reports everything that is wrong with them.
///
/// Pure: whoever calls it reads the files. Each section of the language is compiled by an extension in a file of its
/// own; what could not be compiled was reported and is left out, so that one mistake hides no other.
public struct RulebookCompiler {
  /// What came of it: a rulebook where there is no error, and all messages.
  public struct Compilation: Sendable {
    public var rulebook: Rulebook?
    public var diagnostics: [Diagnostic]
    /// The files that rules name, such as CSV tables, for quoting.
    public var resources: [SourceText]
    /// The index in the rulebook's expressions of the one that was tried.
    public var trial: Int?
  }

  let files: [SourceText]
  let readResource: (String) -> SourceText?
  let findTimeZone: (String) -> TimeZoneRules?
  let today: CivilDate?
  let honoringWaivers: Bool

  var diagnostics: [Diagnostic] = []
  var resources: [SourceText] = []
  var scope = Scope()
  var symbols = Symbols()
  var calendars = NamedList<WorkingCalendar>()
  var ids: [String: Place] = [:]
  var expressions: [RuleExpression] = []
  var environments: [EnvironmentKey: Environment] = [:]
  var timeZone = TimeZoneRules.utc

  /// - Parameters:
  ///   - files: the rule files in path order, their paths relative to the rulebook's folder.
  ///   - resource: reads another file of the folder by its relative path; nil where there is none.
  ///   - timeZone: the rules of an IANA time zone; nil for an unknown one.
  ///   - today: the day from which on calendars must have holidays; nil not to ask.
  ///   - honoringWaivers: false to leave waivers out of the rulebook; they are checked all the same, and its identity stays.
  public init(
    files: [SourceText], resource: @escaping (String) -> SourceText?,
    timeZone: @escaping (String) -> TimeZoneRules?, today: CivilDate? = nil, honoringWaivers: Bool = true
  ) {
    self.files = files
    readResource = resource
    findTimeZone = timeZone
    self.today = today
    self.honoringWaivers = honoringWaivers
  }

  /// Compiles everything. O(size of the files), but for the proof that a table without `otherwise` is complete.
  ///
  /// - Parameter expression: an expression to be tried out with the rulebook: of any type, checked like those of rules.
  ///   Its problems stand in a file of its path.
  public consuming func compile(trying expression: SourceText? = nil) -> Compilation {
    var compiler = self
    var trial: Int?
    let rulebook = compiler.rulebook(trying: expression, &trial)
    let isSound = !compiler.diagnostics.containsErrors
    return Compilation(
      rulebook: isSound ? rulebook : nil, diagnostics: compiler.diagnostics, resources: compiler.resources,
      trial: trial)
  }

  mutating func rulebook(trying expression: SourceText?, _ trial: inout Int?) -> Rulebook? {
    let (declaration, problems) = RulebookSyntax.parse(files: files)
    let holidayFiles = declaration.holidayFiles
    // A holiday file stands in the folder like a rule file; that it is none is no mistake.
    diagnostics += problems.filter { !holidayFiles.contains($0.place?.file ?? "") }
    if declaration.isEmpty, !diagnostics.containsErrors { report(.noRules(files)) }

    ids = declaration.ids
    timeZone = zone(declaration.timeZone) ?? .utc
    let schema = compileSchema(declaration.fields)
    scope = Scope(schema)
    compileCalendars(declaration.calendars)
    let tables = compileTables(of: declaration)
    let windows = declaration.windows.compactMap { compileWindow($0) }
    var requirements = compileRequirements(declaration.requiredFields, schema)
    let checks = declaration.checks.compactMap { compileCheck($0) }
    let workflow = declaration.workflow.flatMap { compileWorkflow($0, declaration.checks, checks) }
    let reviews = compileReviews(declaration.reviews, workflow, &requirements)
    let notifications = declaration.notifications.compactMap { compileNotification($0) }
    let rules = WaivableRules(
      declaration, schema, windows, requirements, checks, workflow, reviews, tables.tables, ids)
    let waivers = declaration.waivers.compactMap { compileWaiver($0, rules) }
    let patterns = compilePatterns(declaration.fields)
    if diagnostics.containsErrors { return nil }
    if let expression {
      trial = compileTrial(expression)
      if trial == nil { return nil }
    }

    return Rulebook(
      Rulebook.Parts(
        name: declaration.name?.value ?? "rulebook", title: declaration.title ?? LocalizedText(),
        language: declaration.language?.value ?? "en",
        identity: "\(declaration.name?.value ?? "rulebook")@\(digest(of: files + resources))",
        timeZone: timeZone, schema: schema,
        layout: TicketLayout(
          schema: schema, symbols: symbols.tables(forSlotsBelow: schema.fields.count),
          tracksHistory: true, localZone: timeZone),
        calendars: calendars.values, tables: tables.tables, priority: tables.priority,
        routing: tables.routing, windows: windows, requirements: requirements, checks: checks,
        notifications: notifications, expressions: expressions, patterns: patterns, nowSlot: scope.nowSlot,
        slotCount: scope.slotCount, workflow: workflow, reviews: reviews,
        waivers: honoringWaivers ? waivers : []))
  }

  /// The zone of that name; reported where the tz database has none.
  mutating func zone(_ name: Located<String>?) -> TimeZoneRules? {
    guard let name else { return nil }
    if let rules = findTimeZone(name.value) { return rules }
    report(.unknownTimeZone(name))
    return nil
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// A file that a rule names, by its path relative to the file that names it.
  mutating func resource(_ path: Located<String>) -> SourceText? {
    let folder = path.place.file.split(separator: "/").dropLast().joined(separator: "/")
    let name = folder.isEmpty ? path.value : "\(folder)/\(path.value)"
    let isInside = !path.value.hasPrefix("/") && !path.value.split(separator: "/").contains("..")
    guard isInside, let source = readResource(name) else {
      report(.missingFile(path, isInside: isInside))
      return nil
    }
    resources.append(source)
    return source
  }
}

extension RulebookDeclaration {
  fileprivate var isEmpty: Bool {
    fields.isEmpty && tables.isEmpty && priorities == nil && routing == nil && windows.isEmpty
      && requiredFields.isEmpty && checks.isEmpty && workflow == nil && reviews.isEmpty
  }

  /// The paths of the holiday files that calendars name, relative to the rulebook's folder.
  fileprivate var holidayFiles: Set<String> {
    Set(
      calendars.flatMap(\.holidays).compactMap { holiday in
        guard case .file(let path) = holiday else { return nil }
        let folder = path.place.file.split(separator: "/").dropLast().joined(separator: "/")
        return folder.isEmpty ? path.value : "\(folder)/\(path.value)"
      })
  }
}
