import Diagnostics
import LocatedYAML
import RuleEvaluator
import TicketModel
import WorkingTime

/// A ticket as a test describes it: fields at the start, and what happens to it.
struct TicketAssembly {
  /// Something that happens, with its instant known.
  struct Event {
    var at: Instant
    var by: String?
    var set: FieldValues
  }

  /// As they are at the start.
  var fields: FieldValues
  var events: [Event]
  /// From when on the fields are as they are.
  var start: Instant?
  let rulebook: Rulebook

  /// The fields after all that happens.
  var finalFields: FieldValues {
    var values = fields
    for event in events { values.merge(event.set) }
    return values
  }

  /// The record: its fields as they are in the end, and the history that led there.
  var record: String {
    events.isEmpty ? fields.json() : finalFields.json(extra: [("history", history)])
  }

  private var history: String {
    let all = (beginning.map { [$0] } ?? []) + events
    let texts = all.map { event in
      let by = event.by.map { ", \"by\": \($0.jsonText)" } ?? ""
      return "{\"at\": \(event.at.text(in: rulebook.timeZone).jsonText)\(by), "
        + "\"set\": \(event.set.json(showsAbsent: true))}"
    }
    return "[\(texts.joined(separator: ", "))]"
  }

  /// Sets what the events change to what it is at the start; what else the ticket has does not change.
  private var beginning: Event? {
    guard let start, let first = events.first else { return nil }
    let atOnce = events.filter { $0.at == start }
    var values = FieldValues()
    for event in events {
      for name in event.set.names where !atOnce.contains(where: { $0.set[name] != nil }) {
        if let value = fields[name], value.json != nil { values.set(name, value) }
      }
    }
    return values.names.isEmpty || first.at < start ? nil : Event(at: start, by: nil, set: values)
  }

  /// The decoded record; values that do not fit their fields are reported, unless they were written as `unchecked`.
  func ticket(_ decoder: inout TicketDecoder, _ reader: NodeReader, at place: Place) -> Ticket? {
    var ticket = Ticket()
    do {
      try decoder.decode(Array(record.utf8).span.bytes, into: &ticket)
    } catch {
      reader.report(.unreadableTicket("\(error)", at: place))
      return nil
    }
    for problem in ticket.problems { report(problem, of: ticket, reader, at: place) }
    return ticket
  }

  private func report(
    _ problem: Ticket.Problem, of ticket: borrowing Ticket, _ reader: NodeReader, at place: Place
  ) {
    guard let slot = problem.slot else { return }
    let field = rulebook.schema.fields[slot]
    let values = [fields[field.name]] + events.map { $0.set[field.name] }
    if values.contains(where: { $0?.isUnchecked == true }) { return }
    // Which choices there are was said with the nearest one.
    if case .choice = field.type { return }
    let own = finalFields[field.name]?.place ?? place
    reader.report(.badValue(ticket.text(problem.written), field, problem.kind, at: own))
  }
}
