import ByteOutput
import Diagnostics
import RuleEvaluator

/// A report as one HTML page that needs nothing else: counts, charts of what was breached, the rules by how much was found of
/// them, the worst findings, waivers, what was fixed.
///
/// The page is also well-formed XML ("polyglot"). Without scripts its tables are plain tables; the one script sorts and filters
/// the rows that stand there, so that no text of a ticket ever becomes a part of it. A policy in the head (Content Security
/// Policy Level 3) allows that script and the style by their hashes, and nothing else: no other script, no request.
///
/// Holds a bounded number of findings, each with a bounded text.
struct HTMLReport: FindingReport {
  let subject: ReportSubject
  let words: HTMLWords
  private(set) var tallies: FindingsByRule
  private(set) var findings = ShownFindings(limit: Self.findingLimit)
  private(set) var breaches = BreachCounts()

  static let findingLimit = 5_000
  static let ruleLimit = 1_000
  static let fixedLimit = 1_000
  /// Characters of a message, an id or a hint.
  static let textLimit = 2_000

  init(_ subject: ReportSubject) {
    self.subject = subject
    words = HTMLWords(subject.language)
    tallies = FindingsByRule(subject)
  }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    let finding = finding.clipped(to: Self.textLimit)
    tallies.add(finding)
    findings.add(finding)
    if finding.event == .breach, finding.standing == .new { breaches.add(finding.breach) }
  }

  func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    writeHead(into: &bytes)
    bytes.append(literal: "<body>\n")
    writeHeader(summary, into: &bytes)
    bytes.append(literal: "<main>\n")
    if subject.job == .check { writeCharts(into: &bytes) }
    writeRules(into: &bytes)
    writeFindings(into: &bytes)
    writeWaivers(summary, into: &bytes)
    writeFixed(summary, into: &bytes)
    bytes.append(literal: "</main>\n<script>")
    bytes.append(text: HTMLScript.text)
    bytes.append(literal: "</script>\n</body>\n</html>\n")
  }

  private func writeHead(into bytes: inout ByteWriter) {
    let policy =
      "default-src 'none'; script-src '\(HTMLScript.hash)'; style-src '\(HTMLStyle.hash)'; base-uri 'none'; form-action 'none'"
    bytes.append(
      text: """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="\(subject.language.rawValue)">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="generator" content="docket \(subject.version.escapedForHTML)"/>
        <title>\(words.pageTitle(title, subject.job).escapedForHTML)</title>
        <style>\(HTMLStyle.text)</style>
        </head>

        """)
  }

  private var title: String {
    subject.title.isEmpty ? subject.rulebook ?? subject.folder : subject.title
  }

  private func writeHeader(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    let outcome = summary.failed ? ("failed", words.failed) : ("passed", words.passed)
    bytes.append(
      text: """
        <header>
        <p class="kind">\(words.kind(subject.job).escapedForHTML)</p>
        <h1>\(title.escapedForHTML) <span class="outcome \(outcome.0)">\(outcome.1.escapedForHTML)</span></h1>
        <dl class="origin">

        """)
    let origin = [
      (words.rulebook, subject.rulebook), (words.asOf, subject.instant), ("Docket", subject.version),
    ]
    for case (let name, let value?) in origin {
      bytes.append(
        text: "<div><dt>\(name.escapedForHTML)</dt><dd>\(value.escapedForHTML)</dd></div>\n")
    }
    bytes.append(literal: "</dl>\n<dl class=\"counts\">\n")
    for count in words.counts(summary, subject.job) {
      let kind = count.value == 0 ? "none" : count.kind
      bytes.append(
        text:
          "<div class=\"\(kind)\"><dt>\(count.name.escapedForHTML)</dt><dd>\(count.value.grouped)</dd></div>\n"
      )
    }
    bytes.append(literal: "</dl>\n</header>\n")
  }

  private func writeCharts(into bytes: inout ByteWriter) {
    bytes.append(text: "<section id=\"breaches\">\n<h2>\(words.breaches.escapedForHTML)</h2>\n")
    if breaches.total == 0 {
      bytes.append(text: "<p>\(words.noBreaches.escapedForHTML)</p>\n</section>\n")
      return
    }
    bytes.append(literal: "<div class=\"charts\">\n")
    let teams = breaches.teams.bars(unnamed: words.noTeam, others: words.others)
    BarChart(id: "teams", title: words.byTeam, bars: teams).write(into: &bytes)
    let types = breaches.types.bars(unnamed: words.noType, others: words.others)
    BarChart(id: "types", title: words.byType, bars: types).write(into: &bytes)
    WeekChart(id: "weeks", title: words.byWeek, counts: breaches.weeks, words: words).write(into: &bytes)
    bytes.append(literal: "</div>\n</section>\n")
  }
}
