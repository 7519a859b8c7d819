import Testing
import TicketModel
import WorkingTime

@Suite("The fold gives every field's value at any instant")
struct TicketHistoryTests {
  /// What an event does to a field: nothing, clear it, or set it to a number.
  private static let effects: [Int?] = [nil, 0, 1]

  /// The rule as its documentation has it, word by word.
  private func model(_ top: Int, _ events: [(at: Int, effect: Int?)], at instant: Int) -> Int {
    let sets = events.filter { $0.effect != nil }
    if sets.isEmpty { return top }
    if let last = events.last, instant >= last.at, top != 0 { return top }
    return sets.last { $0.at <= instant }?.effect ?? 0
  }

  /// Two fields, top-level values or not, histories of up to three events at one of two instants or the next.
  @Test("as a naive model does, for all small histories", arguments: 0...3)
  func exhaustive(_ count: Int) throws {
    let layout = Sample.layout([Sample.field("a", .integer), Sample.field("b", .integer)], history: true)
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    var folded: [Slot] = []
    for history in histories(count) {
      for top in [[0, 0], [5, 0], [0, 6], [5, 6]] {
        try decoder.decode(Array(record(top, history).utf8).span.bytes, into: &ticket)
        for instant in 0...4 {
          let expected = [0, 1].map { field in
            model(top[field], history.map { ($0.at, $0.effects[field]) }, at: instant)
          }
          let at = Instant(milliseconds: Int64(instant) * 1000)
          ticket.fold(at: at, into: &folded)
          #expect(folded.map(number) == expected, "\(top) \(history) at \(instant)")
          #expect(
            [0, 1].map { number(ticket.value(of: $0, at: at)) } == expected, "\(top) \(history) at \(instant)"
          )
        }
      }
    }
  }

  private typealias History = [(at: Int, effects: [Int?])]

  private func histories(_ count: Int) -> [History] {
    var all: [History] = [[]]
    for index in 0..<count {
      all = all.flatMap { history in
        (max(1, history.last?.at ?? 1)...3).flatMap { at in
          Self.effects.flatMap { a in
            [nil, index + 1].map { b in history + [(at, [a.map { $0 == 0 ? 0 : 10 + index }, b])] }
          }
        }
      }
    }
    return all
  }

  private func number(_ slot: Slot) -> Int { slot.kind == .absent ? 0 : Int(slot.integer) }

  private func record(_ top: [Int], _ history: History) -> String {
    let events = history.map { event in
      let changes = zip(["a", "b"], event.effects).compactMap { name, effect in
        effect.map { "\"\(name)\":" + ($0 == 0 ? "null" : "\($0)") }
      }
      return "{\"at\":\"1970-01-01T00:00:0\(event.at)Z\",\"set\":{\(changes.joined(separator: ","))}}"
    }
    let fields = zip(["a", "b"], top).filter { $0.1 != 0 }.map { "\"\($0.0)\":\($0.1)" }
    return "{" + (fields + ["\"history\":[\(events.joined(separator: ","))]"]).joined(separator: ",") + "}"
  }

  @Test("A value that does not fit its field is a value: it is not replaced by an earlier one")
  func invalid() throws {
    let layout = Sample.layout([Sample.field("n", .integer)], history: true)
    let ticket = try layout.decode(
      "{\"n\": \"x\", \"history\": [{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {\"n\": 1}}, {\"at\": \"1970-01-01T00:00:02Z\", \"set\": {\"n\": \"y\"}}]}"
    )
    let kinds = [0, 1, 2].map { ticket.value(of: 0, at: Instant(milliseconds: $0 * 1000)).kind }
    #expect(kinds == [.absent, .integer, .invalid])
  }

  @Test("Folding does not change the ticket, and drops what was in the slots before")
  func reuse() throws {
    let layout = Sample.layout([Sample.field("n", .integer)], history: true)
    let ticket = try layout.decode(
      "{\"n\": 7, \"history\": [{\"at\": \"1970-01-01T00:00:05Z\", \"set\": {\"n\": 6}}]}")
    var slots = Array(repeating: Slot(kind: .boolean, integer: 1), count: 9)
    ticket.fold(at: Instant(milliseconds: 0), into: &slots)
    #expect(slots.map(ticket.describe) == ["absent"])
    #expect(ticket.slots.map(ticket.describe) == ["integer 7"])
  }
}
