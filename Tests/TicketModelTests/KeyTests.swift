import Testing
import TicketModel

@Suite("A key leads to its field")
struct KeyTests {
  @Test(
    "Dotted names are nested objects, or keys with dots, at every level",
    arguments: [
      "\"a\": {\"b\": {\"c\": 1}}", "\"a.b\": {\"c\": 1}", "\"a\": {\"b.c\": 1}", "\"a.b.c\": 1",
      "\"\\u0061\": {\"b\": {\"c\": 1}}",
      "\"a\": {\"x\": {\"c\": 2}, \"b\": {\"d\": {}, \"c\": 1}}", " \"a\" : { \"b\" : { \"c\" : 1 } } ",
      "\"c\": 2, \"b\": {\"c\": 3}, \"a\": {\"c\": 4, \"b\": {\"a\": 5, \"c\": 1}}",
    ])
  func nested(_ members: String) throws {
    let layout = Sample.layout([Sample.field("a.b.c", .integer), Sample.field("a.z", .integer)])
    #expect(try layout.reading(members) == "integer 1")
  }

  @Test(
    "A nested object may be missing, null, or not an object",
    arguments: ["", "\"a\": null", "\"a\": 3", "\"a\": []", "\"a\": {}"])
  func nestedMissing(_ members: String) throws {
    #expect(try Sample.layout([Sample.field("a.b", .integer)]).reading(members) == "")
  }

  @Test("An object may be a field itself beside the fields inside it")
  func nodeAndField() throws {
    let layout = Sample.layout([Sample.field("a", .object(Schema())), Sample.field("a.b", .integer)])
    #expect(try layout.reading("\"a\": {\"b\": 1}") == "raw <{\"b\": 1}>, integer 1")
    #expect(try layout.reading("\"a\": 5") == "invalid [wrongType 0 <5>]")
  }

  @Test(
    "A field that comes twice is reported and keeps its first value, even null",
    arguments: [
      ("\"a\": 1, \"a\": \"x\"", "integer 1 [duplicateKey 0 <x>]"),
      ("\"a\": null, \"a\": 2", " [duplicateKey 0 <2>]"),
      ("\"a\": 1, \"\\u0061\": [2, 3]", "integer 1 [duplicateKey 0 <[2, 3]>]"),
      ("\"c\": {\"d\": 1}, \"c.d\": 2", "integer 1 [duplicateKey 1 <2>]"),
      ("\"c\": {\"d\": 1}, \"c\": {\"d\": 2}", "integer 1 [duplicateKey 1 <2>]"), ("\"x\": 1, \"x\": 2", ""),
    ])
  func duplicates(_ members: String, _ expected: String) throws {
    let layout = Sample.layout([Sample.field("a", .integer), Sample.field("c.d", .integer)])
    #expect(try layout.reading(members) == expected)
  }

  @Test("Duplicates are found among any number of fields", arguments: [1, 63, 64, 65, 128, 129, 200])
  func manyFields(_ count: Int) throws {
    let layout = Sample.layout((0..<count).map { Sample.field("f\($0)", .integer) }, history: true)
    let members = (0..<count).map { "\"f\($0)\":\($0)" }.joined(separator: ",")
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    for _ in 0..<2 {
      let history = "\"history\":[{\"at\":\"2026-01-01T00:00Z\",\"set\":{\(members),\(members)}}]"
      try decoder.decode(Array("{\(members),\(history),\(members)}".utf8).span.bytes, into: &ticket)
      #expect(ticket.slots.map(\.integer) == (0..<count).map(Int64.init))
      #expect(ticket.changes.map(\.slot) == Array(0..<count))
      #expect(ticket.problems.map(\.slot) == Array(0..<count) + Array(0..<count))
      #expect(ticket.problems.allSatisfy { $0.kind == .duplicateKey })
    }
  }

  @Test("Keys of every length are told from those that differ in one byte", arguments: 1...40)
  func lengths(_ length: Int) throws {
    let name = String(
      (0..<length).map { "abcdefghij".utf8.map { $0 }[$0 % 10] }.map { Character(UnicodeScalar($0)) })
    let layout = Sample.layout([Sample.field(name, .integer)])
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    // Twice, since from the second time on the key is predicted.
    for round in 1...2 {
      for index in name.utf8.indices {
        var other = Array(name.utf8)
        other[name.utf8.distance(from: name.utf8.startIndex, to: index)] ^= 0x10
        let record = Array("{\"".utf8) + other + Array("\":7,\"\(name)x\":8,\"\(name.dropLast())\":9}".utf8)
        try decoder.decode(record.span.bytes, into: &ticket)
        #expect(ticket.slots[0].kind == .absent, "round \(round)")
        try decoder.decode(Array("{\"\(name)\":5}".utf8).span.bytes, into: &ticket)
        #expect(ticket.slots[0].integer == 5, "round \(round)")
      }
    }
  }

  @Test("Keys that JSON writes with escapes are found, and are no hole in the grammar")
  func escapedKeys() throws {
    let layout = Sample.layout([
      Sample.field("a\"b", .integer), Sample.field("c\\d", .integer), Sample.field("e\nf", .integer),
    ])
    #expect(
      try layout.reading("\"a\\\"b\": 1, \"c\\\\d\": 2, \"e\\nf\": 3") == "integer 1, integer 2, integer 3")
    for member in ["\"a\"b\": 1", "\"c\\d\": 2", "\"e\nf\": 3"] {
      for prefix in ["", "\"a\\\"b\": 1, ", "\"c\\\\d\": 1, "] {
        #expect(throws: MalformedRecord.self) { try layout.decode("{\(prefix)\(member)}") }
      }
    }
  }

  @Test("The order of keys does not matter, whatever order came before", arguments: [1, 2, 3] as [UInt64])
  func order(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let names = (0..<12).map { "field\($0)" }
    let layout = Sample.layout(names.map { Sample.field($0, .integer) })
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    for _ in 0..<100 {
      let present = names.indices.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
      var members = present.map { "\"field\($0)\":\($0)" } + ["\"unknown\":1", "\"field\":2"]
      members.shuffle(using: &random)
      try decoder.decode(Array("{\(members.joined(separator: ","))}".utf8).span.bytes, into: &ticket)
      let values = names.indices.map {
        ticket.slots[$0].kind == .integer ? Int(ticket.slots[$0].integer) : nil
      }
      #expect(values == names.indices.map { present.contains($0) ? $0 : nil }, "seed \(seed), \(members)")
      #expect(ticket.problems.isEmpty)
    }
  }

  @Test("Fields named alike in other objects, and the empty name, are fields of their own")
  func emptyNames() throws {
    let layout = Sample.layout(
      ["", "a.", ".a", "a", "at", "set"].map { Sample.field($0, .integer) }, history: true)
    let expected = "integer 1, integer 2, integer 3, integer 5, integer 6"
    #expect(try layout.reading("\"\": 1, \"a.\": 2, \".a\": 3, \"at\": 5, \"set\": 6") == expected)
  }
}
