import Diagnostics
import Foundation
import Reports
import RuleEvaluator
import Testing

@Suite("A report as an HTML page")
struct HTMLReportTests {
  private func page() -> FindingPage {
    var page = FindingPage()
    page.subject.waivers = [
      ReportedWaiver(id: "W-1", rule: "R-2", until: "2026-12-31", owner: "desk", reason: "being replaced")
    ]
    page.findings = [
      ReportedFinding(
        rule: "R-2", severity: .warning, message: "no site", field: "site", ticket: "T-9",
        record: .init(source: "a.ndjson", line: 9), rulePlace: Place(file: "checks.yaml", line: 3),
        hint: "name the site"),
      ReportedFinding(rule: "R-1", severity: .error, message: "no title", ticket: "T-8"),
      ReportedFinding(
        rule: "R-2", severity: .error, message: "no room", ticket: "T-7", standing: .waived(waiver: 0)),
      ReportedFinding(rule: "R-1", severity: .info, message: "no tags", ticket: "T-6", standing: .known),
      ReportedFinding(
        rule: "R-4", severity: .info, message: "no id", record: .init(source: "stdin", line: 4)),
    ]
    page.summary.tickets = 12_345
    page.summary.ticketsWithFindings = 3
    page.summary.errors = 1
    page.summary.warnings = 1
    page.summary.notes = 1
    page.summary.known = 1
    page.summary.waived = [1]
    page.summary.fixed = [BaselineEntry(rule: "R-3", ticket: "T-5", field: "owner")]
    page.summary.failed = true
    return page
  }

  @Test("says what was judged by what, when and how it ended, and counts what was found")
  func header() {
    let page = page().read()
    #expect(page.isWellFormed)
    #expect(page.texts["title"] == "Desk: check of tickets")
    #expect(page.texts["h1"] == "Desk failed")
    #expect(
      page.definitions == [
        "Rulebook": "desk@0123456789abcdef", "As of": "2026-10-12T10:00:00+08:00", "Docket": "0.4.0",
        "errors": "1", "warnings": "1", "notes": "1", "tickets": "12,345", "tickets with findings": "3",
        "known": "1", "waived": "1", "fixed": "1",
      ])
  }

  @Test("has a row for each finding: those that count by severity, then what is known and what is waived")
  func findings() {
    let page = page().read()
    #expect(
      page.tables["findings-table"]?.map(\.cells) == [
        ["Severity", "Rule", "Ticket", "Field", "Message", "Place", "Standing"],
        ["error", "R-1", "T-8", "", "no title", "", "new"],
        ["warning", "R-2", "T-9", "site", "no sitename the site", "a.ndjson:9", "new"],
        ["note", "R-4", "stdin:4", "", "no id", "stdin:4", "new"],
        ["error", "R-2", "T-7", "", "no room", "", "waived W-1"],
        ["note", "R-1", "T-6", "", "no tags", "", "known"],
      ])
    #expect(
      page.rows("findings").first?.attributes == [
        "data-severity": "error", "data-rule": "R-1", "data-standing": "new",
      ])
    #expect(
      page.options == [
        "all", "error (2)", "warning (1)", "note (2)", "all", "R-1 (2)", "R-2 (2)", "R-4 (1)", "all",
        "new (3)",
        "known (1)", "waived (1)",
      ])
  }

  @Test("has the rules by how much was found of them, the waivers, and what was fixed")
  func others() {
    let page = page().read()
    #expect(
      page.tables["rules-table"]?.map(\.cells) == [
        ["Rule", "What it asks for", "Place", "Severity", "Findings", "Known", "Waived"],
        ["R-1", "What R-1 asks for", "rules/checks.yaml:7", "error", "1", "1", "0"],
        ["R-2", "What R-2 asks for", "rules/checks.yaml:7", "warning", "1", "0", "1"],
        ["R-4", "R-4", "", "note", "1", "0", "0"],
      ])
    #expect(
      page.rows("waivers").map(\.cells) == [["W-1", "R-2", "2026-12-31", "desk", "being replaced", "1"]])
    #expect(page.rows("fixed").map(\.cells) == [["R-3", "T-5", "owner"]])
  }

  @Test("says so where nothing was found, and has no table then", arguments: ReportSubject.Job.all)
  func nothing(job: ReportSubject.Job) {
    let page = FindingPage(job).read()
    #expect(page.isWellFormed && page.tables.isEmpty && page.elements["svg"] == nil)
    #expect(page.paragraphs.contains("Nothing was found."))
    #expect(page.paragraphs.contains("There are no new breaches of windows.") == (job == .check))
    #expect(page.texts["h1"] == "Desk passed")
  }

  @Test("about rules has neither charts nor tickets")
  func lint() {
    var page = FindingPage(.lint)
    page.findings = [
      ReportedFinding(
        rule: "unused-field", severity: .warning, message: "no rule reads it",
        rulePlace: Place(file: "fields.yaml", line: 3), hint: "remove it")
    ]
    let content = page.read()
    #expect(content.isWellFormed)
    #expect(content.texts["title"] == "Desk: check of rules")
    #expect(content.elements["svg"] == nil && content.texts["breaches"] == nil)
    #expect(
      content.tables["findings-table"]?.map(\.cells) == [
        ["Severity", "Rule", "Field", "Message", "Place", "Standing"],
        ["warning", "unused-field", "", "no rule reads itremove it", "rules/fields.yaml:3", "new"],
      ])
    #expect(content.definitions["tickets"] == nil && content.definitions["As of"] == nil)
  }

  @Test("speaks Chinese where the rulebook does")
  func chinese() {
    var page = page()
    page.subject.language = .chinese
    page.findings.append(.breach(team: nil, type: "网络", week: nil))
    let content = page.read()
    #expect(content.isWellFormed && page.text().contains(#"lang="zh""#))
    #expect(content.texts["title"] == "Desk：工单检查报告")
    #expect(content.texts["h1"] == "Desk 未通过")
    #expect(
      content.tables["findings-table"]?.first?.cells == ["级别", "规则", "工单", "字段", "说明", "位置", "状态"])
    #expect(content.column("状态", of: "findings").last == "已知")
    #expect(content.values(of: "teams") == ["（无团队）: 1"])
    #expect(content.paragraphs.contains("另有 1 项无法归入某一周。"))
    let english = ["Severity", "error", "Findings", "Breaches", "waived ", "Search", "shown"]
    let shown = content.texts["body"]?.replacing(content.texts["script"] ?? "", with: "") ?? ""
    for word in english { #expect(!shown.contains(word), "\(word)") }
  }

  // MARK: Bounds

  @Test("holds the worst 5,000 findings, those that count before others, and says how many it leaves out")
  func limit() {
    var page = FindingPage()
    for number in 1...4_000 {
      page.findings.append(
        ReportedFinding(
          rule: "R-1", severity: .error, message: "m\(number)", ticket: "T", standing: .waived(waiver: 0)))
    }
    for number in 1...3_000 {
      page.findings.append(
        ReportedFinding(
          rule: "R-2", severity: number == 3_000 ? .warning : .info, message: "n\(number)", ticket: "T"))
    }
    let content = page.read()
    let messages = content.column("Message", of: "findings")
    #expect(messages.count == 5_000)
    #expect(messages.prefix(2) == ["n3000", "n1"] && messages[3_000] == "m1" && messages.last == "m2000")
    #expect(
      content.paragraphs.contains(
        "The table holds the worst 5,000; 2,000 more are left out. All counts above include them."))
    #expect(content.column("Findings", of: "rules") == ["3,000", "0"])
    #expect(content.column("Waived", of: "rules") == ["0", "4,000"])
  }

  @Test("keeps the latest severe finding of more that count than it has room for")
  func worst() {
    var page = FindingPage()
    for number in 1...5_001 {
      page.findings.append(
        ReportedFinding(
          rule: "R-1", severity: number == 5_001 ? .error : .info, message: "m\(number)", ticket: "T"))
    }
    page.findings.append(
      ReportedFinding(rule: "R-1", severity: .error, message: "known", ticket: "T", standing: .known))
    let content = page.read()
    let messages = content.column("Message", of: "findings")
    #expect(messages.count == 5_000 && messages.first == "m5001" && !messages.contains("known"))
    #expect(content.paragraphs.contains { $0.contains("; 2 more are left out.") })
  }

  @Test("cuts long texts of tickets, and long lists of what was fixed")
  func long() {
    var page = FindingPage()
    let long = String(repeating: "题", count: 30_000)
    page.findings = [
      ReportedFinding(rule: "R-1", severity: .error, message: long, ticket: long, hint: long)
    ]
    page.summary.fixed = (1...1_500).map { BaselineEntry(rule: "R-1", ticket: "T-\($0)", field: nil) }
    let content = page.read()
    let cut = String(repeating: "题", count: 1_999) + "…"
    #expect(content.column("Ticket", of: "findings") == [cut])
    #expect(content.column("Message", of: "findings") == [cut + cut])
    #expect(content.rows("fixed").count == 1_000)
    #expect(content.paragraphs.contains("… and 500 more"))
  }

  // MARK: Foreign text

  @Test("holds no markup of others, wherever it stands", arguments: FormTests.hostile)
  func hostile(text: String) {
    var page = FindingPage()
    page.subject.title = text
    page.subject.rulebook = text
    page.subject.instant = text
    page.subject.version = text
    page.subject.rules[0].id = text
    page.subject.rules[0].title = text
    page.subject.rules[0].place = Place(file: text, line: 1)
    page.subject.waivers = [ReportedWaiver(id: text, rule: text, until: text, owner: text, reason: text)]
    page.findings = [ReportedFinding.Standing.new, .known, .waived(waiver: 0), .waived(waiver: 9)].map {
      ReportedFinding(
        rule: text, severity: .error, message: text, field: text, ticket: text,
        record: .init(source: text, line: 3), rulePlace: Place(file: text, line: 1), hint: text,
        event: .breach, standing: $0, breach: .init(team: text, type: text, week: text))
    }
    page.summary.fixed = [BaselineEntry(rule: text, ticket: text, field: text)]
    let content = page.read()
    #expect(content.isWellFormed)
    #expect(
      content.elements["script"] == 1 && content.elements["style"] == 1 && content.elements["img"] == nil)
    #expect(content.attributes.isSubset(of: Self.attributes), "\(content.attributes)")
    #expect(content.rows("findings").count == 4)
    // What a browser shows is what the ticket holds, but for characters that no page can hold.
    if !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0xFFFE }) {
      #expect(content.column("Message", of: "findings").allSatisfy { $0 == text + text })
      #expect(content.column("Ticket", of: "findings").allSatisfy { $0 == text })
    }
  }

  private static let attributes: Set<String> = [
    "xmlns", "lang", "charset", "http-equiv", "content", "name", "class", "id", "role", "tabindex", "hidden",
    "type", "autocomplete", "value", "title", "scope", "href", "width", "height", "viewBox", "x", "y", "rx",
    "aria-labelledby", "aria-describedby", "data-text", "data-first", "data-sort", "data-severity",
    "data-rule",
    "data-standing",
  ]

  @Test("asks for nothing from anywhere")
  func requests() {
    let text = page().text()
    let withoutNames = text.replacing("http://www.w3.org/1999/xhtml", with: "")
      .replacing("http://www.w3.org/2000/svg", with: "")
    for word in ["http:", "https:", "//", "src=", "url(", "@import", "fetch", "XMLHttp"] {
      #expect(!withoutNames.contains(word), "\(word)")
    }
  }

  @Test(
    "allows its own script and style by their hashes, and nothing else",
    .enabled(if: FileManager.default.isExecutableFile(atPath: sha256sum)))
  func policy() throws {
    let page = page().text()
    let script = try base64Digest(of: try inner("script", of: page))
    let style = try base64Digest(of: try inner("style", of: page))
    let policy =
      "default-src 'none'; script-src 'sha256-\(script)'; style-src 'sha256-\(style)'; base-uri 'none'; form-action 'none'"
    let line = page.split(separator: "\n").first { $0.contains("Content-Security-Policy") }
    #expect(line == "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\"/>")
  }

  private func inner(_ element: String, of page: String) throws -> String {
    let start = try #require(page.range(of: "<\(element)>"))
    let end = try #require(page.range(of: "</\(element)>"))
    return String(page[start.upperBound..<end.lowerBound])
  }
}

private let sha256sum = "/usr/bin/sha256sum"

/// As a policy wants it.
private func base64Digest(of text: String) throws -> String {
  let file = FileManager.default.temporaryDirectory.appending(path: "docket-digest-\(UUID().uuidString)")
  try Data(text.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(filePath: sha256sum)
  process.arguments = [file.path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let line = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  let digits = Array(line.prefix(64))
  let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(digits[$0...($0 + 1)]), radix: 16)
  }
  try #require(bytes.count == 32)
  return Data(bytes).base64EncodedString()
}

extension ReportSubject.Job {
  static let all: [Self] = [.check, .lint]
}
