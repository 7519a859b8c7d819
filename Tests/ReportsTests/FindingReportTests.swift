import ByteOutput
import Diagnostics
import Foundation
import RuleEvaluator
import Testing

@testable import Reports

@Suite("A report of findings")
struct FindingReportTests {
  private static let rules = [
    ReportedRule(
      id: "F-1", section: "required_fields", title: "Needs text", severity: .error,
      place: Place(file: "rules.yaml", line: 3)),
    ReportedRule(id: "C-1", section: "checks", title: "Holds", severity: .warning, place: nil),
  ]

  private static func subject(_ job: ReportSubject.Job = .check) -> ReportSubject {
    ReportSubject(
      job, version: "1.0.0", rulebook: "desk@1", title: "Desk", folder: "rules", language: .english,
      instant: "2026-03-02T09:00:00Z", rules: rules, failsFrom: .error)
  }

  private static func finding(
    _ rule: String = "F-1", _ severity: Severity = .error, ticket: String? = "T-1", line: Int = 1,
    source: String = "tickets.ndjson", field: String? = "text", message: String = "text is missing"
  ) -> ReportedFinding {
    ReportedFinding(
      rule: rule, severity: severity, message: message, field: field, ticket: ticket,
      record: ReportedFinding.Record(source: source, line: line),
      rulePlace: Place(file: "rules.yaml", line: 3))
  }

  private static func write(
    _ format: ReportFormat, _ findings: [ReportedFinding], _ summary: ReportSummary = ReportSummary(),
    on subject: ReportSubject = subject()
  ) -> String {
    var bytes = ByteWriter()
    var report = format.report(on: subject)
    report.begin(into: &bytes)
    for finding in findings { report.add(finding, into: &bytes) }
    report.end(summary, into: &bytes)
    return bytes.text
  }

  @Test("knows a finding by rule, ticket and field, whatever its line and its words")
  func fingerprint() {
    let finding = Self.finding()
    #expect(
      Self.finding(line: 7, source: "others.csv", message: "another text").fingerprint == finding.fingerprint)
    let others = [
      Self.finding("C-1"), Self.finding(ticket: "T-2"), Self.finding(field: "more"), Self.finding(field: nil),
    ]
    #expect(Set(([finding] + others).map(\.fingerprint)).count == 5)
    // Without an id only the place tells tickets apart.
    #expect(Self.finding(ticket: nil, line: 1).fingerprint != Self.finding(ticket: nil, line: 2).fingerprint)
    // Parts do not run into each other.
    #expect(Self.finding("F-1T", ticket: "-1").fingerprint != Self.finding("F-1", ticket: "T-1").fingerprint)
  }

  @Test("keeps the worst findings where a reader takes no more, and of equals the first")
  func worst() {
    var worst = WorstFindings(limit: 3)
    let severities: [Severity] = [.info, .warning, .info, .error, .warning, .info, .error]
    for (number, severity) in severities.enumerated() { worst.add(Self.finding("R", severity, line: number)) }
    #expect(worst.all.map { $0.record?.line } == [3, 6, 1])
    #expect(worst.count == 3 && worst.omitted == 4)
  }

  @Test("in SARIF holds no more results than GitHub takes, the worst of them, and says what was left out")
  func sarifLimit() throws {
    let mild = (0..<25_000).map { Self.finding("C-1", .warning, ticket: "T-\($0)") }
    let text = Self.write(.sarif, mild + [Self.finding(), Self.finding("C-1", .info)])
    let run = try #require(try Self.run(of: text))
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 25_000)
    #expect(results.first?["ruleId"] as? String == "F-1")
    #expect(
      text.contains(
        #""message":{"text":"2 of 25002 results were left out, the mildest first: GitHub takes 25000"}"#))
    #expect(!Self.write(.sarif, mild).contains("left out"))
  }

  private static func run(of text: String) throws -> [String: Any]? {
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (root?["runs"] as? [[String: Any]])?.first
  }

  @Test(
    "in SARIF points at the ticket where that stands in a file, else at the rule",
    arguments: [
      ("tickets.ndjson", 2, "tickets.ndjson"), ("stdin", 2, "rules/rules.yaml"),
      ("sqlite", 0, "rules/rules.yaml"),
      ("工单 1.ndjson", 1, "%E5%B7%A5%E5%8D%95%201.ndjson"),
    ])
  func sarifPlace(source: String, line: Int, uri: String) {
    let text = Self.write(.sarif, [Self.finding(line: line, source: source)])
    #expect(text.contains(#""locations":[{"physicalLocation":{"artifactLocation":{"uri":"\#(uri)""#))
    #expect(text.contains(#""relatedLocations""#) == (uri.hasSuffix("ndjson")))
  }

  @Test("in SARIF has no placeholder where a text has braces: each is doubled")
  func sarifBraces() throws {
    var subject = Self.subject()
    subject.rules[0].title = "Matches [a-z]{3}"
    subject.rules[0].help = "Write {0}"
    var finding = Self.finding("{1}", message: "'x' does not match T-[0-9]{3}")
    finding.hint = "use {id}"
    let text = Self.write(.sarif, [finding], on: subject)
    #expect(text.contains(#""message":{"text":"T-1: 'x' does not match T-[0-9]{{3}}; use {{id}}"}"#))
    #expect(text.contains(#""message":{"text":"rule {{1}}"}"#))
    #expect(text.contains(#""shortDescription":{"text":"Matches [a-z]{{3}}"},"#))
    #expect(text.contains(#""help":{"text":"Write {{0}}","markdown":"Write {{0}}"}"#))
    // An id is no message.
    #expect(text.contains(#""ruleId":"{1}""#))
  }

  @Test("in SARIF cuts a title of a rule where GitHub would, and never between two braces")
  func sarifTitle() throws {
    for (braces, shown) in [(511, 511), (512, 512), (513, 511)] {
      var subject = Self.subject()
      subject.rules[0].title = String(repeating: "{", count: braces)
      let driver = try #require(
        (try Self.run(of: Self.write(.sarif, [], on: subject))?["tool"] as? [String: Any])?["driver"]
          as? [String: Any])
      let rules = try #require(driver["rules"] as? [[String: Any]])
      let title = try #require((rules[0]["shortDescription"] as? [String: String])?["text"])
      #expect(title == String(repeating: "{", count: 2 * shown) + (shown < braces ? "…" : ""))
    }
  }

  @Test(
    "names files by their path from where docket was started, in SARIF and for GitLab",
    arguments: [
      ("/home/desk/rules/a.ndjson", "rules/a.ndjson", 0), ("/other/name/a.ndjson", "a.ndjson", 0),
      ("./a.ndjson", "a.ndjson", 0), ("/home/desk2/a.ndjson", "/home/desk2/a.ndjson", 1),
      ("../a.ndjson", "../a.ndjson", 1),
    ])
  func pathsFromHere(source: String, path: String, outside: Int) {
    var subject = Self.subject()
    subject.startFolders = ["/home/desk", "/other/name"]
    let uri = path.hasPrefix("/") ? "file://" + path : path
    #expect(
      Self.write(.sarif, [Self.finding(source: source)], on: subject).contains(
        #"{"artifactLocation":{"uri":"\#(uri)""#))
    var report = ReportFormat.gitlab.report(on: subject)
    var bytes = ByteWriter()
    report.add(Self.finding(source: source), into: &bytes)
    report.end(ReportSummary(), into: &bytes)
    #expect(bytes.text.contains(#""location":{"path":"\#(path)""#))
    #expect(
      report.remark
        == (outside == 0 ? nil : "1 finding about files outside of this folder, which GitLab does not show"))
  }

  @Test("for GitHub cannot be led astray by what tickets hold")
  func githubEscapes() {
    let text = Self.write(
      .github, [Self.finding(ticket: "a:b,c%", message: "line 1\r\n::error::line 2 100%")])
    #expect(
      text
        == "::error file=tickets.ndjson,line=1,title=F-1 a%3Ab%2Cc%25::line 1%0D%0A::error::line 2 100%25\n")
  }

  @Test("for GitHub shows ten of a kind, and of notices nine and the count of the rest")
  func githubLimit() {
    let findings = (0..<12).flatMap {
      [Self.finding(line: $0 + 1), Self.finding("C-1", .info, line: $0 + 1)]
    }
    let lines = Self.write(.github, findings).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error") } == 10)
    #expect(lines.count { $0.hasPrefix("::notice") } == 10)
    #expect(lines.last == "::notice title=docket::2 errors, 3 notes more: GitHub shows 10 of a kind")
  }

  @Test("for GitLab has no fingerprint twice for one ticket")
  func gitlabFingerprints() {
    let text = Self.write(.gitlab, [Self.finding(), Self.finding(), Self.finding("C-1")])
    let fingerprints = text.matches(of: /"fingerprint":"([^"]*)"/).map { $0.output.1 }
    #expect(fingerprints.count == 3 && Set(fingerprints).count == 3)
    #expect(fingerprints[1] == fingerprints[0] + "-2")
    #expect(Self.write(.gitlab, []) == "[]\n")
  }

  @Test("in TAP keeps a description on its line, whatever it holds")
  func tapEscapes() {
    var subject = Self.subject()
    subject.rules = [
      ReportedRule(
        id: "C-1", section: "checks", title: "a # TODO \\ b\nnot ok 2", severity: .error, place: nil)
    ]
    #expect(
      Self.write(.tap, [], on: subject) == "TAP version 14\n1..1\nok 1 - C-1 a \\# TODO \\\\ b not ok 2\n")
  }

  @Test("fails a rule only for findings that fail the run, and counts the others beside it")
  func byRule() {
    var known = Self.finding()
    known.standing = .known
    let text = Self.write(.tap, [Self.finding("C-1", .warning), known])
    #expect(
      text.contains("\nok 1 - F-1 Needs text\n  ---\n  findings:\n    - \"1 known from the baseline\"\n"))
    #expect(text.contains("\nok 2 - C-1 Holds\n  ---\n  findings:\n    - \"warning  tickets.ndjson:1  T-1"))
  }

  @Test("tells twenty findings of a rule, and how many more there are")
  func examples() {
    let findings = (0..<25).map { Self.finding(ticket: "T-\($0)") }
    let text = Self.write(.junit, findings)
    #expect(text.matches(of: /text is missing/).count == 20)
    #expect(text.contains("and 5 more</failure>"))
  }

  @Test("in Markdown stays below the MiB that GitHub takes of a step")
  func markdownSize() {
    let long = String(repeating: "长", count: 2_000)
    let findings = (0..<2_000).map { Self.finding("R-\($0)", ticket: "T-\($0)", message: long) }
    #expect(Self.write(.markdown, findings).utf8.count < 1 << 20)
  }

  @Test("in Markdown is no markup where tickets hold some")
  func markdownEscapes() {
    let text = Self.write(.markdown, [Self.finding(ticket: "a|b", message: "<img src=x> [x](y)\n# h")])
    #expect(
      text.contains(##"| error | F-1 | a\|b | &lt;img src=x&gt; \[x\](y)<br>\# h | tickets.ndjson:1 |"##))
  }

  @Test("as JSON is one document, with what is about no ticket apart from the decisions")
  func json() throws {
    var bytes = ByteWriter()
    var report = ReportFormat.json.report(on: Self.subject())
    report.begin(into: &bytes)
    report.add(decisions: Array("{\"ticket\":\"T-1\"}\n{\"ticket\":\"T-2\"}\n".utf8), into: &bytes)
    report.add(decisions: Array("{\"ticket\":\"T-3\"}\n".utf8), into: &bytes)
    report.add(Self.finding(), into: &bytes)
    report.add(ReportedFinding(rule: "fields.x", severity: .warning, message: "none has it"), into: &bytes)
    report.end(ReportSummary(), into: &bytes)
    let root = try JSONSerialization.jsonObject(with: Data(bytes.text.utf8)) as? [String: Any]
    #expect((root?["decisions"] as? [[String: String]])?.map { $0["ticket"] } == ["T-1", "T-2", "T-3"])
    #expect((root?["findings"] as? [[String: String]])?.map { $0["rule"] } == ["fields.x"])
  }

  @Test("about rules has a finding a line as NDJSON")
  func lint() {
    let finding = ReportedFinding(
      rule: "unknown-key", severity: .error, message: "'x' is no key",
      rulePlace: Place(file: "a.yaml", line: 4),
      hint: "did you mean 'y'?")
    #expect(
      Self.write(.ndjson, [finding], on: Self.subject(.lint))
        == #"{"rule":"unknown-key","severity":"error","message":"'x' is no key","hint":"did you mean 'y'?","at":"rules/a.yaml:4","fingerprint":"\#(finding.fingerprint)"}"#
        + "\n")
  }
}
