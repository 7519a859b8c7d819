import Foundation
import Testing

@Suite("The reference rulebook")
struct ReferenceRulebookTests {
  @Test(
    "decides about its samples as recorded",
    arguments: [
      ("decisions.ndjson", ["--format", "ndjson"]), ("findings.txt", []),
      ("findings-en.txt", ["--language", "en"]),
    ])
  func samples(file: String, options: [String]) throws {
    let result = try ReferenceRulebook.check(options: options)
    #expect(result.errors == "")
    #expect(result.status == 0)
    let path = URL(filePath: "\(ReferenceRulebook.expected)/\(file)")
    if isRecording { try Data(result.output.utf8).write(to: path) }
    // Compared by line, so that a failure shows the tickets that differ.
    let expected = String(decoding: try Data(contentsOf: path), as: UTF8.self)
    let difference = result.output.components(separatedBy: "\n").difference(
      from: expected.components(separatedBy: "\n"))
    #expect(difference.isEmpty, "\(difference.map { "\($0)" }.joined(separator: "\n"))")
  }

  @Test("has 52 samples") func count() throws {
    let lines = try ReferenceRulebook.decisions(by: "rules/technical-service")
    #expect(lines.count { $0.contains(#""priority":{"#) } == 52)
  }

  @Test("is sound") func lint() throws {
    let result = try Program.run(
      ["lint", "rules/technical-service", "--as-of", "2026-10-12T10:00:00+08:00"], in: Folders.repository)
    #expect(
      result.output.hasPrefix(
        "rules/technical-service: 0 errors, 0 warnings, 6 notes (--notes); technical-service@"))
    #expect(result.status == 0)
  }

  @Test("reports every malformed sample, and checks the rest")
  func malformed() throws {
    let result = try Program.run(
      [
        "check", "--rules", "rules/technical-service", "--as-of", "2026-10-12T10:00:00+08:00", "--language",
        "en", "rules/technical-service/samples/bad",
      ], in: Folders.repository)
    #expect(result.status == 1)
    for place in ["broken.ndjson:2", "too-many-cells.csv:3"] {
      #expect(result.output.contains("error  record  rules/technical-service/samples/bad/\(place)  "))
    }
    #expect(result.output.contains("Status is 处理钟, which is none of its values; did you mean '处理中'?"))
    #expect(result.output.hasSuffix("; 2 records could not be read\n"))
  }

  @Test("has rules of every kind")
  func rules() {
    let kinds = Dictionary(grouping: RuleText.all) { $0.file }.mapValues(\.count)
    #expect(
      kinds == [
        "priorities.yaml": 6, "routing.yaml": 4, "tables.yaml": 6, "windows.yaml": 4,
        "required-fields.yaml": 25, "checks.yaml": 12, "reviews.yaml": 2,
      ])
  }

  @Test(
    "speaks Chinese and English",
    arguments: RuleText.all.filter {
      ["required-fields.yaml", "checks.yaml", "reviews.yaml"].contains($0.file)
    })
  func languages(rule: RuleText) {
    let lines = RuleText.lines(of: rule.file)[rule.lines].map { $0.drop { $0 == " " } }
    let chinese = lines.filter { $0.hasPrefix("zh: \"") }
    #expect(chinese.count == 1 && lines.count { $0.hasPrefix("en: \"") } == 1)
    #expect(chinese.contains { $0.unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value } })
  }

  @Test("decides otherwise about a sample without", arguments: RuleText.all)
  func everyRuleCounts(rule: RuleText) throws {
    let changed = try ReferenceRulebook.decisions(by: try rule.removed())
    let original = try Self.original.get()
    #expect(changed != original, "no sample shows what \(rule.id) does")
  }

  /// Without a step the state behind it may have no way in, which the rules are refused for.
  @Test(
    "decides otherwise about a sample without a part of the workflow, or is refused",
    arguments: WorkflowPart.all)
  func everyPartOfTheWorkflowCounts(part: WorkflowPart) throws {
    do {
      let changed = try ReferenceRulebook.decisions(by: try part.removed())
      #expect(try changed != Self.original.get(), "no sample shows what this is for")
    } catch let refused as ReferenceRulebook.Refused {
      #expect(part.testDescription.contains(": next ") && refused.messages.contains("[unreachable-state]"))
    }
  }

  @Test("has a workflow of many parts")
  func workflow() {
    #expect(WorkflowPart.all.count == 38)
  }

  /// What a window says beside its start, stop and target. Of `acknowledge` and `confirm` no sample is withdrawn or
  /// about to breach at the instant of the check, and of `archive` none is about to breach.
  @Test(
    "decides otherwise about a sample without a window's",
    arguments: [
      ("first-response", "pause"), ("first-response", "cancel"), ("first-response", "warn"),
      ("confirm", "on_reopen"),
    ])
  func everyLineOfAWindowCounts(window: String, key: String) throws {
    let window = try #require(RuleText.all.first { $0.id == window })
    #expect(
      RuleText.lines(of: window.file)[window.lines].contains { $0.hasPrefix("    \(key):") })
    let copy = try window.replaced { $0.hasPrefix("    \(key):") ? "" : $0 }
    #expect(try ReferenceRulebook.decisions(by: copy) != Self.original.get())
  }

  @Test(
    "decides otherwise about a sample where a field demands less",
    arguments: ["unique: true, ", "matches: '[0-9]{6}-[0-9]{3,}', "])
  func everyDemandOfAFieldCounts(demand: String) throws {
    let copy = try TemporaryFolder(copyOf: ReferenceRulebook.folder)
    let text = RuleText.lines(of: "fields.yaml").joined(separator: "\n")
    #expect(text.contains(demand))
    try Data(text.replacing(demand, with: "").utf8).write(to: URL(filePath: "\(copy.path)/fields.yaml"))
    #expect(try ReferenceRulebook.decisions(by: copy) != Self.original.get())
  }

  @Test("decides otherwise about a sample without the public holidays and make-up days of 2026")
  func holidays() throws {
    let copy = try TemporaryFolder(copyOf: ReferenceRulebook.folder)
    let text = RuleText.lines(of: "calendar.yaml").joined(separator: "\n")
    let without = text.replacing("{file: holidays/cn-2026.yaml}, ", with: "")
    #expect(without != text)
    try Data(without.utf8).write(to: URL(filePath: "\(copy.path)/calendar.yaml"))
    try FileManager.default.removeItem(atPath: "\(copy.path)/holidays/cn-2026.yaml")
    #expect(try ReferenceRulebook.decisions(by: copy) != Self.original.get())
  }

  /// The decisions by all rules, computed once.
  private static let original = Result { try ReferenceRulebook.decisions(by: "rules/technical-service") }
}
