import Diagnostics
import RuleCompiler
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A rulebook without mistakes")
struct RulebookTests {
  @Test(
    "may have tables of every hit policy",
    arguments: [
      ("unique", HitPolicy.unique), ("any", .any), ("first", .first), ("priority", .priority),
      ("rule-order", .ruleOrder), ("output-order", .outputOrder), ("collect", .collect(nil)),
      ("collect sum", .collect(.sum)), ("collect min", .collect(.min)), ("collect max", .collect(.max)),
      ("collect count", .collect(.count)),
    ])
  func hitPolicies(text: String, policy: HitPolicy) throws {
    let outputs = text.hasPrefix("collect ") ? "amount: integer" : "size: [small, big], amount: integer"
    let rulebook = try compile(
      """
      fields: {vip: {type: boolean}}
      tables:
        t: {hit: \(text), inputs: [vip], outputs: {\(outputs)}, rows: [{id: T-1, vip: 'true', amount: 1}], otherwise: {amount: 2}}
      """)
    #expect(rulebook.tables[0].hit == policy && rulebook.tables[0].shortName == "t")
    #expect(rulebook.tables[0].rows[0].outputs.last == .integer(1))
  }

  @Test("may keep rows in a CSV file")
  func csv() throws {
    let rulebook = try compile(
      """
      fields:
        type: {type: choice, values: {fault: {label: {zh: 故障}}, request: }}
        users: {type: integer}
      tables:
        t: {hit: first, inputs: [type, users], outputs: {note: string, rank: integer}, rows: tables/t.csv, otherwise: {rank: 0}}
      """,
      resources: ["tables/t.csv": "id,users,rank,type,note\nT-1,10...,1,故障,\"a, b\"\nT-2,,2,not fault,\n"])
    let rows = rulebook.tables[0].rows
    #expect(rows.map(\.id) == ["T-1", "T-2"])
    #expect(rows.map { $0.cells.map(\.text) } == [[">= 10", "故障"], ["not fault"]])
    #expect(rows[0].outputs.first.map { "\($0)" }?.contains("a, b") == true)
    #expect(rows[1].outputs == [.absent, .integer(2)])
    #expect(
      rows[1].place
        == Place(file: "tables/t.csv", start: Position(line: 3, column: 1), end: rows[1].place.end))
  }

  @Test("may list holidays in files of its own and in iCalendar files")
  func holidays() throws {
    let events = [
      "BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261225", "END:VEVENT", "END:VCALENDAR", "",
    ]
    let rulebook = try compile(
      """
      time_zone: UTC
      fields: {id: {type: string}}
      calendars:
        office:
          weekly_hours: {mon-fri: [09:00-17:00]}
          holidays: [2026-01-01, {file: days.yaml}, {ics: days.ics}]
      """,
      resources: [
        "days.yaml": "holidays: [2026-10-01..2026-10-02]\nspecial_days: {2026-10-03: [10:00-12:00]}\n",
        "days.ics": events.joined(separator: "\r\n"),
      ])
    func hours(_ day: String) throws -> Int64 {
      let start = try instant("\(day)T00:00Z")
      let end = start.advanced(byMilliseconds: 86_400_000)
      return rulebook.calendars[0].workingMilliseconds(from: start, to: end) / 3_600_000
    }
    let days = [
      "2026-01-01", "2026-01-02", "2026-10-01", "2026-10-02", "2026-10-03", "2026-12-24", "2026-12-25",
    ]
    #expect(try days.map(hours) == [0, 8, 0, 0, 2, 8, 0])
  }

  @Test("names the fields of objects with dots, however they are written")
  func nested() throws {
    let rulebook = try compile(
      """
      fields:
        contact: {type: object, fields: {name: {type: string}, address: {type: object, fields: {city: {type: string}}}}}
        contact.phone: {type: string}
      required_fields:
        - {id: F-1, when: {contact.address.city: present}, fields: [contact.name, contact.phone]}
      """)
    #expect(rulebook.schema.names == ["contact.name", "contact.address.city", "contact.phone"])
    let ticket = try rulebook.ticket(#"{"contact": {"address": {"city": "x"}, "phone": "1"}}"#)
    let findings = rulebook.decision(about: ticket, at: .earliest).findings
    #expect(findings.map(\.field) == [0])
  }

  @Test(
    "needs no 'otherwise' where some row always holds",
    arguments: [
      "{id: T-1, type: fault, o: x}, {id: T-2, type: not fault, o: x}",
      "{id: T-1, users: ..<10, o: x}, {id: T-2, users: 10...19, o: x}, {id: T-3, users: '> 19', o: x}",
      "{id: T-1, users: '<= 9223372036854775806', o: x}, {id: T-2, users: 9223372036854775807, o: x}",
      "{id: T-1, price: '< 0.1', o: x}, {id: T-2, price: '>= 0.1', o: x}",
      "{id: T-1, product: a | b, o: x}, {id: T-2, product: not (a | b), o: x}",
      "{id: T-1, vip: 'true', type: fault, o: x}, {id: T-2, vip: 'false', o: x}, {id: T-3, type: not fault, o: x}",
      "{id: T-1, nick: present, o: x}, {id: T-2, nick: absent, o: x}",
      "{id: T-1, nick: not absent, o: x}, {id: T-2, nick: not present, o: x}",
      "{id: T-1, type: fault | request, users: 0..., o: x}, {id: T-2, users: ..<0, o: x}, {id: T-3, type: question, o: x}",
      "{id: T-1, type: fault, o: x}, {id: T-2, o: x}",
    ])
  func complete(rows: String) throws {
    let names = ["type", "vip", "users", "price", "product", "nick"].filter { rows.contains("\($0):") }
    let rulebook = try compile(
      """
      fields:
        type: {type: choice, required: true, values: [fault, request, question]}
        vip: {type: boolean, required: true}
        users: {type: integer, required: true}
        price: {type: number, required: true}
        product: {type: string, required: true}
        nick: {type: string}
      tables:
        t: {hit: first, inputs: [\(names.joined(separator: ", "))], outputs: [o], rows: [\(rows)]}
      """)
    #expect(rulebook.tables[0].otherwise == nil)
  }

  @Test("evaluates tables after those that they read, wherever they stand")
  func order() throws {
    let rulebook = try compile(
      """
      fields: {x: {type: string}}
      tables:
        d: {hit: first, inputs: [c, priority], outputs: [d], rows: [{id: D-1, c: p, d: q}], otherwise: {d: p}}
        c: {hit: first, inputs: [b], outputs: [c], rows: [{id: C-1, b: p, c: q}], otherwise: {c: p}}
        b: {hit: first, inputs: [x], outputs: [b], rows: [{id: B-1, x: p, b: q}], otherwise: {b: p}}
      priorities: {levels: [h, l], hit: first, inputs: [team], rows: [{id: P-1, team: p, priority: h}], otherwise: {priority: l}}
      routing: {hit: first, inputs: [c], outputs: [team], rows: [{id: R-1, c: p, team: q}], otherwise: {team: p}}
      """)
    #expect(rulebook.tables.map(\.shortName) == ["b", "c", "routing", "priorities", "d"])
    #expect(rulebook.priority?.table == 3 && rulebook.routing?.table == 2)
  }

  @Test("has an identity that changes with every byte and name of a file, and not with their order")
  func identity() throws {
    let rules = "format: 1\nrulebook: r # abcd\nfields: {x: {type: string}}\n"
    let tables =
      "format: 1\ntables:\n  t: {hit: first, inputs: [x], outputs: [o], rows: t.csv, otherwise: {o: y}}\n"
    func identity(_ files: [(String, String)], _ csv: String = "id,x,o\nT-1,a,b\n") throws -> String {
      let sources = files.map { SourceText(path: $0.0, text: $0.1) }
      let compilation = compilation(of: sources, resources: ["t.csv": csv])
      return try #require(
        compilation.rulebook?.identity, "\(TextRenderer(sources: sources).render(compilation.diagnostics))")
    }
    let first = try identity([("a.yaml", rules), ("b.yaml", tables)])
    #expect(first.hasPrefix("r@") && first.count == 18)
    #expect(try identity([("b.yaml", tables), ("a.yaml", rules)]) == first)
    var seen: Set = [first]
    for letter in "abcd" {
      seen.insert(
        try identity([("a.yaml", rules.replacing("# abcd", with: "# \(letter)")), ("b.yaml", tables)]))
    }
    seen.insert(try identity([("a.yaml", rules + "\n"), ("b.yaml", tables)]))
    seen.insert(try identity([("a.yaml", rules), ("b.yaml", "\u{FEFF}" + tables)]))
    seen.insert(try identity([("a.yaml", rules), ("c.yaml", tables)]))
    seen.insert(try identity([("a.yaml", tables), ("b.yaml", rules)]))
    seen.insert(try identity([("a.yaml", rules), ("b.yaml", tables)], "id,x,o\nT-1,a,c\n"))
    seen.insert(try identity([("a.yaml", rules), ("b.yaml", tables)], "id,x,o\nT-1,a,b\n\n"))
    #expect(seen.count == 11)
  }

  /// Twelve guests find no place on eleven chairs; a search that goes from guest to guest takes for ever to see it.
  @Test("is refused in one sentence where it takes too long to prove a table complete")
  func unprovable() throws {
    let (guests, chairs) = (0..<12, 0..<11)
    let values = chairs.map { "c\($0)" }.joined(separator: ", ")
    let fields = guests.map { "  g\($0): {type: choice, required: true, values: [\(values)]}\n" }.joined()
    var rows = ""
    for chair in chairs {
      for guest in guests {
        for other in (guest + 1)..<12 where guest < 11 {
          rows +=
            "      - {id: T-\(chair)-\(guest)-\(other), g\(guest): c\(chair), g\(other): c\(chair), o: x}\n"
        }
      }
    }
    let names = guests.map { "g\($0)" }.joined(separator: ", ")
    let text =
      "format: 1\nrulebook: r\nfields:\n\(fields)tables:\n  t:\n    hit: first\n    inputs: [\(names)]\n"
      + "    outputs: [o]\n    rows:\n\(rows)"
    let compilation = compilation(of: [SourceText(path: "r.yaml", text: text)])
    #expect(
      compilation.diagnostics.map(\.message) == [
        "tables.t has no 'otherwise', and it takes too long to prove that some row always holds"
      ])
  }

  @Test("may have thousands of rows of texts and no 'otherwise'")
  func large() throws {
    let rows = (0..<3000).map { "      - {id: T-\($0), product: p\($0), o: x}\n" }.joined()
    let rulebook = try compile(
      """
      fields: {product: {type: string, required: true}}
      tables:
        t:
          hit: first
          inputs: [product]
          outputs: [o]
          rows:
      \(rows)      - {id: T-rest, o: x}
      """)
    #expect(rulebook.tables[0].rows.count == 3001)
  }
}
