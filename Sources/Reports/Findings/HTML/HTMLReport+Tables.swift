import ByteOutput
import Diagnostics

extension HTMLReport {
  func writeRules(into bytes: inout ByteWriter) {
    let found = tallies.tallies.filter { $0.new + $0.waived + $0.known > 0 }
      .sorted { ($0.failing, $0.new) > ($1.failing, $1.new) }
    if found.isEmpty { return }
    let shown = Set(findings.all.map(\.rule))
    let table = HTMLTable(
      id: "rules", heading: words.rules,
      columns: [
        .init("rule", words.report.rule), .init("title", words.report.title),
        .init("place", words.report.place),
        .init("severity", words.report.severity), .init("count", words.report.count, largestFirst: true),
        .init("count", words.report.known, largestFirst: true),
        .init("count", words.report.waived, largestFirst: true),
      ])
    table.begin(into: &bytes)
    for tally in found.prefix(Self.ruleLimit) {
      let rule = tally.rule
      let place = rule.place.map { subject.place($0).lineReference } ?? ""
      let worst = tally.worst ?? rule.severity
      table.row(
        [
          shown.contains(rule.id) ? .link(rule.id, toFindingsOf: rule.id) : .code(rule.id), .text(rule.title),
          .code(place), severity(worst), .count(tally.new), .count(tally.known), .count(tally.waived),
        ], into: &bytes)
    }
    table.end(into: &bytes)
    more(found.count - Self.ruleLimit, into: &bytes)
    bytes.append(literal: "</section>\n")
  }

  func severity(_ severity: Severity) -> HTMLTable.Cell {
    .badge(words.report.name(of: severity), kind: severity.rawValue, order: severity.order)
  }

  func writeWaivers(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    if subject.waivers.isEmpty { return }
    let table = HTMLTable(
      id: "waivers", heading: words.waivers,
      columns: [
        .init("rule", words.report.waiver), .init("rule", words.report.rule),
        .init("day", words.report.until),
        .init("owner", words.report.owner), .init("message", words.report.reason),
        .init("count", words.report.count, largestFirst: true),
      ])
    table.begin(into: &bytes)
    for (index, waiver) in subject.waivers.enumerated() {
      let used = summary.waived.indices.contains(index) ? summary.waived[index] : 0
      table.row(
        [
          .code(waiver.id), .code(waiver.rule), .text(waiver.until), .text(waiver.owner),
          .text(waiver.reason),
          .count(used),
        ], attributes: " id=\"waiver-\(index)\"", into: &bytes)
    }
    table.end(into: &bytes)
    bytes.append(literal: "</section>\n")
  }

  func writeFixed(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    if summary.fixed.isEmpty { return }
    let table = HTMLTable(
      id: "fixed", heading: words.report.fixed, note: words.whatIsFixed,
      columns: [
        .init("rule", words.report.rule), .init("ticket", words.report.ticket),
        .init("field", words.report.field),
      ])
    table.begin(into: &bytes)
    for entry in summary.fixed.prefix(Self.fixedLimit) {
      let ticket = entry.ticket.clipped(to: Self.textLimit)
      table.row([.code(entry.rule), .text(ticket), .code(entry.field ?? "")], into: &bytes)
    }
    table.end(into: &bytes)
    more(summary.fixed.count - Self.fixedLimit, into: &bytes)
    bytes.append(literal: "</section>\n")
  }

  private func more(_ count: Int, into bytes: inout ByteWriter) {
    if count > 0 { bytes.append(text: "<p>\(words.report.more(count).escapedForHTML)</p>\n") }
  }
}

extension Severity {
  /// The worst first.
  var order: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .info: 2
    }
  }
}
