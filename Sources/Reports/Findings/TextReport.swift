import ByteOutput
import Diagnostics

/// A report as people read it on a terminal: a table a ticket, and a line of counts.
struct TextReport: FindingReport {
  private let subject: ReportSubject
  private var table: FindingTable
  /// Findings of the ticket at hand, which make one group of rows.
  private var rows: [FindingTable.Row] = []
  private var ticket = ""

  init(_ subject: ReportSubject, style: TableStyle) {
    self.subject = subject
    table = FindingTable(style: style)
  }

  mutating func add(_ finding: ReportedFinding, into bytes: inout ByteWriter) {
    guard case .new = finding.standing else { return }
    let heading = finding.subject.isEmpty ? subject.rulebook ?? subject.folder : finding.subject
    if heading != ticket { flush(into: &bytes) }
    ticket = heading
    rows.append(
      FindingTable.Row(
        severity: finding.severity, rule: finding.rule,
        place: finding.rulePlace?.lineReference ?? finding.record?.text ?? "", text: finding.message))
  }

  private mutating func flush(into bytes: inout ByteWriter) {
    if rows.isEmpty { return }
    bytes.append(text: table.render(rows, of: ticket))
    rows.removeAll(keepingCapacity: true)
  }

  mutating func end(_ summary: ReportSummary, into bytes: inout ByteWriter) {
    flush(into: &bytes)
    for entry in summary.fixed {
      bytes.append(text: "fixed: \(entry.text)\n")
    }
    bytes.append(text: summary.line(waivers: subject.waivers) + "\n")
  }
}

extension BaselineEntry {
  var text: String { [ticket, rule, field].compactMap { $0?.printable }.joined(separator: "  ") }
}

extension ReportSummary {
  /// All counts in one line.
  public func line(waivers: [ReportedWaiver]) -> String {
    ([counts] + standing(waivers)).joined(separator: "; ")
  }

  private var counts: String {
    var text = "\(counted(tickets, "ticket")): "
    if findings == 0 { return text + "nothing found" }
    let parts =
      [counted(errors, "error"), counted(warnings, "warning")] + (notes > 0 ? [counted(notes, "note")] : [])
    text += parts.joined(separator: ", ")
    if ticketsWithFindings > 0 { text += " in \(counted(ticketsWithFindings, "ticket"))" }
    if unreadable > 0 { text += "; \(counted(unreadable, "record")) could not be read" }
    return text
  }

  private func standing(_ waivers: [ReportedWaiver]) -> [String] {
    var parts = [String]()
    let total = waived.reduce(0, +)
    if total > 0 {
      let each = zip(waivers, waived).filter { $0.1 > 0 }.map { "\($0.0.id) \($0.1)" }
      parts.append("\(total) waived (\(each.joined(separator: ", ")))")
    }
    if known > 0 || !fixed.isEmpty {
      parts.append("\(known) known from the baseline" + (fixed.isEmpty ? "" : ", \(fixed.count) fixed"))
    }
    return parts
  }
}
