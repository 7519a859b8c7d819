import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel
import WorkingTime

/// `windows`: what starts, stops and pauses them, and how long they last.
extension RulebookCompiler {
  mutating func compileWindow(_ declaration: WindowDeclaration) -> ResponseWindow? {
    let condition = compileCondition(declaration.condition, of: declaration.id.value)
    let start = declaration.start.map { compileBoundary($0, of: declaration.id.value) } ?? nil
    let stop = declaration.stop.map { compileBoundary($0, of: declaration.id.value) } ?? nil
    let pause = declaration.pause.map { compileCondition($0, of: declaration.id.value, overHistory: true) }
    let cancel = declaration.cancel.map { compileCondition($0, of: declaration.id.value, overHistory: true) }
    let calendar = declaration.calendar.map { calendarIndex($0) } ?? nil
    let target = declaration.target.map { compileTarget($0, of: declaration) } ?? nil
    let warnings = declaration.warnings.compactMap { compileLevel($0, of: declaration) }
    let escalations = declaration.escalations.compactMap { compileEscalation($0, of: declaration) }
    guard let condition, let start, let stop, let target else { return nil }
    return ResponseWindow(
      id: declaration.id.value, place: declaration.id.place, label: declaration.label ?? LocalizedText(),
      condition: condition, start: start, stop: stop, pause: pause ?? nil, cancel: cancel ?? nil,
      target: target, calendar: calendar, reopening: declaration.onReopen.reopening,
      targetChange: declaration.onTargetChange.compiled, warnings: warnings, escalations: escalations)
  }

  private mutating func compileBoundary(
    _ declaration: BoundaryDeclaration, of owner: String
  ) -> ResponseWindow.Boundary? {
    switch declaration {
    case .condition(let condition):
      return compileCondition(condition, of: owner, overHistory: true).map { .reached($0) }
    case .field(let name):
      guard let own = scope.field(name.value) else {
        report(.unknownName(name, scope.fieldNames))
        return nil
      }
      if own.field.type.isInstant { return .instant(slot: own.slot) }
      report(.boundaryIsNoInstant(name, own.field.type))
      return nil
    }
  }

  // MARK: Target

  private mutating func compileTarget(
    _ declaration: TargetDeclaration, of window: WindowDeclaration
  ) -> ResponseWindow.Target? {
    switch declaration {
    case .duration(let text):
      return duration(text, of: window).map { .fixed($0) }
    case .byValue(let durations):
      return compileTarget(durations, of: window).map { .decided($0) }
    case .table(let table):
      let context = targetContext(of: window)
      guard let compiled = compileTable(table, context) else { return nil }
      checkCalendar(of: compiled, window)
      return .decided(compiled)
    }
  }

  private func targetContext(of window: WindowDeclaration) -> TableContext {
    TableContext(
      name: "windows.\(window.id.value).target",
      outputs: [DecisionTable.Output(name: "target", type: .duration, slot: nil)], mandatory: ["target"],
      isTarget: true)
  }

  /// `{by: priority, high: 4 hours}` is a table with one input and a row for each value.
  private mutating func compileTarget(
    _ durations: DurationsByValue, of window: WindowDeclaration
  ) -> DecisionTable? {
    guard let entry = entry(durations.input) else { return nil }
    var rows = [DecisionTable.Row]()
    var isSound = true
    for item in durations.durations {
      guard let set = set(Cell(.literal(item.value), at: item.value.place), entry),
        let target = duration(item.duration, of: window)
      else {
        isSound = false
        continue
      }
      let cell = DecisionTable.Cell(input: 0, set: set, text: item.value.value, place: item.value.place)
      rows.append(
        DecisionTable.Row(
          id: item.value.value, place: item.value.place, cells: [cell], outputs: [.duration(target)]))
    }
    var otherwise: DecisionTable.Row?
    if let text = durations.otherwise, let target = duration(text, of: window) {
      otherwise = DecisionTable.Row(
        id: "otherwise", place: text.place, cells: [], outputs: [.duration(target)])
    }
    if !isSound { return nil }
    if durations.otherwise == nil { checkAllValues(durations, entry, of: window) }
    let input = DecisionTable.Input(
      name: durations.input.value, slot: entry.slot, type: entry.type, domain: entry.type.domain,
      at: durations.input.place)
    return DecisionTable(
      name: targetContext(of: window).name, place: durations.input.place, hit: .first, inputs: [input],
      outputs: targetContext(of: window).outputs, rows: rows, otherwise: otherwise)
  }

  private mutating func checkAllValues(
    _ durations: DurationsByValue, _ entry: Scope.Entry, of window: WindowDeclaration
  ) {
    let missing: [String]
    switch entry.type {
    case .choice(let domain):
      let given = Set(durations.durations.compactMap { domain.index(of: $0.value.value) })
      missing = domain.keys.indices.filter { !given.contains($0) }.map { domain.keys[$0] }
    case .boolean:
      missing = ["true", "false"].filter { value in !durations.durations.contains { $0.value.value == value }
      }
    default:
      report(.targetWithoutOtherwise(durations.input))
      return
    }
    if !missing.isEmpty { report(.targetMissesValues(durations.input, missing)) }
  }

  /// A duration that the window can count: working time needs a calendar.
  mutating func duration(
    _ text: Located<String>, of window: WindowDeclaration
  ) -> TargetDuration? {
    guard let duration = duration(text) else { return nil }
    if duration.needsCalendar, window.calendar == nil {
      report(.workingTimeWithoutCalendar(text, window.id.value, calendars.names))
      return nil
    }
    return duration
  }

  private mutating func checkCalendar(of table: DecisionTable, _ window: WindowDeclaration) {
    if window.calendar != nil { return }
    for row in table.rows + [table.otherwise].compactMap({ $0 }) {
      if case .duration(let target)? = row.outputs.first, target.needsCalendar {
        report(
          .workingTimeWithoutCalendar(Located(target.text, at: row.place), window.id.value, calendars.names))
      }
    }
  }
}

extension Located<ReopenPolicy>? {
  fileprivate var reopening: Transition.Reopening {
    switch self?.value {
    case .resume, nil: .resume
    case .restart: .restart
    case .keep: .keep
    }
  }
}

extension Located<TargetChangePolicy>? {
  fileprivate var compiled: ResponseWindow.TargetChange {
    switch self?.value {
    case .fromStart, nil: .fromStart
    case .fromChange: .fromChange
    case .keep: .keep
    }
  }
}
