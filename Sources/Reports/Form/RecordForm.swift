import Diagnostics
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// Fills in the record form of one ticket: all declared fields by section, and what the rules say.
///
/// Of the history it shows when and what, and not who.
public struct RecordForm: Sendable {
  private let rulebook: Rulebook
  private let tag: String
  private let words: FormWords
  private let values: FormValues
  private let findings: FindingText

  public init(_ rulebook: Rulebook, language tag: String) {
    self.rulebook = rulebook
    self.tag = tag
    words = FormWords(language: Language(tag: tag))
    values = FormValues(rulebook: rulebook, tag: tag, words: words)
    findings = FindingText(rulebook, language: tag)
  }

  /// The form as of `now`.
  ///
  /// - Parameter id: how the ticket is named in the title.
  public func form(of ticket: borrowing Ticket, id: String, at now: Instant) -> Form {
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    evaluator.evaluate(ticket, at: now, into: &decision)
    var parts = sections(of: ticket, at: now)
    if rulebook.priority != nil || rulebook.routing != nil { parts.append(decisions(decision)) }
    if !decision.windows.isEmpty { parts.append(windows(decision)) }
    parts.append(findings(decision, ticket))
    if let history = history(of: ticket, until: now) { parts.append(history) }
    return Form(
      language: tag, title: words.title(rulebook.title.text(in: tag) ?? rulebook.name, id),
      origin: words.origin(text(now), rulebook.identity), parts: parts)
  }

  private func text(_ instant: Instant) -> String { instant.text(in: rulebook.timeZone) }

  // MARK: Fields

  private func sections(of ticket: borrowing Ticket, at now: Instant) -> [Form.Part] {
    var parts = [Form.Part]()
    var rows = [Form.Row]()
    var title = words.record
    func end() {
      if !rows.isEmpty { parts.append(Form.Part(title: title, content: .rows(rows))) }
      rows = []
    }
    for slot in rulebook.schema.fields.indices {
      let field = rulebook.schema.fields[slot]
      if let section = field.section {
        end()
        title = section.text(in: tag) ?? words.record
      }
      let value = values.value(ofSlot: slot, ticket.value(of: slot, at: now), in: ticket)
      rows.append(Form.Row(label: findings.label(ofSlot: slot), value: value))
    }
    end()
    return parts
  }

  // MARK: What the rules say

  private func decisions(_ decision: borrowing Decision) -> Form.Part {
    var rows = [Form.Row]()
    if let priority = rulebook.priority {
      let outcome = decision.outcomes[priority.table]
      let level = priority.level(outcome, in: rulebook).map { label(ofLevel: priority.levels[$0]) }
      let row = rulebook.tables[priority.table].rowName(of: outcome)
      rows.append(Form.Row(label: words.priority, value: .init(level.map { words.byRow($0, row) })))
    }
    if let routing = rulebook.routing {
      let route = rulebook.route(of: decision)
      let row = rulebook.tables[routing.table].rowName(of: decision.outcomes[routing.table])
      let team = route?.team.map { words.byRow($0.label.text(in: tag) ?? $0.name, row) }
      rows.append(Form.Row(label: words.team, value: .init(team)))
      rows.append(Form.Row(label: words.assignee, value: .init(route?.assignee)))
    }
    return Form.Part(title: words.decisions, content: .rows(rows))
  }

  /// The level as the ticket's own field of priorities labels it.
  private func label(ofLevel level: String) -> String {
    guard let slot = rulebook.priority?.recorded?.slot,
      case .choice(let domain) = rulebook.schema.fields[slot].type, let index = domain.index(of: level)
    else { return level }
    return domain.choices[index].label.text(in: tag) ?? level
  }

  private func windows(_ decision: borrowing Decision) -> Form.Part {
    let rows = decision.windows.map { reading in
      [
        rulebook.windows[reading.window].label.text(in: tag) ?? rulebook.windows[reading.window].id,
        reading.stateText(words.language), reading.startedAt.map(text) ?? "",
        reading.dueAt.map(text) ?? "", reading.stoppedAt.map(text) ?? "",
        reading.remainingText(words.language) ?? "",
      ]
    }
    return Form.Part(
      title: words.windows, content: .table(Form.Table(header: words.windowHeader, rows: rows)))
  }

  private func findings(_ decision: borrowing Decision, _ ticket: borrowing Ticket) -> Form.Part {
    if decision.findings.isEmpty { return Form.Part(title: words.findings, content: .note(words.noFindings)) }
    var rows = [[String]]()
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      let reference = rulebook.reference(of: finding, ticket.problems)
      let message = findings.message(of: finding, of: ticket, decision)
      rows.append([
        finding.isWaived ? words.waived : words.severity(reference.severity.rawValue), reference.rule,
        finding.isWaived ? words.noting(findings.waiverNote(finding.waiver), after: message) : message,
      ])
    }
    return Form.Part(
      title: words.findings, content: .table(Form.Table(header: words.findingHeader, rows: rows)))
  }

  // MARK: History

  /// What changed until `now`; nil where the ticket has no history.
  private func history(of ticket: borrowing Ticket, until now: Instant) -> Form.Part? {
    var rows = [[String]]()
    for index in ticket.events.indices where ticket.events[index].at <= now {
      let event = ticket.events[index]
      var changes = [String]()
      for change in event.changes {
        let (slot, value) = (ticket.changes[change].slot, ticket.changes[change].value)
        changes.append(
          words.change(findings.label(ofSlot: slot), values.line(ofSlot: slot, value, in: ticket)))
      }
      rows.append([text(event.at), changes.joined(separator: words.changeSeparator)])
    }
    if rows.isEmpty { return nil }
    return Form.Part(
      title: words.history, content: .table(Form.Table(header: words.historyHeader, rows: rows)))
  }
}

extension Form.Value {
  fileprivate init(_ text: String?) { self = text.map { .text($0) } ?? .blank }
}
