import PluginAPI
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that turns a page of records into a part of a forecast: decodes, evaluates, looks at the windows.
struct PageForecast: Sendable {
  let rulebook: Rulebook
  let now: Instant
  let end: Instant
  let language: Language
  /// The ticket's own fields, which come before what the rules decide.
  private let teamSlot: Int?
  private let assigneeSlot: Int?

  init(_ rulebook: Rulebook, from now: Instant, until end: Instant, language: String) {
    (self.rulebook, self.now, self.end) = (rulebook, now, end)
    self.language = Language(tag: language)
    teamSlot = rulebook.schema.slot(of: "team")
    assigneeSlot = rulebook.schema.slot(of: "assignee")
  }

  func forecast(_ page: TicketPage) -> Forecast {
    var part = Forecast()
    var decoder = TicketDecoder(layout: rulebook.layout)
    var evaluator = Evaluator(rulebook)
    var ticket = Ticket()
    var decision = Decision()
    for flaw in page.malformed { part.add(unreadable: flaw.message, at: page.place(ofLine: flaw.line)) }
    for record in page.records {
      do {
        try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
      } catch {
        let line = record.line == 0 ? 0 : record.line + error.line - 1
        part.add(unreadable: RecordText.message(of: error, language), at: page.place(ofLine: line))
        continue
      }
      evaluator.evaluate(ticket, at: now, into: &decision)
      part.tickets += 1
      look(at: decision, of: ticket, page.place(ofLine: record.line), into: &part)
    }
    return part
  }

  private func look(
    at decision: borrowing Decision, of ticket: borrowing Ticket, _ place: @autoclosure () -> String,
    into part: inout Forecast
  ) {
    for index in decision.windows.indices {
      let reading = decision.windows[index]
      // A waiver that ends before the forecast does leaves the window as late as any.
      let isWaived = decision.waiver(of: .window(reading.window), in: rulebook, until: end) >= 0
      switch reading.state {
      case .notStarted, .met, .cancelled: continue
      case _ where isWaived:
        if reading.isAhead(of: end) { part.update(team(of: decision, ticket)) { $0.waived += 1 } }
      case .paused: part.update(team(of: decision, ticket)) { $0.waits += 1 }
      case .breached where reading.stoppedAt == nil:
        part.update(team(of: decision, ticket)) { $0.late += 1 }
      case .running, .warned:
        guard let due = reading.dueAt, due < end else { continue }
        let breach = Forecast.Breach(
          ticket: rulebook.id(of: ticket) ?? place(), window: reading.window, dueAt: due,
          remaining: reading.remaining ?? 0, countsWorkingTime: reading.countsWorkingTime,
          assignee: own(assigneeSlot, of: ticket) ?? rulebook.route(of: decision)?.assignee)
        part.update(team(of: decision, ticket)) { $0.breaches.append(breach) }
      case .breached: continue
      }
    }
  }

  private func team(of decision: borrowing Decision, _ ticket: borrowing Ticket) -> String? {
    own(teamSlot, of: ticket) ?? rulebook.route(of: decision)?.team?.name
  }

  private func own(_ slot: Int?, of ticket: borrowing Ticket) -> String? {
    guard let slot else { return nil }
    let value = ticket.value(of: slot, at: now)
    if value.kind == .absent || value.kind == .invalid { return nil }
    return rulebook.schema.fields[slot].isMasked ? "***" : rulebook.text(of: value, inSlot: slot, ticket)
  }
}

extension WindowReading {
  /// Whether a forecast has something to say of it.
  fileprivate func isAhead(of end: Instant) -> Bool {
    switch state {
    case .paused: true
    case .breached: stoppedAt == nil
    case .running, .warned: dueAt.map { $0 < end } ?? false
    case .notStarted, .met, .cancelled: false
    }
  }
}
