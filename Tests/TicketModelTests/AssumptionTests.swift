import Diagnostics
import Testing
import TicketModel

@Suite("A ticket with assumed values")
struct AssumptionTests {
  private let layout = Sample.layout(
    [
      Sample.field("urgency", Sample.urgency), Sample.field("users", .integer),
      Sample.field("contact.name", .text), Sample.field("contact.phone", .text),
    ], history: true)

  private func decode(_ record: String, assuming values: [(Int, String)]) throws -> Ticket {
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    try decoder.decode(
      Array(record.utf8), assuming: values.map { TicketAssumption(slot: $0.0, json: $0.1) }, into: &ticket)
    return ticket
  }

  private func values(_ ticket: borrowing Ticket) -> [String] {
    ticket.slots.map { slot in slot.kind == .text ? ticket.text(slot) : "\(slot.kind) \(slot.integer)" }
  }

  @Test("has them in place of its own, also of nested ones, and keeps the rest")
  func replaced() throws {
    let record = #" {"urgency":"low","users":3,"contact":{"name":"A*","phone":"1"}}"#
    let ticket = try decode(record, assuming: [(0, #""high""#), (2, #""B \"é\"""#)])
    #expect(values(ticket) == ["choice 0", "integer 3", "B \"é\"", "1"])
    #expect(ticket.problems.isEmpty)
  }

  @Test("may have been empty", arguments: ["{}", "{ \n }", "\u{FEFF}{}"]) func empty(record: String) throws {
    #expect(try decode(record, assuming: [(1, "7")]).slots[1].integer == 7)
  }

  @Test("keeps what is wrong with the rest, and loses what was wrong with the field")
  func problems() throws {
    let record = #"{"urgency":"hihg","users":"many","users":2}"#
    let ticket = try decode(record, assuming: [(0, #""low""#)])
    #expect(ticket.problems.map(\.kind) == [.wrongType, .duplicateKey])
    #expect(ticket.problems.allSatisfy { $0.slot == 1 })
  }

  @Test("loses a value at present, whatever its history says, and had it before")
  func removed() throws {
    let record = """
      {"urgency":"high","users":1,"history":[{"at":"2026-01-01T00:00:00Z","set":{"urgency":"low","users":1}},
      {"at":"2026-01-02T00:00:00Z","set":{"urgency":"high"}}]}
      """
    for slot in [0, 1] {
      let ticket = try decode(record, assuming: [(slot, "null")])
      #expect(ticket.value(of: slot, at: ticket.events[1].at).kind == .absent)
      #expect(ticket.value(of: slot, at: ticket.events[0].at).kind != .absent)
      var folded = [Slot]()
      ticket.fold(at: ticket.events[1].at, into: &folded)
      #expect(folded[slot].kind == .absent && folded[1 - slot].kind != .absent)
    }
  }

  @Test("is refused where the record is no ticket, at its own place") func malformed() {
    #expect {
      try decode(#"{"urgency":"low","users":}"#, assuming: [(0, #""high""#)])
    } throws: { error in
      (error as? MalformedRecord)?.column == 26
    }
  }
}
