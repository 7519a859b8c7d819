import ByteOutput
import PluginAPI
public import RuleEvaluator
public import WorkingTime

/// Writes what a simulation foretells as JSON, one line an event; the first line tells the windows' states.
public struct SimulationJSON: Sendable {
  private let rulebook: Rulebook

  public init(_ rulebook: Rulebook) { self.rulebook = rulebook }

  /// All lines.
  public func text(
    _ outcome: Simulation.Outcome, id: String, from now: Instant, until end: Instant
  ) -> String {
    var lines = ByteWriter()
    writeStart(outcome, id, now, end, into: &lines)
    for event in outcome.events { write(event, id, into: &lines) }
    if outcome.isCut {
      lines.append(literal: #"{"event":"cut","at":"#)
      write(outcome.reached, into: &lines)
      lines.append(literal: "}\n")
    }
    return lines.text
  }

  private func writeStart(
    _ outcome: Simulation.Outcome, _ id: String, _ now: Instant, _ end: Instant, into line: inout ByteWriter
  ) {
    line.append(literal: #"{"event":"start","at":"#)
    write(now, into: &line)
    line.append(literal: #","until":"#)
    write(end, into: &line)
    line.append(literal: #","ticket":"#)
    line.append(jsonString: id)
    line.append(literal: #","windows":["#)
    for (position, reading) in outcome.windows.enumerated() {
      if position > 0 { line.append(UInt8(ascii: ",")) }
      write(reading, into: &line)
    }
    line.append(literal: #"],"rulebook":"#)
    line.append(jsonString: rulebook.identity)
    line.append(literal: "}\n")
  }

  private func write(_ reading: WindowReading, into line: inout ByteWriter) {
    line.append(literal: #"{"id":"#)
    line.append(jsonString: rulebook.windows[reading.window].id)
    line.append(literal: #","state":"#)
    line.append(jsonString: reading.state.rawValue)
    line.append(literal: #","due_at":"#)
    write(reading.dueAt, into: &line)
    line.append(literal: "}")
  }

  private func write(_ event: Simulation.Event, _ id: String, into line: inout ByteWriter) {
    line.append(literal: #"{"event":"#)
    line.append(jsonString: event.notice.event.rawValue)
    line.append(literal: #","at":"#)
    write(event.at, into: &line)
    line.append(literal: #","ticket":"#)
    line.append(jsonString: id)
    line.append(literal: #","rule":"#)
    line.append(jsonString: event.rule.id)
    line.append(literal: #","window":"#)
    line.append(optionalJSONString: event.rule.window)
    line.append(literal: #","level":"#)
    line.append(optionalJSONString: event.rule.window == nil ? nil : event.rule.level)
    line.append(literal: #","cycle":"#)
    line.append(integer: Int64(event.notice.cycle))
    line.append(literal: #","told_at":"#)
    write(event.delivery.map { _ in event.at } ?? event.toldAt, into: &line)
    line.append(literal: #","again":"#)
    line.append(text: event.isRepetition ? "true" : "false")
    line.append(literal: #","delivery":"#)
    if let planned = event.delivery { write(planned, into: &line) } else { line.append(literal: "null") }
    line.append(literal: "}\n")
  }

  private func write(_ planned: PlannedDelivery, into line: inout ByteWriter) {
    line.append(literal: #"{"key":"#)
    line.append(jsonString: planned.delivery.key)
    line.append(literal: #","rule":"#)
    line.append(jsonString: planned.delivery.rule)
    line.append(literal: #","due_at":"#)
    write(planned.due, into: &line)
    line.append(literal: #","to":"#)
    write(planned.delivery.to, into: &line)
    line.append(literal: #","via":"#)
    if let names = planned.notifiers { write(names, into: &line) } else { line.append(literal: "null") }
    line.append(literal: #","group_by":"#)
    if let group = planned.group { write(group.values, into: &line) } else { line.append(literal: "null") }
    line.append(literal: #","group_wait":"#)
    line.append(integer: (planned.group?.wait ?? 0) / 1000)
    line.append(literal: #","title":"#)
    line.append(jsonString: planned.delivery.title)
    line.append(literal: #","body":"#)
    line.append(jsonString: planned.delivery.body)
    line.append(literal: "}")
  }

  private func write(_ names: [String], into line: inout ByteWriter) {
    line.append(literal: "[")
    for (position, name) in names.enumerated() {
      if position > 0 { line.append(UInt8(ascii: ",")) }
      line.append(jsonString: name)
    }
    line.append(literal: "]")
  }

  private func write(_ instant: Instant?, into line: inout ByteWriter) {
    line.append(optionalJSONString: instant?.text(in: rulebook.timeZone))
  }
}
