public import ByteOutput
import Diagnostics
public import RuleEvaluator
public import TicketModel
import WorkingTime

/// Writes decisions as JSON, one line a ticket, in the shape of the rule language's section "Decision".
///
/// What depends on the rules alone is rendered once, so that most of a line is put together by copying fragments.
public final class DecisionJSON: Sendable {
  private let rulebook: Rulebook
  private let text: FindingText
  private let store: FragmentStore
  private let findings: FindingFragments
  private let notices: NoticeFragments
  private let priority: TableFragments?
  private let route: TableFragments?
  /// The named tables.
  private let tables: [TableFragments]
  /// The outcomes of all tables' rows.
  private let rows: [Fragment]
  /// By window, then by state: up to the value of `started_at`.
  private let windowHeads: [Fragment]
  private let punctuation: Punctuation

  public init(_ rulebook: Rulebook, language: String) {
    let text = FindingText(rulebook, language: language)
    (self.rulebook, self.text) = (rulebook, text)
    var store = FragmentStore.Builder()
    var renderer = TableRenderer(rulebook)
    findings = FindingFragments(rulebook, text, into: &store)
    notices = NoticeFragments(rulebook, into: &store)
    priority = rulebook.priority.map { renderer.priority($0, into: &store) }
    route = rulebook.routing.map { renderer.route($0, into: &store) }
    let special = [rulebook.priority?.table, rulebook.routing?.table]
    let named = rulebook.tables.indices.filter { !special.contains($0) }
    tables = named.map { renderer.table($0, isFirst: $0 == named.first, into: &store) }
    rows = renderer.rows
    windowHeads = rulebook.windows.flatMap { window in
      WindowReading.State.allCases.map { state in
        store.add { bytes in
          bytes.append(literal: #"{"id":"#)
          bytes.append(jsonString: window.id)
          bytes.append(literal: #","state":"#)
          bytes.append(jsonString: state.rawValue)
          bytes.append(literal: #","started_at":"#)
        }
      }
    }
    punctuation = Punctuation(rulebook, hasTables: !named.isEmpty, into: &store)
    self.store = store.store()
  }

  /// Appends the decision about `ticket` as one line.
  ///
  /// - Parameters:
  ///   - rotation: who got the ticket, where its team takes turns and somebody remembers them.
  ///   - isKnown: whether the finding of that index stands in the baseline.
  ///   - source: where the record stands, `file:line`, for findings about the record itself.
  public func write(
    _ decision: borrowing Decision, of ticket: borrowing Ticket, rotation: RotationOutcome? = nil,
    isKnown: (Int) -> Bool = { _ in false }, source: () -> String, into line: inout ByteWriter
  ) {
    writeID(of: ticket, into: &line)
    if let priority { write(priority, decision, into: &line) }
    if let route { write(route, rotation, decision, into: &line) }
    for index in tables.indices { write(tables[index], decision, into: &line) }
    line.append(punctuation.windows, of: store)
    for index in decision.windows.indices {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      write(decision.windows[index], into: &line)
    }
    line.append(punctuation.findings, of: store)
    for index in decision.findings.indices {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      write(decision.findings[index], of: ticket, decision, source: source, into: &line)
      if isKnown(index) { line.markKnown() }
    }
    line.append(punctuation.notices, of: store)
    for index in decision.notices.indices {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      write(decision.notices[index], into: &line)
    }
    line.append(punctuation.end, of: store)
  }

  /// Appends a line with one finding that no decision holds: about a record that cannot be read, or about two tickets.
  ///
  /// - Parameter waiver: the index in `Rulebook.waivers` of the waiver that takes it back; -1 for none.
  public func write(
    loose finding: FindingReference, ticket: String?, message: String, place: String, waiver: Int = -1,
    isKnown: Bool = false, into line: inout ByteWriter
  ) {
    line.append(punctuation.start, of: store)
    line.append(optionalJSONString: ticket)
    line.append(literal: #","windows":[],"findings":["#)
    line.append(finding, message: message, place: place, waiver: waiverID(waiver))
    if isKnown { line.markKnown() }
    line.append(punctuation.notices, of: store)
    line.append(punctuation.end, of: store)
  }
}

/// The JSON between the parts of a line.
private struct Punctuation: BitwiseCopyable {
  var start: Fragment
  var null: Fragment
  var windows: Fragment
  var findings: Fragment
  var notices: Fragment
  var end: Fragment
  var due: Fragment
  var stopped: Fragment
  var elapsed: Fragment
  var remaining: Fragment

  init(_ rulebook: Rulebook, hasTables: Bool, into store: inout FragmentStore.Builder) {
    start = store.add(#"{"ticket":"#)
    null = store.add("null")
    windows = store.add(hasTables ? #"},"windows":["# : #","windows":["#)
    findings = store.add(#"],"findings":["#)
    notices = store.add(#"],"notices":["#)
    end = store.add { bytes in
      bytes.append(literal: #"],"rulebook":"#)
      bytes.append(jsonString: rulebook.identity)
      bytes.append(literal: "}\n")
    }
    due = store.add(#","due_at":"#)
    stopped = store.add(#","stopped_at":"#)
    elapsed = store.add(#","elapsed":"#)
    remaining = store.add(#","remaining":"#)
  }
}

// MARK: - Parts of a line

extension DecisionJSON {
  private func writeID(of ticket: borrowing Ticket, into line: inout ByteWriter) {
    line.append(punctuation.start, of: store)
    guard let slot = rulebook.idSlot, ticket.slots[slot].kind == .text else {
      return line.append(punctuation.null, of: store)
    }
    let range = ticket.slots[slot].textRange
    ticket.bytes.withUnsafeBytes { line.append(jsonString: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  private func write(
    _ route: TableFragments, _ rotation: RotationOutcome?, _ decision: borrowing Decision,
    into line: inout ByteWriter
  ) {
    guard let rotation, let row = rulebook.routingRow(of: decision) else {
      return write(route, decision, into: &line)
    }
    line.append(route.head, of: store)
    TableRenderer.write(routeBy: row, rotation, rulebook, into: &line)
  }

  private func write(
    _ table: TableFragments, _ decision: borrowing Decision, into line: inout ByteWriter
  ) {
    line.append(table.head, of: store)
    switch decision.outcomes[table.table] {
    case .row(let row): line.append(rows[table.firstRow + row], of: store)
    case .otherwise: line.append(table.otherwise, of: store)
    case .rows(let range): writeRows(decision.listedRows[range], of: table, into: &line)
    case .aggregate(let value): write(aggregate: value, of: table, into: &line)
    case .conflict, .overflow, .undecided: line.append(punctuation.null, of: store)
    }
  }

  private func writeRows(_ list: ArraySlice<Int>, of table: TableFragments, into line: inout ByteWriter) {
    line.append(literal: "[")
    for (position, row) in list.enumerated() {
      if position > 0 { line.append(UInt8(ascii: ",")) }
      line.append(rows[table.firstRow + row], of: store)
    }
    line.append(literal: "]")
  }

  private func write(aggregate value: Slot, of table: TableFragments, into line: inout ByteWriter) {
    line.append(table.aggregateHead, of: store)
    line.append(text: value.aggregateText)
    line.append(literal: #","row":null}"#)
  }

  private func write(_ reading: WindowReading, into line: inout ByteWriter) {
    let head = reading.window * WindowReading.State.allCases.count + reading.state.position
    line.append(windowHeads[head], of: store)
    write(reading.startedAt, into: &line)
    line.append(punctuation.due, of: store)
    write(reading.dueAt, into: &line)
    line.append(punctuation.stopped, of: store)
    write(reading.stoppedAt, into: &line)
    line.append(punctuation.elapsed, of: store)
    line.append(integer: reading.elapsed / 1000)
    line.append(punctuation.remaining, of: store)
    if let remaining = reading.remaining {
      line.append(integer: remaining / 1000)
    } else {
      line.append(punctuation.null, of: store)
    }
    line.append(UInt8(ascii: "}"))
  }

  private func write(_ notice: Notice, into line: inout ByteWriter) {
    line.append(notices.head(of: notice), of: store)
    line.append(integer: Int64(notice.cycle))
    line.append(literal: #","at":"#)
    write(notice.at, into: &line)
    line.append(UInt8(ascii: "}"))
  }

  private func write(_ instant: Instant?, into line: inout ByteWriter) {
    guard let instant else { return line.append(punctuation.null, of: store) }
    line.append(UInt8(ascii: "\""))
    line.append(instant, in: rulebook.timeZone)
    line.append(UInt8(ascii: "\""))
  }

  private func write(
    _ finding: Finding, of ticket: borrowing Ticket, _ decision: borrowing Decision,
    source: () -> String, into line: inout ByteWriter
  ) {
    // What is rendered of findings ends without a waiver.
    guard !finding.isWaived, let frame = findings.frame(finding, in: rulebook) else {
      let reference = rulebook.reference(of: finding, ticket.problems)
      line.appendHead(of: reference)
      writeMessage(of: finding, of: ticket, decision, into: &line)
      let event = finding.event.map { ticket.events[$0].at }
      return line.appendTail(
        place: reference.place?.lineReference ?? source(), event: event, in: rulebook.timeZone,
        waiver: waiverID(finding.waiver))
    }
    if frame.whole.count > 0 { return line.append(frame.whole, of: store) }
    line.append(frame.head, of: store)
    writeMessage(of: finding, of: ticket, decision, into: &line)
    line.append(frame.tail, of: store)
  }

  private func waiverID(_ index: Int) -> String? { index < 0 ? nil : rulebook.waivers[index].id }

  /// The message with its quotes, escaped where it stands.
  private func writeMessage(
    of finding: Finding, of ticket: borrowing Ticket, _ decision: borrowing Decision,
    into line: inout ByteWriter
  ) {
    line.append(UInt8(ascii: "\""))
    let start = line.count
    text.write(finding, of: ticket, decision, into: &line)
    line.escapeJSON(from: start)
    line.append(UInt8(ascii: "\""))
  }
}

extension WindowReading.State {
  /// Where it stands in `allCases`; a switch, because finding it there takes longer than writing it.
  fileprivate var position: Int {
    switch self {
    case .notStarted: 0
    case .running: 1
    case .paused: 2
    case .warned: 3
    case .met: 4
    case .breached: 5
    case .cancelled: 6
    }
  }
}

extension ByteWriter {
  /// Says of the finding that was written last that it stands in the baseline.
  fileprivate mutating func markKnown() {
    removeLast()
    append(literal: #","known":true}"#)
  }
}
