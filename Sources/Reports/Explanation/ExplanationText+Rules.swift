import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// What applied, and what nearly did.
extension ExplanationText {
  // MARK: Findings

  /// Requirements and checks whose cells hold, but whose expression does not.
  func rulesThatDoNotApply(_ trace: Trace) -> [String] {
    func lines(_ trials: [Trace.RowTrial], _ names: [(id: String, place: Place)]) -> [String] {
      trials.flatMap { trial -> [String] in
        guard case .expression(let expression)? = trial.failure else { return [] }
        let (id, place) = names[trial.row]
        return ["  " + words.failed(named(id, place), words.notTrue(expression.text))]
          + self.lines(of: expression, indent: 6)
      }
    }
    return lines(trace.requirements, rulebook.requirements.map { ($0.id, $0.place) })
      + lines(trace.checkConditions, rulebook.checks.map { ($0.id, $0.place) })
  }

  func explainFindings(
    of decision: borrowing Decision, _ trace: Trace, _ ticket: borrowing Ticket, _ source: String
  ) -> [String] {
    if decision.findings.isEmpty { return [words.noFindings] }
    var lines = [words.findings]
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      lines.append("  " + findingLine(finding, of: decision, ticket, source))
      if finding.isWaived { lines.append("    " + findings.waiverNoteWithPlace(finding.waiver)) }
      lines += reasonLines(for: finding, trace)
    }
    return lines
  }

  func findingLine(
    _ finding: Finding, of decision: borrowing Decision, _ ticket: borrowing Ticket, _ source: String
  ) -> String {
    let reference = rulebook.reference(of: finding, ticket.problems)
    let rule = words.named(reference.rule, reference.place?.lineReference ?? source)
    return words.finding(
      reference.severity.rawValue, rule, findings.message(of: finding, of: ticket, decision))
  }

  /// What the parts of the expression gave that failed.
  private func reasonLines(for finding: Finding, _ trace: Trace) -> [String] {
    switch finding.kind {
    case .failedCheck:
      guard let expression = trace.failedChecks[finding.rule] else { return [] }
      // Where the rule has no message, the finding tells the condition.
      let head = rulebook.checks[finding.rule].message == nil ? [] : ["    " + words.notTrue(expression.text)]
      return head + lines(of: expression, indent: 6)
    case .failedExpression:
      guard let expression = trace.failedExpressions[finding.rule] else { return [] }
      return ["    " + words.noValue(expression.text)] + lines(of: expression, indent: 6)
    default: return []
    }
  }

  // MARK: Near misses

  /// Nothing where nothing came near.
  func nearMissLines(_ misses: NearMisses) -> [String] {
    var lines = [String]()
    for (table, found) in zip(rulebook.tables, misses.tables) {
      lines += found.map { text($0, in: table) }
    }
    lines += found(misses.windows, rulebook.windows.map { ($0.id, $0.place, $0.condition) })
    lines += found(misses.requirements, rulebook.requirements.map { ($0.id, $0.place, $0.condition) })
    lines += found(misses.checks, rulebook.checks.map { ($0.id, $0.place, $0.condition) })
    lines += found(misses.notifications, rulebook.notifications.map { ($0.id, $0.place, $0.condition) })
    return lines.isEmpty ? [] : ["", words.nearMisses] + lines.map { "  " + $0 }
  }

  private func text(_ miss: NearMiss, in table: DecisionTable) -> String {
    let row = table.rows[miss.rule]
    let name = named(row.id, row.place)
    switch miss.failure {
    case .expression(let trace): return words.missedByExpression(name, trace.text)
    case .cell(let index, let value):
      let cell = row.cells[index]
      let input = table.inputs[cell.input]
      return text(name, slot: input.slot, named: input.name, value, cell.set, cell.text)
    }
  }

  private func found(
    _ misses: [NearMiss], _ rules: [(id: String, place: Place, condition: Condition)]
  ) -> [String] {
    misses.map { miss in
      let rule = rules[miss.rule]
      let name = named(rule.id, rule.place)
      switch miss.failure {
      case .expression(let trace): return words.missedByExpression(name, trace.text)
      case .cell(let index, let value):
        let term = rule.condition.terms[index]
        return text(name, slot: term.slot, named: term.name, value, term.set, term.text)
      }
    }
  }

  private func text(
    _ rule: String, slot: Int, named name: String, _ value: String, _ set: ValueSet, _ written: String
  ) -> String {
    words.missedByCell(
      rule, cells.label(ofSlot: slot, named: name), was: cells.value(value, inSlot: slot),
      wanted: cells.text(set, written: written, slot: slot))
  }

  // MARK: Notices

  /// What fell due, when the next will, and which notifications apply without anything to tell.
  func explainNotices(of decision: borrowing Decision) -> [String] {
    var lines = decision.notices.map { "  " + noticeLine($0) }
    lines.insert(lines.isEmpty ? words.noNotices : words.notices, at: 0)
    if let next = decision.nextNotice { lines.append("  " + words.nextNotice(text(next))) }
    let happened = Set(decision.notices.map(\.event))
    for notice in decision.waivedNotices {
      let waiver = decision.waiver(of: .window(notice.rule), in: rulebook)
      guard waiver >= 0 else { continue }
      lines.append("  " + words.silent(noticeLine(notice), findings.waiverNoteWithPlace(waiver)))
    }
    let hasFindings = decision.findings.contains { !$0.isWaived }
    for index in decision.notifications {
      let notification = rulebook.notifications[index]
      let awaited = notification.events.filter { $0 != .review && $0 != .statusChanged }
      if awaited.isEmpty || !awaited.isDisjoint(with: happened) { continue }
      if hasFindings, awaited.contains(.finding) { continue }
      let events = awaited.map(\.rawValue).sorted().joined(separator: words.outputSeparator)
      lines.append("  " + words.noSuchEvent(named(notification.id, notification.place), events))
    }
    return lines
  }

  func noticeLine(_ notice: Notice) -> String {
    let rule = rulebook.rule(of: notice)
    return words.notice(notice.event.rawValue, named(rule.id, rule.place), text(notice.at))
  }
}
