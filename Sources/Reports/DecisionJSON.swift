import Diagnostics
public import RuleEvaluator
public import TicketModel
import WorkingTime

/// Writes decisions as JSON, one line a ticket, in the shape of the rule language's section "Decision".
///
/// What depends on the rules alone is rendered once: a table's row is a stretch of bytes that is copied.
public struct DecisionJSON: Sendable {
  private let rulebook: Rulebook
  private let text: FindingText
  private let findings: FindingFragments
  /// The message at hand, kept for its room.
  private var message: [UInt8] = []
  private let priority: TableFragments?
  private let route: TableFragments?
  /// The named tables, by the index of the table.
  private let tables: [(index: Int, fragments: TableFragments)]
  private let windowHeads: [[UInt8]]
  private let tail: [UInt8]

  public init(_ rulebook: Rulebook, language: String) {
    self.rulebook = rulebook
    let text = FindingText(rulebook, language: language)
    self.text = text
    findings = FindingFragments(rulebook, text)
    priority = rulebook.priority.map { TableFragments(priority: $0, in: rulebook) }
    route = rulebook.routing.map { TableFragments(route: $0, in: rulebook) }
    let special = [rulebook.priority?.table, rulebook.routing?.table]
    tables = rulebook.tables.indices.filter { !special.contains($0) }.map { index in
      (index, TableFragments(table: rulebook.tables[index], in: rulebook.timeZone))
    }
    windowHeads = rulebook.windows.map { window in
      var bytes = [UInt8]()
      bytes.append(literal: #"{"id":"#)
      bytes.append(jsonString: window.id)
      bytes.append(literal: #","state":""#)
      return bytes
    }
    var tail = [UInt8]()
    tail.append(literal: #"],"notices":[],"rulebook":"#)
    tail.append(jsonString: rulebook.identity)
    tail.append(literal: "}\n")
    self.tail = tail
  }

  /// Appends the decision about `ticket` as one line.
  ///
  /// - Parameter source: where the record stands, `file:line`, for findings about the record itself.
  public mutating func write(
    _ decision: borrowing Decision, of ticket: borrowing Ticket, source: () -> String,
    into bytes: inout [UInt8]
  ) {
    writeID(of: ticket, into: &bytes)
    if let priority, let index = rulebook.priority?.table {
      bytes.append(literal: #","priority":"#)
      priority.write(decision.outcomes[index], decision, into: &bytes)
    }
    if let route, let index = rulebook.routing?.table {
      bytes.append(literal: #","route":"#)
      route.write(decision.outcomes[index], decision, into: &bytes)
    }
    writeTables(decision, into: &bytes)
    bytes.append(literal: #","windows":["#)
    for index in decision.windows.indices {
      if index > 0 { bytes.append(0x2C) }
      write(decision.windows[index], into: &bytes)
    }
    bytes.append(literal: #"],"findings":["#)
    for index in decision.findings.indices {
      if index > 0 { bytes.append(0x2C) }
      write(decision.findings[index], of: ticket, decision, source: source, into: &bytes)
    }
    bytes.append(contentsOf: tail)
  }

  /// Appends a line with one finding that no decision holds: about a record that cannot be read, or about two tickets.
  public func write(
    loose finding: FindingReference, ticket: String?, message: String, place: String,
    into bytes: inout [UInt8]
  ) {
    bytes.append(literal: #"{"ticket":"#)
    bytes.append(optionalString: ticket)
    bytes.append(literal: #","windows":[],"findings":["#)
    let frame = FindingFragments.Frame(finding, place: place)
    bytes.append(contentsOf: frame.head)
    bytes.append(jsonString: message)
    bytes.append(contentsOf: frame.tail)
    bytes.append(contentsOf: tail)
  }

  private func writeID(of ticket: borrowing Ticket, into bytes: inout [UInt8]) {
    bytes.append(literal: #"{"ticket":"#)
    guard let slot = rulebook.idSlot, ticket.slots[slot].kind == .text else {
      bytes.append(literal: "null")
      return
    }
    let range = ticket.slots[slot].textRange
    ticket.bytes.withUnsafeBytes { bytes.append(jsonString: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  private func writeTables(_ decision: borrowing Decision, into bytes: inout [UInt8]) {
    if tables.isEmpty { return }
    bytes.append(literal: #","tables":{"#)
    for (position, table) in tables.enumerated() {
      if position > 0 { bytes.append(0x2C) }
      bytes.append(contentsOf: table.fragments.name)
      table.fragments.write(decision.outcomes[table.index], decision, into: &bytes)
    }
    bytes.append(0x7D)
  }

  private func write(_ reading: WindowReading, into bytes: inout [UInt8]) {
    bytes.append(contentsOf: windowHeads[reading.window])
    bytes.append(text: reading.state.rawValue)
    bytes.append(literal: #"","started_at":"#)
    write(reading.startedAt, into: &bytes)
    bytes.append(literal: #","due_at":"#)
    write(reading.dueAt, into: &bytes)
    bytes.append(literal: #","stopped_at":"#)
    write(reading.stoppedAt, into: &bytes)
    bytes.append(literal: #","elapsed":"#)
    bytes.append(integer: reading.elapsed / 1000)
    bytes.append(literal: #","remaining":"#)
    if let remaining = reading.remaining {
      bytes.append(integer: remaining / 1000)
    } else {
      bytes.append(literal: "null")
    }
    bytes.append(0x7D)
  }

  private func write(_ instant: Instant?, into bytes: inout [UInt8]) {
    guard let instant else {
      bytes.append(literal: "null")
      return
    }
    bytes.append(0x22)
    instant.write(into: &bytes, zone: rulebook.timeZone)
    bytes.append(0x22)
  }

  private mutating func write(
    _ finding: Finding, of ticket: borrowing Ticket, _ decision: borrowing Decision,
    source: () -> String, into bytes: inout [UInt8]
  ) {
    if let whole = findings.whole(finding, in: rulebook) {
      bytes.append(contentsOf: whole)
      return
    }
    message.removeAll(keepingCapacity: true)
    text.write(finding, of: ticket, decision, into: &message)
    let frame =
      findings.frame(finding, in: rulebook)
      ?? FindingFragments.Frame(rulebook.reference(of: finding, ticket.problems), place: source())
    bytes.append(contentsOf: frame.head)
    message.withUnsafeBytes { bytes.append(jsonString: $0) }
    bytes.append(contentsOf: frame.tail)
  }
}
