import Testing
import TicketModel

@Suite("The history of a ticket is decoded into events and changes")
struct HistoryDecodingTests {
  private let fields = [
    Sample.field("status", .text), Sample.field("n", .integer), Sample.field("a.b", .integer),
  ]
  private var layout: TicketLayout { Sample.layout(fields, history: true) }

  private func described(_ history: String) throws -> [String] {
    let ticket = try layout.decode("{\"history\": \(history)}")
    return ticket.describedHistory + ticket.problems.map(ticket.describe)
  }

  @Test("with the declared fields, nested or dotted, and null where one is cleared")
  func changes() throws {
    let history = """
      [{"at": "1970-01-01T00:00:01Z", "by": "x", "set": {"status": "new", "other": [1], "a": {"b": 1}}},
       {"set": {"a.b": 2, "n": null, "status": "\\u4e2d"}, "at": "1970-01-01T08:00:02"}]
      """
    #expect(
      try described(history) == ["1000: 0=text <new> 2=integer 1", "2000: 2=integer 2 1=absent 0=text <中>"])
  }

  @Test("and it is not there where it is null, empty or missing")
  func none() throws {
    #expect(try described("null") == [])
    #expect(try described("[]") == [])
    #expect(try layout.decode("{}").events.isEmpty)
  }

  @Test("Where nothing needs it, it is skipped")
  func untracked() throws {
    let ticket = try Sample.layout(fields).decode("{\"history\": [{\"at\": \"x\"}], \"n\": 1}")
    #expect(ticket.events.isEmpty && ticket.problems.isEmpty && ticket.slots[1].integer == 1)
  }

  @Test(
    "What is not a history is reported, and the rest is still decoded",
    arguments: [
      ("5", ["[malformedHistory history <5>]"]), ("\"none\"", ["[malformedHistory history <none>]"]),
      ("{}", ["[malformedHistory history <{}>]"]),
      ("[1, {\"at\": \"1970-01-01T00:00:01Z\"}]", ["1000:", "[malformedHistory history <1>]"]),
      ("[{\"set\": {\"n\": 1}}]", ["[malformedHistory history <{\"set\": {\"n\": 1}}>]"]),
      ("[{}]", ["[malformedHistory history <{}>]"]),
      ("[{\"at\": null, \"set\": {\"n\": 1}}]", ["[malformedHistory history <null>]"]),
      ("[{\"at\": 5}]", ["[malformedHistory history <5>]"]),
      ("[{\"at\": \"\"}]", ["[notAnInstant history <>]"]),
      ("[{\"at\": \"then\", \"set\": {\"n\": 1}}]", ["[notAnInstant history <then>]"]),
      ("[{\"at\": \"\\u4e2d\"}]", ["[notAnInstant history <中>]"]),
      ("[{\"at\": \"1970-01-01T00:00:01Z\", \"set\": [1]}]", ["1000:", "[malformedHistory history <[1]>]"]),
      ("[{\"at\": \"1970-01-01T00:00:01Z\", \"set\": null}]", ["1000:"]),
      ("[{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {}}]", ["1000:"]),
      (
        "[{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {\"n\": \"x\"}}]",
        ["1000: 1=invalid", "[wrongType 1 <x>]"]
      ),
      (
        "[{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {\"n\": 1, \"n\": 2}}]",
        ["1000: 1=integer 1", "[duplicateKey 1 <2>]"]
      ),
      (
        "[{\"at\": \"1970-01-01T00:00:01Z\", \"at\": \"x\", \"set\": {\"n\": 1}, \"set\": {\"n\": 2}}]",
        ["1000: 1=integer 1", "[duplicateKey history <x>]", "[duplicateKey history <{\"n\": 2}>]"]
      ),
    ] as [(String, [String])])
  func malformed(_ history: String, _ expected: [String]) throws {
    #expect(try described(history) == expected)
  }

  @Test("A second history is reported and left out")
  func twice() throws {
    let ticket = try layout.decode("{\"history\": [{\"at\": \"1970-01-01T00:00:01Z\"}], \"history\": []}")
    #expect(ticket.describedHistory == ["1000:"])
    #expect(ticket.problems.map(ticket.describe) == ["[duplicateKey history <[]>]"])
  }

  @Test(
    "A step back in time is reported, and the events are put in order; those of one instant stay as they are")
  func outOfOrder() throws {
    let times = [3, 1, 3, 2, 1, 4]
    let events = times.enumerated().map {
      "{\"at\": \"1970-01-01T00:00:0\($1)Z\", \"set\": {\"n\": \($0)}}"
    }
    #expect(
      try described("[\(events.joined(separator: ","))]") == [
        "1000: 1=integer 1", "1000: 1=integer 4", "2000: 1=integer 3", "3000: 1=integer 0",
        "3000: 1=integer 2",
        "4000: 1=integer 5", "[outOfOrder history <1970-01-01T00:00:01Z>]",
        "[outOfOrder history <1970-01-01T00:00:02Z>]", "[outOfOrder history <1970-01-01T00:00:01Z>]",
      ])
  }

  @Test("A field of the record may have the history's name")
  func fieldNamedHistory() throws {
    let layout = Sample.layout([Sample.field("history", .list(.text))], history: true)
    let ticket = try layout.decode(
      "{\"history\": [{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {\"history\": [1]}}]}")
    #expect(ticket.describedHistory == ["1000: 0=raw <[1]>"])
    #expect(ticket.slots[0].kind == .raw)
  }

  @Test("Fields of the record and of events do not count as each other's duplicates")
  func separateDuplicates() throws {
    let ticket = try layout.decode(
      "{\"n\": 1, \"history\": [{\"at\": \"1970-01-01T00:00:01Z\", \"set\": {\"n\": 2}}, {\"at\": \"1970-01-01T00:00:02Z\", \"set\": {\"n\": 3}}], \"n\": 4}"
    )
    #expect(ticket.describedHistory == ["1000: 1=integer 2", "2000: 1=integer 3"])
    #expect(ticket.problems.map(ticket.describe) == ["[duplicateKey 1 <4>]"])
  }

  @Test("Nothing of a ticket's history is left in the next")
  func reuse() throws {
    var decoder = TicketDecoder(layout: layout)
    var ticket = Ticket()
    try decoder.decode(
      Array("{\"n\": 1, \"history\": [{\"at\": \"x\"}, {\"at\": \"1970-01-01T00:00:01Z\"}]}".utf8).span.bytes,
      into: &ticket)
    #expect(ticket.events.count == 1 && ticket.problems.count == 1)
    try decoder.decode(Array("{\"status\": \"s\"}".utf8).span.bytes, into: &ticket)
    #expect(ticket.events.isEmpty && ticket.problems.isEmpty && ticket.changes.isEmpty)
    #expect(ticket.slots.map(ticket.describe) == ["text <s>", "absent", "absent"])
  }
}
