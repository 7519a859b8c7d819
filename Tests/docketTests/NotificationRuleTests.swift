import Foundation
import Testing

@Suite("The reference rulebook's notices")
struct NotificationRuleTests {
  /// Each escalation and notification, and a sample whose life shows it.
  static let rules = [
    ("E-105", "202605-003"), ("E-106-1", "202602-002"), ("E-106-2", "202602-003"),
    ("E-106-3", "202609-008"), ("E-302", "202610-007"), ("E-602", "202602-003"), ("N-106-1", "202602-002"),
    ("N-106-2", "202610-003"), ("N-206", "202605-003"), ("N-303", "202609-005"), ("N-402", "202609-003"),
    ("N-403", "202609-004"), ("N-502", "202606-001"), ("N-601", "202608-001"),
  ]

  @Test("are told by each rule in the life of a sample", arguments: rules)
  func told(rule: String, ticket: String) throws {
    let life = try Self.life(of: ticket, by: ReferenceRulebook.folder)
    #expect(life.contains("\"rule\":\"\(rule)\",\"due_at\""))
    let copy = try TemporaryFolder(copyOf: ReferenceRulebook.folder)
    try Self.remove(rule, from: copy.path)
    let without = try Self.life(of: ticket, by: copy.path)
    #expect(!without.contains("\"rule\":\"\(rule)\""))
    #expect(!without.isEmpty)
  }

  /// 5.2 and 6.1, of fields that are demanded by then.
  @Test(
    "say what the process asks for",
    arguments: [
      ("N-502", ["临时修复", "数据同步任务每天凌晨失败"]), ("N-601", ["临时扩容内存", "6.0 小时", "可能复发", "满意度"]),
    ])
  func content(rule: String, parts: [String]) throws {
    let life = try Self.life(of: "202606-001", by: ReferenceRulebook.folder)
    let line = try #require(
      life.split(separator: "\n").first { $0.contains("\"rule\":\"\(rule)\",\"due_at\"") })
    for part in parts { #expect(line.contains(part)) }
    #expect(!line.contains("—"))
  }

  @Test("are all of them")
  func complete() throws {
    let texts = try ["windows.yaml", "notifications.yaml"].map {
      try String(contentsOfFile: "\(ReferenceRulebook.folder)/\($0)", encoding: .utf8)
    }
    let ids = texts.joined().matches(of: /- (?:\{id: ([EN]-[0-9-]+)|id: ([EN]-[0-9-]+))/).map {
      String($0.1 ?? $0.2 ?? "")
    }
    // A review is not foretold: N-603 tells of what is found once a ticket has been closed.
    #expect(ids.sorted() == (Self.rules.map(\.0) + ["N-603"]).sorted())
  }

  /// What is told of a sample from its beginning on, as JSON lines.
  private static func life(of ticket: String, by rules: String) throws -> String {
    let result = try Program.run(
      [
        "simulate", ticket, "--rules", rules, "--as-of", "2026-01-01T00:00:00+08:00", "--until",
        "2026-10-20T10:00:00+08:00", "--format", "json", "rules/technical-service/samples/tickets.ndjson",
      ], in: Folders.repository)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// Takes a rule out: the line of its own, or those from its id to the next one's.
  private static func remove(_ rule: String, from folder: String) throws {
    for file in ["windows.yaml", "notifications.yaml"] {
      let path = "\(folder)/\(file)"
      var isRemoving = false
      let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
      let kept = lines.filter { line in
        let text = line.drop { $0 == " " }
        if text.hasPrefix("- {id: \(rule),") { return false }
        if text.hasPrefix("- id: ") || text.hasPrefix("#") { isRemoving = text == "- id: \(rule)" }
        return !isRemoving
      }
      // A list that became empty goes, too.
      let text = kept.joined(separator: "\n").replacing(/\n    escalate:\n(?!      - )/, with: "\n")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
