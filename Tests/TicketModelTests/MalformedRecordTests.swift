import Testing
import TicketModel

@Suite("A record that is not one JSON object is refused with its place and a fixed wording")
struct MalformedRecordTests {
  struct Case: CustomTestStringConvertible {
    var record: String
    var place: String
    var message: String

    init(_ record: String, _ place: String, _ message: String) {
      (self.record, self.place, self.message) = (record, place, message)
    }

    var testDescription: String { record.debugDescription }
  }

  static let cutOff = "the record ends before its JSON does; it may have been cut off"
  static let value =
    "expected a value: a text in double quotes, a number, true, false, null, a list or an object"
  static let number = "not a JSON number: no leading zero or plus sign, and digits on both sides of the point"
  static let control = "a control character inside a text; write it as an escape, such as \\n or \\u0000"
  static let escape =
    "unknown escape; JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits"
  static let surrogate = "half of a surrogate pair; write \\uD800 to \\uDBFF only before \\uDC00 to \\uDFFF"

  static let cases: [Case] = [
    Case("", "0 1:1", "the record is empty; a ticket is one JSON object"),
    Case(" \n ", "3 2:2", "the record is empty; a ticket is one JSON object"),
    Case("[]", "0 1:1", "a ticket is one JSON object; expected {"),
    Case("\n  null", "3 2:3", "a ticket is one JSON object; expected {"),
    Case("{} x", "3 1:4", "something follows the object; write one object a record"),
    Case("{}{}", "2 1:3", "something follows the object; write one object a record"),
    Case("{", "1 1:2", cutOff),
    Case("{\"a\": \"b", "8 1:9", cutOff),
    Case("{\"a\": [1, {", "11 1:12", cutOff),
    Case("{\"a\": -", "7 1:8", cutOff),
    Case("{a: 1}", "1 1:2", "expected a field name in double quotes"),
    Case("{\"a\": 1,}", "8 1:9", "expected a field name in double quotes"),
    Case("{\"a\": {\"b\": 1, 2}}", "15 1:16", "expected a field name in double quotes"),
    Case("{\"a\" 1}", "5 1:6", "expected a colon after the field name"),
    Case("{\"x\": {\"a\", 1}}", "10 1:11", "expected a colon after the field name"),
    Case("{\"a\": }", "6 1:7", value),
    Case("{\"a\": True}", "6 1:7", value),
    Case("{\"a\": nul}", "6 1:7", value),
    Case("{\"a\": [1,]}", "9 1:10", value),
    Case("{\"a\": 'b'}", "6 1:7", value),
    Case("{\"a\": .5}", "6 1:7", value),
    Case("{\"中\": 1 \"b\": 2}", "10 1:9", "expected a comma or the object's closing brace"),
    Case("{\"x\": {\"a\": 1]}", "13 1:14", "expected a comma or the object's closing brace"),
    Case("{\"a\": [1 2]}", "9 1:10", "expected a comma or the list's closing bracket"),
    Case("{\"a\": [1}", "8 1:9", "expected a comma or the list's closing bracket"),
    Case("{\"a\": 01}", "6 1:7", number),
    Case("{\"a\": -x}", "7 1:8", number),
    Case("{\"a\": 1.}", "8 1:9", number),
    Case("{\"a\": 1e+}", "9 1:10", number),
    Case("{\n\"a\": \"b\tc\"}", "9 2:8", control),
    Case("{\"a\": \"b\u{0}c\"}", "8 1:9", control),
    Case("{\"a\": \"\\x\"}", "8 1:9", escape),
    Case("{\"a\": \"\\u12G4\"}", "11 1:12", escape),
    Case("{\"a\": \"\\uD83D\"}", "7 1:8", surrogate),
    Case("{\"a\": \"\\uDC00\\uD83D\"}", "7 1:8", surrogate),
    Case("{\"a\": \"\\uD83D\\u0041\"}", "7 1:8", surrogate),
    Case(
      "{\"a\": " + String(repeating: "[", count: 128) + String(repeating: "]", count: 128) + "}", "133 1:134",
      "lists and objects are nested deeper than 128 levels"),
  ]

  @Test("where the reason is any but the encoding", arguments: cases)
  func isRefused(_ example: Case) throws {
    // Whether a field is declared makes no difference to what is JSON.
    for fields in [
      [], [Sample.field("a", .text), Sample.field("x.a", .integer), Sample.field("中", .number)],
    ] {
      let failure = #expect(throws: MalformedRecord.self) { try Sample.layout(fields).decode(example.record) }
      #expect(failure.map { "\($0.offset) \($0.line):\($0.column)" } == example.place)
      #expect(failure?.message == example.message)
    }
  }

  @Test(
    "where the bytes are not UTF-8",
    arguments: [
      ([0x80], "continuation without a lead"), ([0xC3], "lead without a continuation"),
      ([0xC0, 0xAF], "overlong, 2 bytes"), ([0xE0, 0x9F, 0xBF], "overlong, 3 bytes"),
      ([0xF0, 0x8F, 0xBF, 0xBF], "overlong, 4 bytes"), ([0xED, 0xA0, 0x80], "surrogate"),
      ([0xF4, 0x90, 0x80, 0x80], "above 10FFFF"), ([0xF5, 0x80, 0x80, 0x80], "no lead at all"),
      ([0xE4, 0xB8], "cut off"), ([0xFF, 0xFE], "mark of UTF-16"),
    ] as [([UInt8], String)])
  func isNotUTF8(_ bytes: [UInt8], _ name: String) {
    let failure = #expect(throws: MalformedRecord.self) {
      try Sample.layout([]).decode(Array("{\n\"中\": \"文".utf8) + bytes + Array("\"}".utf8))
    }
    #expect(failure?.message == "these bytes are not UTF-8; save the tickets as UTF-8")
    #expect(failure.map { "\($0.offset) \($0.line):\($0.column)" } == "13 2:8")
  }

  @Test("where it is longer than 512 MiB, before any byte of it is read")
  func isTooLong() {
    // Reserved, not touched: the pages do not exist.
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 512 << 20 + 1, alignment: 1)
    defer { bytes.deallocate() }
    var ticket = Ticket()
    var decoder = TicketDecoder(layout: Sample.layout(Sample.allTypes))
    let failure = #expect(throws: MalformedRecord.self) { try decoder.decode(bytes.bytes, into: &ticket) }
    #expect(failure?.message == "the record is longer than 512 MiB")
  }

  @Test("and the ticket is empty, although the record was fine up to there")
  func leavesNothing() throws {
    let layout = Sample.layout([Sample.field("a", .text), Sample.field("b", .integer)], history: true)
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    try decoder.decode(Array("{\"a\": \"\\n\", \"b\": 7}".utf8).span.bytes, into: &ticket)
    let record = Array(
      "{\"a\": \"x\", \"b\": 1.5, \"history\": [{\"at\": \"2026-01-01T00:00Z\", \"set\": {\"b\": 1}}], ".utf8)
    #expect(throws: MalformedRecord.self) { try decoder.decode(record.span.bytes, into: &ticket) }
    #expect(ticket.slots.map(ticket.describe) == ["absent", "absent"])
    #expect(
      ticket.bytes.isEmpty && ticket.events.isEmpty && ticket.changes.isEmpty && ticket.problems.isEmpty)
  }

  @Test("and every reason has a wording of its own")
  func wordings() {
    #expect(
      Set(MalformedRecord.Reason.allCases.map(\.wording)).count == MalformedRecord.Reason.allCases.count)
  }
}

extension MalformedRecord.Reason {
  fileprivate var wording: String { MalformedRecord(reason: self, offset: 0, line: 1, column: 1).message }
}
