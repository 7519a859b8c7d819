import ByteOutput
import Diagnostics
import PluginAPI
import Reports
import RuleEvaluator
import TicketModel
import WorkingTime

/// The stage that turns a page of records into decisions: decodes, evaluates, encodes.
///
/// A malformed record becomes a finding with its place, and the rest is still checked.
struct PageEvaluation: Sendable {
  let settings: CheckSettings
  let language: Language
  let json: DecisionJSON
  let text: FindingText
  let findings: FindingDescription

  var rulebook: Rulebook { settings.rulebook }

  init(_ settings: CheckSettings) {
    self.settings = settings
    language = Language(tag: settings.language)
    json = DecisionJSON(settings.rulebook, language: settings.language)
    text = FindingText(settings.rulebook, language: settings.language)
    findings = FindingDescription(settings.rulebook, text, language: settings.language)
  }

  func evaluate(_ page: TicketPage, number: Int) -> EvaluatedPage {
    var result = EvaluatedPage(number: number, source: page.source, fraction: page.fraction)
    result.decisions.reserveCapacity(settings.writesDecisions ? page.buffer.count : 0)
    if settings.tracksPresence { result.presence = Presence(rulebook) }
    var decoder = TicketDecoder(layout: rulebook.layout)
    var evaluator = Evaluator(rulebook)
    var ticket = Ticket()
    var decision = Decision()
    var malformed = page.malformed[...]
    var line = ByteWriter()
    var judgements = [FindingJudgement]()
    for (position, record) in page.records.enumerated() {
      while let flaw = malformed.first, flaw.position <= position {
        report(flaw, of: page, in: &result)
        malformed.removeFirst()
      }
      do {
        try decoder.decode(page.buffer.span.bytes.extracting(record.range), into: &ticket)
      } catch {
        reportUnreadable(error, record, of: page, in: &result)
        continue
      }
      evaluator.evaluate(ticket, at: settings.now, into: &decision)
      judge(decision, of: ticket, into: &judgements)
      if settings.writesDecisions {
        line.removeAll()
        json.write(
          decision, of: ticket,
          isKnown: { settings.baseline != nil && judgements[$0].standing == .known },
          source: { page.place(ofLine: record.line) }, into: &line)
        line.withBytes { result.decisions.append(contentsOf: $0) }
      }
      if !decision.countedReviews.isEmpty {
        let id = rulebook.id(of: ticket) ?? page.place(ofLine: record.line)
        for contribution in evaluator.contributions(of: ticket, decision) {
          result.counted.append(EvaluatedPage.CountedTicket(contribution: contribution, ticket: id))
        }
      }
      result.presence?.note(ticket, decision, at: settings.now)
      pass(on: decision, judgements, of: ticket, record.line, into: &result)
    }
    for flaw in malformed { report(flaw, of: page, in: &result) }
    if result.summary.tickets == 0 { result.presence = nil }
    return result
  }

  /// Whether findings are looked at one by one: for those who read them, and for a baseline.
  private var judgesFindings: Bool { settings.keepsFindings || settings.baseline != nil }

  /// What becomes of each finding; nothing where only their counts are wanted.
  private func judge(
    _ decision: borrowing Decision, of ticket: borrowing Ticket, into judgements: inout [FindingJudgement]
  ) {
    judgements.removeAll(keepingCapacity: true)
    if !judgesFindings || decision.findings.isEmpty { return }
    let id = rulebook.id(of: ticket)
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      judgements.append(settings.judge(finding, rulebook.reference(of: finding, ticket.problems), of: id))
    }
  }

  private func pass(
    on decision: borrowing Decision, _ judgements: [FindingJudgement], of ticket: borrowing Ticket,
    _ line: Int, into result: inout EvaluatedPage
  ) {
    result.summary.tickets += 1
    if let baseline = settings.baseline, let id = rulebook.id(of: ticket), baseline.tickets.contains(id) {
      result.baselineTickets.insert(id)
    }
    let before = result.summary.findings
    if judgesFindings {
      describe(decision, judgements, of: ticket, line, into: &result)
    } else {
      for index in decision.findings.indices {
        let finding = decision.findings[index]
        result.summary.count(
          rulebook.severity(of: finding, ticket.problems), settings.standing(of: finding, nil, .info))
      }
    }
    if result.summary.findings > before { result.summary.ticketsWithFindings += 1 }
    for slot in rulebook.uniqueSlots where ticket.slots[slot].kind == .text {
      result.uniqueValues.append(
        EvaluatedPage.UniqueValue(
          slot: slot, text: ticket.text(ticket.slots[slot]), ticket: rulebook.id(of: ticket),
          line: line, hasFindings: result.summary.findings > before,
          waiver: decision.waiver(of: .field(slot), in: rulebook),
          position: result.summary.tickets, decisionsEnd: result.decisions.count,
          findingsEnd: result.findings.count))
    }
  }

  /// Findings one by one.
  private func describe(
    _ decision: borrowing Decision, _ judgements: [FindingJudgement], of ticket: borrowing Ticket,
    _ line: Int, into result: inout EvaluatedPage
  ) {
    if judgements.isEmpty { return }
    let id = rulebook.id(of: ticket)
    for (index, judgement) in judgements.enumerated() {
      let severity = judgement.reference.severity
      result.summary.count(severity, judgement.standing)
      note(judgement.entry, severity, judgement.standing, else: unkeptReason(id), in: &result)
      guard settings.keepsFindings else { continue }
      var reported = findings.describe(decision.findings[index], judgement.reference, of: ticket, decision)
      reported.ticket = id
      reported.record = ReportedFinding.Record(source: result.source, line: line)
      reported.standing = judgement.standing
      result.findings.append(reported)
    }
  }

  /// Keeps what a baseline compares, and counts what none can hold for the reason given.
  private func note(
    _ entry: BaselineEntry?, _ severity: Severity, _ standing: ReportedFinding.Standing,
    else reason: UnkeptFindings.Reason, in result: inout EvaluatedPage
  ) {
    if let entry {
      result.note(entry, severity, standing)
    } else if settings.baseline != nil, standing == .new {
      result.unkept[reason] += 1
    }
  }

  private func unkeptReason(_ id: String?) -> UnkeptFindings.Reason { id == nil ? .noID : .invisibleID }

  private func report(_ flaw: TicketPage.Malformed, of page: TicketPage, in result: inout EvaluatedPage) {
    reportUnreadable(flaw.message, line: flaw.line, in: &result)
  }

  private func reportUnreadable(
    _ error: MalformedRecord, _ record: TicketPage.Record, of page: TicketPage,
    in result: inout EvaluatedPage
  ) {
    let line = record.line == 0 ? 0 : record.line + error.line - 1
    reportUnreadable(RecordText.message(of: error, language), line: line, in: &result)
  }

  private func reportUnreadable(_ message: String, line: Int, in result: inout EvaluatedPage) {
    result.summary.unreadable += 1
    let record = ReportedFinding.Record(source: result.source, line: line)
    report(
      ReportedFinding(rule: "record", severity: .error, message: message, record: record), record.text,
      waiver: -1, unkept: .unreadable, in: &result)
  }

  /// A review that fell due with a ticket.
  func report(
    review index: Int, _ group: String, _ member: RecurrenceCount.Member, in result: inout EvaluatedPage
  ) {
    let reference = rulebook.reference(ofReview: index)
    let finding = ReportedFinding(
      rule: reference.rule, severity: reference.severity,
      message: text.message(ofReview: index, group: group, member), ticket: member.ticket,
      rulePlace: reference.place, event: .review)
    report(finding, reference.place?.lineReference ?? "", waiver: member.waiver, in: &result)
  }

  /// A finding that stands by itself: about a record that cannot be read, or about two tickets at once.
  ///
  /// - Parameters:
  ///   - waiver: the index in `Rulebook.waivers`; -1 for none.
  ///   - reason: why no baseline holds it; nil where that is for the ticket's id to say.
  func report(
    _ finding: ReportedFinding, _ place: String, waiver: Int, unkept reason: UnkeptFindings.Reason? = nil,
    in result: inout EvaluatedPage
  ) {
    let entry = settings.baselineEntry(finding.rule, finding.ticket, finding.field)
    let standing = settings.standing(waivedBy: waiver < 0 ? nil : waiver, entry, finding.severity)
    result.summary.count(finding.severity, standing)
    note(entry, finding.severity, standing, else: reason ?? unkeptReason(finding.ticket), in: &result)
    if settings.writesDecisions {
      var line = ByteWriter()
      json.write(
        loose: FindingReference(
          rule: finding.rule, place: finding.rulePlace, severity: finding.severity, field: finding.field),
        ticket: finding.ticket, message: finding.message, place: place, waiver: waiver,
        isKnown: standing == .known, into: &line)
      result.decisions += line.bytes
    }
    guard settings.keepsFindings else { return }
    var finding = finding
    finding.standing = standing
    result.findings.append(finding)
  }
}

extension EvaluatedPage {
  /// Keeps what a baseline compares.
  fileprivate mutating func note(
    _ entry: BaselineEntry, _ severity: Severity, _ standing: ReportedFinding.Standing
  ) {
    if case .waived = standing {
      waivedEntries.insert(entry)
      return
    }
    baselineEntries[entry] = max(baselineEntries[entry] ?? severity, severity)
  }
}

extension TicketPage {
  /// `source:line`, or the source alone where lines mean nothing.
  func place(ofLine line: Int) -> String { line == 0 ? source : "\(source):\(line)" }
}

extension Rulebook {
  /// The ticket's own id, where it has one.
  func id(of ticket: borrowing Ticket) -> String? {
    guard let idSlot, ticket.slots[idSlot].kind == .text else { return nil }
    return ticket.text(ticket.slots[idSlot])
  }
}

extension Diagnostics.Severity {
  var ofDelivery: Delivery.Severity {
    switch self {
    case .info: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
