import Engine
import Foundation
import PluginAPI
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A review that is owed")
struct ReviewDeliveryTests {
  @Test("is told once, however many fields it lacks, and not as a finding")
  func once() throws {
    let rulebook = try compile(
      """
      language: en
      fields:
        id: {type: string}
        priority: {type: choice, values: [high, low]}
        manager: {type: string}
        root_cause: {type: string, label: {en: Root cause}}
        prevention: {type: string, label: {en: Prevention}}
      reviews: [{id: V-1, when: {priority: high}, require: [root_cause, prevention]}]
      notifications:
        - {id: N-1, on: review, to: manager, message: "{id}: {rule}: {message}"}
        - {id: N-2, on: finding}
      """)
    let ticket = try rulebook.ticket(#"{"id": "T-1", "priority": "high", "manager": "wu"}"#)
    let now = try instant("2026-03-02T09:00Z")
    let planned = DeliveryPlanner(rulebook, language: "en").deliveries(
      for: rulebook.decision(about: ticket, at: now), of: ticket, id: "T-1", at: now)
    #expect(planned.map(\.delivery.key) == ["T-1/V-1/review/N-1"])
    #expect(planned.map(\.delivery.to) == [["wu"]])
    #expect(planned.map(\.delivery.title) == ["T-1: V-1: Root cause is missing"])
  }

  @Test("is told to a list of people one by one")
  func people() throws {
    let rulebook = try compile(
      """
      fields:
        id: {type: string}
        status: {type: choice, values: [open, blocked]}
        collaborators: {type: list, of: {type: string}}
      notifications: [{id: N-1, on: status.changed, to: collaborators}]
      """)
    let ticket = try rulebook.ticket(
      #"{"id": "T-1", "collaborators": ["a", "b"], "history": [{"at": "2026-03-02T08:00Z", "set": {"status": "open"}}]}"#
    )
    let now = try instant("2026-03-02T09:00Z")
    let planned = DeliveryPlanner(rulebook, language: "en").deliveries(
      for: rulebook.decision(about: ticket, at: now), of: ticket, id: "T-1", at: now)
    #expect(planned.map(\.delivery.to) == [["a", "b"]])
  }

  /// 6.3 of the reference rulebook's process.
  @Test("is told to the managers by the reference rulebook, and not without its rule")
  func reference() throws {
    let rules = URL(filePath: #filePath).appending(path: "../../../rules/technical-service").standardized.path
    let line = try String(contentsOfFile: "\(rules)/samples/tickets.ndjson", encoding: .utf8).split(
      separator: "\n"
    ).first { $0.contains(Self.sample) }
    let record = try #require(line)
    #expect(try keys(about: String(record), by: rules) == ["\(Self.sample)/V-603-2/review/N-603"])
    let copy = TemporaryFolder()
    try FileManager.default.copyItem(atPath: rules, toPath: "\(copy.path)/rules")
    let file = "\(copy.path)/rules/notifications.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let start = try #require(text.range(of: "  - id: N-603"))
    try String(text[..<start.lowerBound]).write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try keys(about: String(record), by: "\(copy.path)/rules") == [])
  }

  private static let sample = "202608-003"

  private func keys(about record: String, by rules: String) throws -> [String] {
    let rulebook = try #require(try LoadedRulebook(rules).rulebook)
    let ticket = try rulebook.ticket(record)
    let now = try instant("2026-10-12T10:00+08:00")
    return DeliveryPlanner(rulebook, language: "zh").deliveries(
      for: rulebook.decision(about: ticket, at: now), of: ticket, id: Self.sample, at: now
    ).map(\.delivery).filter { $0.notice == "review" }.map(\.key)
  }
}
