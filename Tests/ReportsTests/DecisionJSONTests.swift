import ByteOutput
import Diagnostics
import Foundation
import Reports
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("Decisions as JSON")
struct DecisionJSONTests {
  @Test("have a line of the documented shape for every kind of outcome, window and finding")
  func golden() throws {
    let fixture = Fixture("decisions")
    let rulebook = try fixture.rulebook()
    let now = try instant("2026-03-02T15:00:00+08:00")
    var line = ByteWriter()
    for (language, records) in [
      ("en", try fixture.tickets()), ("zh", Array(try fixture.tickets().suffix(2))),
    ] {
      let json = DecisionJSON(rulebook, language: language)
      for (index, record) in records.enumerated() {
        let ticket = try rulebook.ticket(record)
        let decision = rulebook.decision(about: ticket, at: now)
        json.write(decision, of: ticket, source: { "tickets.jsonl:\(index + 1)" }, into: &line)
      }
    }
    let json = DecisionJSON(rulebook, language: "en")
    let unreadable = FindingReference(rule: "record", place: nil, severity: .error, field: nil)
    let twice = FindingReference(
      rule: "fields.id", place: Place(file: "a.yaml", line: 3), severity: .warning, field: "id")
    json.write(
      loose: unreadable, ticket: nil, message: "expected a \"colon\"", place: "tickets.jsonl:7", into: &line)
    json.write(loose: twice, ticket: "T\t1", message: "ID 重复", place: "a.yaml:3", into: &line)
    let actual = line.text
    #expect(try actual == fixture.expected(recording: actual))
    for line in actual.split(separator: "\n") { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
  }

  @Test("name the waiver of a finding behind its place, or behind the event in the history")
  func waived() throws {
    let rules = """
      time_zone: UTC
      fields:
        id: {type: string}
        status: {type: choice, values: [open, done]}
        cause: {type: string}
        opened_at: {type: instant}
        closed_at: {type: instant}
      windows:
        answer: {start: opened_at, stop: closed_at, target: 1 hour}
      required_fields: [{id: F-1, fields: [cause]}]
      workflow:
        field: status
        initial: open
        states: {open: {category: open, next: [done]}, done: {category: closed}}
      waivers:
        - {id: W-1, rule: F-1, when: {id: a}, until: 2026-12-31, by: o, reason: r}
        - {id: 'W-"2', rule: workflow.done, when: {id: a}, until: 2026-12-31, by: o, reason: r}
        - {id: W-3, rule: answer, when: {id: a}, until: 2026-12-31, by: o, reason: r}
      """
    let rulebook = try compile(rules)
    let json = DecisionJSON(rulebook, language: "en")
    func findings(_ id: String) throws -> Substring {
      let ticket = try rulebook.ticket(
        #"{"id": "\#(id)", "opened_at": "2026-03-02T09:00Z", "history": [{"at": "2026-03-02T09:00Z", "set": {"status": "done"}}]}"#
      )
      var line = ByteWriter()
      let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T12:00"))
      json.write(decision, of: ticket, source: { "" }, into: &line)
      return line.text.split(separator: #""findings":["#)[1].split(separator: #"],"notices""#)[0]
    }
    let waived = try findings("a")
    #expect(
      waived == #"""
        {"rule":"answer","severity":"error","field":null,"message":"answer was due at 2026-03-02T10:00:00Z and is late by 2 h","at":"rules.yaml:11","waiver":"W-3"},{"rule":"F-1","severity":"error","field":"cause","message":"cause is missing","at":"rules.yaml:12","waiver":"W-1"},{"rule":"workflow.done","severity":"error","field":"status","message":"status began as done at 2026-03-02T09:00:00Z, and must begin as open","at":"rules.yaml:16","event":"2026-03-02T09:00:00Z","waiver":"W-\"2"}
        """#)
    let plain = waived.replacing(#","waiver":"W-3""#, with: "").replacing(#","waiver":"W-1""#, with: "")
      .replacing(#","waiver":"W-\"2""#, with: "")
    #expect(try findings("b") == plain)
    let loose = FindingReference(rule: "fields.id", place: nil, severity: .error, field: "id")
    var line = ByteWriter()
    json.write(loose: loose, ticket: "a", message: "twice", place: "t:1", waiver: 1, into: &line)
    #expect(line.text.contains(#""at":"t:1","waiver":"W-\"2"}]"#))
  }

  @Test("are valid whatever texts stand in a ticket, and give its id back")
  func anyText() throws {
    let rulebook = try compile(
      """
      fields:
        id: {type: string}
        level: {type: choice, values: [high, low]}
        users: {type: integer}
        cause: {type: string}
      required_fields:
        - {id: F-1, when: {cause: present}, fields: [users], message: "{id}: {cause} {level}"}
      """)
    let json = DecisionJSON(rulebook, language: "en")
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let (id, cause) = (text(&generator), text(&generator))
      let record = try JSONSerialization.data(
        withJSONObject: ["id": id, "cause": cause, "level": text(&generator)],
        options: [.withoutEscapingSlashes])
      let ticket = try rulebook.ticket(String(decoding: record, as: UTF8.self))
      var line = ByteWriter()
      json.write(rulebook.decision(about: ticket, at: .earliest), of: ticket, source: { id }, into: &line)
      let bytes = line.bytes
      #expect(bytes.last == 0x0A && bytes.count { $0 == 0x0A } == 1)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      let findings = try #require(object["findings"] as? [[String: Any]])
      #expect((object["ticket"] as? String ?? "").unicodeScalars.elementsEqual(id.unicodeScalars))
      let message = findings.last?["message"] as? String
      #expect(
        cause.isEmpty || message?.contains(cause) == true, "\(id.debugDescription) \(cause.debugDescription)")
    }
  }

  /// Up to 20 characters out of all of Unicode, those that JSON escapes often.
  private func text(_ generator: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      let range: ClosedRange<UInt32> = generator.chance(2) ? 0...0x7F : 0...0x10FFFF
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  @Test("hold no value of a masked field, nor does an explanation")
  func masked() throws {
    let rulebook = try compile(MaskedTickets.rules)
    var generator = SeededGenerator(seed: 4)
    let now = try instant("2026-03-02T12:00Z")
    for language in ["en", "zh"] {
      let json = DecisionJSON(rulebook, language: language)
      let explanation = ExplanationText(rulebook, language: language)
      for _ in 0..<100 {
        let record = MaskedTickets.record(using: &generator)
        let ticket = try rulebook.ticket(record)
        var line = ByteWriter()
        json.write(rulebook.decision(about: ticket, at: now), of: ticket, source: { "t:1" }, into: &line)
        let said = line.text + explanation.text(about: ticket, at: now, source: "t:1")
        #expect(!said.contains(MaskedTickets.marker), "\(record)\n\(said)")
      }
    }
  }
}
