import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("An evaluator")
struct PurityTests {
  static let rules = """
    fields:
      id: {type: string}
      status: {type: choice, values: [open, waiting, done]}
      level: {type: choice, values: [high, low]}
      users: {type: integer, max: 100}
      product: {type: string}
      opened_at: {type: instant}
      closed_at: {type: instant}
    priorities:
      field: level
      levels: [high, low]
      hit: unique
      inputs: [users, product]
      rows:
        - {id: P-1, users: 10..., priority: high}
        - {id: P-2, product: pump | valve, priority: low}
      otherwise: {priority: low}
    tables:
      teams: {hit: rule-order, inputs: [product, priority], outputs: [team], rows: [{id: T-1, product: pump, team: a}, {id: T-2, priority: high, team: b}], otherwise: {team: c}}
    windows:
      w:
        start: opened_at
        stop: {status: done}
        pause: {status: waiting}
        target: {by: priority, high: 1 hour, low: 5 hours}
        warn: [50%]
    required_fields:
      - {id: F-1, when: {status: done}, fields: [closed_at, product]}
    """

  private func record(_ generator: inout SeededGenerator) -> String {
    func time() -> String { "2026-03-02T0\(Int.random(in: 0...9, using: &generator)):00Z" }
    func member(_ name: String, _ values: [String]) -> String? {
      generator.chance(3) ? nil : "\"\(name)\": \(generator.pick(values))"
    }
    func members() -> String {
      [
        member("status", [#""open""#, #""waiting""#, #""done""#, #""none""#, "null"]),
        member("level", [#""high""#, #""low""#, "7"]), member("users", ["1", "50", "500", "true"]),
        member("product", [#""pump""#, #""valve""#, #""\u0070ump""#, #""""#]),
        member("opened_at", ["\"\(time())\""]), member("closed_at", ["\"\(time())\"", #""soon""#]),
      ].compactMap(\.self).joined(separator: ", ")
    }
    let top = members()
    let events = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      #"{"at": "\#(time())", "set": {\#(members())}}"#
    }
    return "{\(top)\(top.isEmpty ? "" : ", ")\"history\": [\(events.joined(separator: ", "))]}"
  }

  private func describe(_ decision: Decision) -> String {
    "\(decision.outcomes) \(decision.listedRows) \(decision.windows) \(decision.findings)"
  }

  @Test("that has seen other tickets says the same as a new one")
  func reuse() throws {
    let rulebook = try compile(Self.rules)
    var generator = SeededGenerator(seed: 11)
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    let now = try instant("2026-03-02T08:00Z")
    for _ in 0..<300 {
      let tickets = try [record(&generator), record(&generator)].map { try rulebook.ticket($0) }
      let fresh = tickets.map { describe(rulebook.decision(about: $0, at: now)) }
      for index in [0, 1, 0] {
        evaluator.evaluate(tickets[index], at: now, into: &decision)
        #expect(describe(decision) == fresh[index])
        _ = evaluator.trace(tickets[index], at: now)
      }
    }
  }

  @Test("reads the values that the ticket says it had at each instant, for tables and for windows")
  func fold() throws {
    let rulebook = try compile(Self.rules)
    let window = rulebook.windows[0]
    let rows = rulebook.moments.rows[0]
    var generator = SeededGenerator(seed: 12)
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    for _ in 0..<400 {
      let json = record(&generator)
      let ticket = try rulebook.ticket(json)
      let instants = [.earliest] + ticket.events.map(\.at) + [.latest]
      for now in instants {
        evaluator.evaluate(ticket, at: now, into: &decision)
        for slot in rulebook.schema.fields.indices {
          let (expected, actual) = (ticket.value(of: slot, at: now), evaluator.values.elements[slot])
          #expect(
            (expected.kind, expected.integer, expected.symbol) == (
              actual.kind, actual.integer, actual.symbol
            ),
            "slot \(slot) at \(now) of \(json)")
        }
      }
      // The last of several events at one instant makes the state.
      for (index, event) in ticket.events.enumerated()
      where index + 1 == ticket.events.count || ticket.events[index + 1].at > event.at {
        let values = rulebook.schema.fields.indices.map { ticket.value(of: $0, at: event.at) }
        for (row, condition) in [(rows.stop, window.stop.condition), (rows.pause, window.pause)] {
          let expected = values.withUnsafeBufferPointer { condition?.holds(for: $0) }
          #expect(evaluator.timeline.holds(row, in: index + 1) == expected, "event \(index) of \(json)")
        }
      }
    }
  }
}
