import Diagnostics
public import RuleEvaluator
public import TicketModel
public import WorkingTime

/// What would change if a ticket had other values: before and after side by side, and what nearly applies then.
public struct AssumptionText: Sendable {
  private let explanation: ExplanationText
  private let rulebook: Rulebook
  private let words: ExplanationWords

  public init(_ rulebook: Rulebook, language: String) {
    explanation = ExplanationText(rulebook, language: language)
    self.rulebook = rulebook
    words = explanation.words
  }

  /// The decision about a ticket, with all that is said of it.
  private struct Side {
    /// Of each table, the route's assignee and each window, in this order.
    var facts: [String]
    var findings: [String]
    var notices: [String]
  }

  /// The whole text, ending in a newline.
  ///
  /// - Parameters:
  ///   - changed: the ticket with the assumed values.
  ///   - slots: the fields that were changed.
  public func text(
    about ticket: borrowing Ticket, changedTo changed: borrowing Ticket, in slots: [Int], at now: Instant,
    source: String
  ) -> String {
    let (before, after) = (side(ticket, at: now, source), side(changed, at: now, source))
    let changes = slots.map { change(of: $0, in: changed) }.joined(separator: words.outputSeparator)
    var lines = explanation.head(of: ticket, at: now, source) + [words.assumption(changes), ""]
    let rows = comparison(before, after)
    let differences =
      difference(words.gained, after.findings, without: before.findings)
      + difference(words.lost, before.findings, without: after.findings)
      + difference(words.noticesGained, after.notices, without: before.notices)
      + difference(words.noticesLost, before.notices, without: after.notices)
    lines += rows.isEmpty && differences.isEmpty ? [words.nothingChanges] : rows + differences
    var evaluator = Evaluator(rulebook)
    lines += explanation.nearMissLines(evaluator.nearMisses(changed, at: now))
    return ExplanationText.joined(lines)
  }

  private func change(of slot: Int, in ticket: borrowing Ticket) -> String {
    let field = rulebook.schema.fields[slot]
    let value = rulebook.text(of: ticket.slots[slot], inSlot: slot, ticket)
    let isShown = !field.isMasked || ticket.slots[slot].kind == .absent
    let cells = explanation.cells
    return words.change(cells.label(ofSlot: slot), isShown ? cells.value(value, inSlot: slot) : "***")
  }

  private func side(_ ticket: borrowing Ticket, at now: Instant, _ source: String) -> Side {
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    evaluator.evaluate(ticket, at: now, into: &decision)
    var facts = rulebook.tables.indices.map { table in
      explanation.result(of: rulebook.tables[table], decision.outcomes[table], decision)
    }
    for window in rulebook.windows.indices {
      facts.append(decision.reading(ofWindow: window).map { text($0) } ?? words.none)
    }
    var findings = [String]()
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      let line = explanation.findingLine(finding, of: decision, ticket, source)
      findings.append(
        finding.isWaived ? words.waived(line, explanation.findings.waiverNote(finding.waiver)) : line)
    }
    return Side(
      facts: facts, findings: findings, notices: decision.notices.map { explanation.noticeLine($0) })
  }

  private func text(_ reading: WindowReading) -> String {
    words.windowState(reading, due: reading.dueAt.map { $0.text(in: rulebook.timeZone) })
  }

  // MARK: Side by side

  private func comparison(_ before: Side, _ after: Side) -> [String] {
    let names = rulebook.tables.map(\.name) + rulebook.windows.map { words.window($0.id) }
    var rows = [["", words.before, words.after]]
    for (index, name) in names.enumerated() where before.facts[index] != after.facts[index] {
      rows.append([name, before.facts[index], after.facts[index]])
    }
    return rows.count == 1 ? [] : aligned(rows)
  }

  /// Columns as wide as their widest cell.
  private func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { columnWidth(of: $0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - columnWidth(of: cell))
      }
      return cells.joined(separator: "  ")
    }
  }

  /// The lines that stand in one list more often than in the other.
  private func difference(_ title: String, _ lines: [String], without others: [String]) -> [String] {
    var rest = others
    let only = lines.filter { line in
      guard let index = rest.firstIndex(of: line) else { return true }
      rest.remove(at: index)
      return false
    }
    return only.isEmpty ? [] : ["", title] + only.map { "  " + $0 }
  }
}
