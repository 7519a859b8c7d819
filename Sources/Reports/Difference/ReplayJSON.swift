public import ByteOutput
import Diagnostics
public import RuleDifference
import RuleEvaluator
import WorkingTime

/// Writes what changes for tickets as JSON, one line a ticket.
public struct ReplayJSON: Sendable {
  private let oldZone: TimeZoneRules
  private let newZone: TimeZoneRules

  public init(_ comparison: DecisionComparison) {
    (oldZone, newZone) = (comparison.old.timeZone, comparison.new.timeZone)
  }

  /// Appends the line of one ticket.
  public func write(_ change: TicketChange, into line: inout ByteWriter) {
    line.append(literal: #"{"line":"ticket","ticket":"#)
    line.append(jsonString: change.ticket)
    line.append(literal: #","source":"#)
    line.append(jsonString: change.source)
    line.append(literal: #","decisions":"#)
    line.list(change.decisions, write)
    line.append(literal: #","windows":"#)
    line.list(change.windows, write)
    line.append(literal: #","findings":{"more":"#)
    line.list(change.findings.more, write)
    line.append(literal: #","fewer":"#)
    line.list(change.findings.fewer, write)
    line.append(literal: #"},"notices":{"more":"#)
    line.list(change.notices.more, write)
    line.append(literal: #","fewer":"#)
    line.list(change.notices.fewer, write)
    line.append(literal: "}}\n")
  }

  private func write(_ change: DecisionChange, _ line: inout ByteWriter) {
    line.append(literal: #"{"name":"#)
    line.append(jsonString: change.name)
    line.append(literal: #","before":"#)
    write(change.before, change.rowBefore, &line)
    line.append(literal: #","after":"#)
    write(change.after, change.rowAfter, &line)
    line.append(literal: "}")
  }

  private func write(_ value: String?, _ row: RuleReference?, _ line: inout ByteWriter) {
    line.append(literal: #"{"value":"#)
    line.append(optionalJSONString: value)
    line.append(literal: #","row":"#)
    line.append(optionalJSONString: row?.id)
    line.append(literal: #","at":"#)
    line.append(optionalJSONString: row?.place.lineReference)
    line.append(literal: "}")
  }

  private func write(_ change: WindowChange, _ line: inout ByteWriter) {
    line.append(literal: #"{"id":"#)
    line.append(jsonString: change.id)
    line.append(literal: #","before":"#)
    write(change.before, change.placeBefore, oldZone, &line)
    line.append(literal: #","after":"#)
    write(change.after, change.placeAfter, newZone, &line)
    line.append(literal: "}")
  }

  private func write(
    _ state: WindowChange.State?, _ place: Place?, _ zone: TimeZoneRules, _ line: inout ByteWriter
  ) {
    guard let state else { return line.append(literal: "null") }
    line.append(literal: #"{"state":"#)
    line.append(jsonString: state.state.rawValue)
    line.append(literal: #","due_at":"#)
    line.append(optionalJSONString: state.dueAt?.text(in: zone))
    line.append(literal: #","stopped_at":"#)
    line.append(optionalJSONString: state.stoppedAt?.text(in: zone))
    line.append(literal: #","at":"#)
    line.append(optionalJSONString: place?.lineReference)
    line.append(literal: "}")
  }

  private func write(_ name: FindingName, _ line: inout ByteWriter) {
    line.append(literal: #"{"rule":"#)
    line.append(jsonString: name.rule)
    line.append(literal: #","field":"#)
    line.append(optionalJSONString: name.field)
    line.append(literal: #","severity":"#)
    line.append(jsonString: name.severity.rawValue)
    line.append(literal: #","at":"#)
    line.append(optionalJSONString: name.place?.lineReference)
    line.append(literal: "}")
  }

  private func write(_ name: NoticeName, _ line: inout ByteWriter) {
    line.append(literal: #"{"event":"#)
    line.append(jsonString: name.event.rawValue)
    line.append(literal: #","rule":"#)
    line.append(jsonString: name.rule)
    line.append(literal: #","level":"#)
    line.append(jsonString: name.level)
    line.append(literal: #","cycle":"#)
    line.append(integer: Int64(name.cycle))
    line.append(literal: "}")
  }
}

extension ByteWriter {
  /// A JSON array.
  mutating func list<Element>(_ elements: [Element], _ write: (Element, inout ByteWriter) -> Void) {
    append(literal: "[")
    for (position, element) in elements.enumerated() {
      if position > 0 { append(literal: ",") }
      write(element, &self)
    }
    append(literal: "]")
  }
}
