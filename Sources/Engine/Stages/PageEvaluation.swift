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
  let rulebook: Rulebook
  let now: Instant
  let language: Language
  let writesDecisions: Bool
  let writesDeliveries: Bool
  private let json: DecisionJSON
  private let text: FindingText

  init(rulebook: Rulebook, now: Instant, language: String, writesDecisions: Bool, writesDeliveries: Bool) {
    self.rulebook = rulebook
    self.now = now
    self.language = Language(tag: language)
    self.writesDecisions = writesDecisions
    self.writesDeliveries = writesDeliveries
    json = DecisionJSON(rulebook, language: language)
    text = FindingText(rulebook, language: language)
  }

  func evaluate(_ page: TicketPage, number: Int) -> EvaluatedPage {
    var result = EvaluatedPage(number: number, source: page.source, fraction: page.fraction)
    result.decisions.reserveCapacity(writesDecisions ? page.buffer.count : 0)
    var decoder = TicketDecoder(layout: rulebook.layout)
    var evaluator = Evaluator(rulebook)
    var ticket = Ticket()
    var decision = Decision()
    var malformed = page.malformed[...]
    var line = ByteWriter()
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
      evaluator.evaluate(ticket, at: now, into: &decision)
      if writesDecisions {
        line.removeAll()
        json.write(decision, of: ticket, source: { page.place(ofLine: record.line) }, into: &line)
        line.withBytes { result.decisions.append(contentsOf: $0) }
      }
      if !decision.countedReviews.isEmpty {
        let id = rulebook.id(of: ticket) ?? page.place(ofLine: record.line)
        for contribution in evaluator.contributions(of: ticket, decision) {
          result.counted.append(EvaluatedPage.CountedTicket(contribution: contribution, ticket: id))
        }
      }
      pass(on: decision, of: ticket, page.place(ofLine: record.line), record.line, into: &result)
    }
    for flaw in malformed { report(flaw, of: page, in: &result) }
    return result
  }

  private func pass(
    on decision: borrowing Decision, of ticket: borrowing Ticket, _ place: @autoclosure () -> String,
    _ line: Int, into result: inout EvaluatedPage
  ) {
    result.summary.tickets += 1
    if !decision.findings.isEmpty { result.summary.ticketsWithFindings += 1 }
    for index in decision.findings.indices {
      result.summary.count(rulebook.severity(of: decision.findings[index], ticket.problems))
    }
    let firstDelivery = result.deliveries.count
    if writesDeliveries, !decision.findings.isEmpty {
      deliver(decision, of: ticket, place(), into: &result)
    }
    for slot in rulebook.uniqueSlots where ticket.slots[slot].kind == .text {
      result.uniqueValues.append(
        EvaluatedPage.UniqueValue(
          slot: slot, text: ticket.text(ticket.slots[slot]), ticket: rulebook.id(of: ticket) ?? place(),
          line: line, position: result.summary.tickets, decisionsEnd: result.decisions.count,
          deliveries: firstDelivery..<result.deliveries.count))
    }
  }

  private func deliver(
    _ decision: borrowing Decision, of ticket: borrowing Ticket, _ place: String,
    into result: inout EvaluatedPage
  ) {
    let id = rulebook.id(of: ticket) ?? place
    let first = result.deliveries.count
    for index in decision.findings.indices {
      let finding = decision.findings[index]
      let reference = rulebook.reference(of: finding, ticket.problems)
      let delivery = Delivery(
        finding: reference, notice: finding.kind.notice, ticket: id, place: place,
        message: text.message(of: finding, of: ticket, decision))
      result.deliveries.append(delivery, ofTicketFrom: first)
    }
  }

  private func report(_ flaw: TicketPage.Malformed, of page: TicketPage, in result: inout EvaluatedPage) {
    reportUnreadable(flaw.message, at: page.place(ofLine: flaw.line), in: &result)
  }

  private func reportUnreadable(
    _ error: MalformedRecord, _ record: TicketPage.Record, of page: TicketPage,
    in result: inout EvaluatedPage
  ) {
    let line = record.line == 0 ? 0 : record.line + error.line - 1
    let message = RecordText.message(of: error, language)
    reportUnreadable(message, at: page.place(ofLine: line), in: &result)
  }

  private func reportUnreadable(_ message: String, at place: String, in result: inout EvaluatedPage) {
    result.summary.unreadable += 1
    report(
      FindingReference(rule: "record", place: nil, severity: .error, field: nil), nil, message, place,
      in: &result)
  }

  /// A review that fell due with a ticket.
  func report(
    review index: Int, _ group: String, _ member: RecurrenceCount.Member, in result: inout EvaluatedPage
  ) {
    let reference = rulebook.reference(ofReview: index)
    let message = text.message(ofReview: index, group: group, member)
    report(
      reference, member.ticket, message, reference.place?.lineReference ?? "", notice: "review", in: &result)
  }

  /// A finding that stands by itself: about a record that cannot be read, or about two tickets at once.
  ///
  /// - Parameter firstDelivery: where the ticket's own deliveries begin; nil where it has none.
  func report(
    _ reference: FindingReference, _ ticket: String?, _ message: String, _ place: String,
    notice: String = "finding", firstDelivery: Int? = nil, in result: inout EvaluatedPage
  ) {
    result.summary.count(reference.severity)
    if writesDecisions {
      var line = ByteWriter()
      json.write(loose: reference, ticket: ticket, message: message, place: place, into: &line)
      result.decisions += line.bytes
    }
    if writesDeliveries {
      result.deliveries.append(
        Delivery(
          finding: reference, notice: notice, ticket: ticket ?? place, place: place, message: message),
        ofTicketFrom: firstDelivery ?? result.deliveries.count)
    }
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

extension Finding.Kind {
  /// The event that notifications name.
  fileprivate var notice: String {
    switch self {
    case .breached: "window.breached"
    case .warned: "window.warning"
    default: "finding"
    }
  }
}

extension Delivery {
  fileprivate init(
    finding: FindingReference, notice: String, ticket: String, place: String, message: String
  ) {
    // A check runs once, so the place may tell tickets apart that carry the same id.
    self.init(
      key: [ticket, finding.rule, finding.field ?? "", notice, place].joined(separator: "/"), notice: notice,
      ticket: ticket, rule: finding.rule, place: finding.place?.lineReference ?? place,
      title: message, body: "", severity: finding.severity.ofDelivery)
  }
}

extension [Delivery] {
  /// Appends a delivery about the ticket whose deliveries begin at `first`; one rule that finds two things about one
  /// field has two keys.
  fileprivate mutating func append(_ delivery: Delivery, ofTicketFrom first: Int) {
    var delivery = delivery
    let repeats = self[first...].count { $0.key.hasPrefix(delivery.key) }
    if repeats > 0 { delivery.key += "/\(repeats + 1)" }
    append(delivery)
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
