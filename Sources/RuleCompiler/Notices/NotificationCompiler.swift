import Diagnostics
import RuleEvaluator
import RuleSyntax
import TicketModel
import WorkingTime

/// `notifications`: who is told of what.
extension RulebookCompiler {
  mutating func compileNotification(_ declaration: NotificationDeclaration) -> Notification? {
    let events = Set(declaration.events.compactMap { Notice.Event(rawValue: $0.value.rawValue) })
    // Of a change of status it is asked at that instant, at which only the ticket's own fields are known.
    let condition = compileCondition(
      declaration.condition, of: declaration.id.value, overHistory: events.contains(.statusChanged))
    if events.contains(.statusChanged), events.count > 1, let first = declaration.events.first {
      report(.statusWithOthers(first))
    }
    let recipients = declaration.recipients.compactMap { compileRecipient($0) }
    let timing = compileTiming(of: declaration)
    let grouping = compileGrouping(of: declaration, events)
    let period = declaration.repeatEvery.map { compilePeriod($0) } ?? nil
    if let written = declaration.repeatEvery, events.isDisjoint(with: Notice.Event.repeatable) {
      report(.nothingToRepeat(written))
    }
    let message = compileMessage(declaration.message, filling: NoticePlaceholder.filled(by: events))
    guard let condition, let timing, !events.isEmpty else { return nil }
    return Notification(
      id: declaration.id.value, place: declaration.place, events: events, condition: condition,
      recipients: recipients, via: declaration.via.isEmpty ? nil : declaration.via.map(\.value),
      timing: timing, grouping: grouping, repeatEvery: period, message: message)
  }

  /// The calendar that is named, else the only one that there is.
  private mutating func compileTiming(of declaration: NotificationDeclaration) -> Notification.Timing? {
    guard let deliver = declaration.deliver, deliver.value == .workingTime else {
      if let calendar = declaration.calendar { report(.calendarWithoutWorkingTime(calendar)) }
      return .now
    }
    if let calendar = declaration.calendar {
      return calendarIndex(calendar).map { .workingTime(calendar: $0) }
    }
    if calendars.values.count == 1 { return .workingTime(calendar: 0) }
    report(.whichCalendar(deliver.place, declaration.id.value, calendars.names))
    return nil
  }

  private mutating func compileGrouping(
    of declaration: NotificationDeclaration, _ events: Set<Notice.Event>
  ) -> Notification.Grouping? {
    let wait = declaration.groupWait.map { compilePeriod($0) } ?? nil
    let keys = declaration.groupBy.compactMap { compileGroupingKey($0, events) }
    if declaration.groupBy.isEmpty {
      if let wait = declaration.groupWait { report(.waitWithoutGroup(wait)) }
      return nil
    }
    return Notification.Grouping(keys: keys, wait: wait ?? 0)
  }

  private mutating func compileGroupingKey(
    _ name: Located<String>, _ events: Set<Notice.Event>
  ) -> Notification.Grouping.Key? {
    switch name.value {
    case "team": return .team
    case "assignee": return .assignee
    case "window":
      if !events.contains(where: \.isAboutWindow) { report(.groupWithoutWindow(name)) }
      return .window
    case "rule": return .rule
    default: break
    }
    guard let own = scope.field(name.value) else {
      report(.unknownName(name, scope.fieldNames + ["team", "assignee", "window", "rule"]))
      return nil
    }
    if own.field.isMasked {
      report(.maskedGroup(name))
      return nil
    }
    return .field(slot: own.slot)
  }

  /// Elapsed time of at least a second.
  private mutating func compilePeriod(_ text: Located<String>) -> Int64? {
    guard let duration = duration(text) else { return nil }
    if case .elapsed(let milliseconds) = duration, milliseconds >= 1000 { return milliseconds }
    report(.notAPeriod(text))
    return nil
  }
}

extension Notice.Event {
  /// What goes on until somebody acts.
  static let repeatable: Set<Notice.Event> = [.breached, .escalation]

  fileprivate var isAboutWindow: Bool {
    switch self {
    case .warning, .breached, .escalation: true
    case .statusChanged, .finding, .review: false
    }
  }
}

extension NoticePlaceholder {
  /// What a message about any of `events` can say.
  static func filled(by events: Set<Notice.Event>) -> Set<NoticePlaceholder> {
    let aboutWindows = events.allSatisfy(\.isAboutWindow)
    return Set(allCases.filter { aboutWindows || !$0.needsWindow })
  }
}
