import ByteOutput
import Diagnostics

extension HTMLReport {
  func writeFindings(into bytes: inout ByteWriter) {
    let shown = findings.all
    if shown.isEmpty {
      bytes.append(
        text: """
          <section id="findings">
          <h2>\(words.findings.escapedForHTML)</h2>
          <p>\(words.nothingFound.escapedForHTML)</p>
          </section>

          """)
      return
    }
    let table = HTMLTable(id: "findings", heading: words.findings, columns: findingColumns)
    table.begin(into: &bytes) { bytes in
      writeFilters(shown, into: &bytes)
      if findings.omitted > 0 {
        bytes.append(
          text: "<p class=\"note\">\(words.omitted(findings.omitted, Self.findingLimit).escapedForHTML)</p>\n"
        )
      }
    }
    let titles = Dictionary(subject.rules.map { ($0.id, $0.title) }) { first, _ in first }
    for finding in shown { write(finding, title: titles[finding.rule], to: table, into: &bytes) }
    table.end(into: &bytes)
    bytes.append(literal: "</section>\n")
  }

  private var findingColumns: [HTMLTable.Column] {
    let ticket = HTMLTable.Column("ticket", words.report.ticket)
    return [.init("severity", words.report.severity), .init("rule", words.report.rule)]
      + (subject.job == .check ? [ticket] : []) + [
        .init("field", words.report.field), .init("message", words.report.message),
        .init("place", words.report.place), .init("standing", words.standing),
      ]
  }

  private func write(
    _ finding: ReportedFinding, title: String?, to table: HTMLTable, into bytes: inout ByteWriter
  ) {
    let place = subject.place(of: finding)?.lineReference ?? finding.record?.text ?? ""
    let ticket = subject.job == .check ? [HTMLTable.Cell.text(finding.subject)] : []
    table.row(
      [severity(finding.severity), .code(finding.rule, about: title)] + ticket + [
        .code(finding.field ?? ""), .message(finding.message, hint: finding.hint), .code(place),
        standing(of: finding),
      ],
      attributes: """
         data-severity="\(finding.severity.rawValue)" data-rule="\(finding.rule.escapedForHTML)" \
        data-standing="\(finding.standing.name)"
        """, into: &bytes)
  }

  private func standing(of finding: ReportedFinding) -> HTMLTable.Cell {
    guard case .waived(let waiver) = finding.standing, subject.waivers.indices.contains(waiver) else {
      return .badge(
        words.name(of: finding.standing), kind: finding.standing.name, order: finding.standing.order)
    }
    return .waived(words.name(of: finding.standing), by: subject.waivers[waiver].id, index: waiver)
  }

  // MARK: Filters

  /// Shown by the script, without which they would do nothing.
  private func writeFilters(_ shown: [ReportedFinding], into bytes: inout ByteWriter) {
    bytes.append(
      text: """
        <div id="filters" role="search" hidden="hidden">
        <label>\(words.search.escapedForHTML) <input type="search" autocomplete="off"/></label>

        """)
    let severities = Severity.allCases.sorted(by: >).map { ($0.rawValue, words.report.name(of: $0)) }
    choice(
      "severity", words.report.severity, severities, shown.map(\.severity.rawValue), into: &bytes)
    let rules = tallies.tallies.map { ($0.rule.id, $0.rule.id) }
    choice("rule", words.report.rule, rules, shown.map(\.rule), into: &bytes)
    let standings = [ReportedFinding.Standing.new, .known, .waived(waiver: 0)].map {
      ($0.name, words.name(of: $0))
    }
    choice("standing", words.standing, standings, shown.map(\.standing.name), into: &bytes)
    bytes.append(
      text: """
        <button type="button">\(words.showAll.escapedForHTML)</button>
        <p id="shown" role="status" data-text="\(words.shown.escapedForHTML)"></p>
        </div>

        """)
  }

  /// The choices that at least one row has, each with how many have it.
  private func choice(
    _ name: String, _ label: String, _ choices: [(value: String, label: String)], _ rows: [String],
    into bytes: inout ByteWriter
  ) {
    let counts = Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
    bytes.append(
      text: """
        <label>\(label.escapedForHTML) <select name="\(name)" autocomplete="off">
        <option value="">\(words.all.escapedForHTML)</option>

        """)
    var offered = Set<String>()
    for choice in choices {
      guard let count = counts[choice.value], offered.insert(choice.value).inserted else { continue }
      bytes.append(
        text:
          "<option value=\"\(choice.value.escapedForHTML)\">\(choice.label.escapedForHTML) (\(count.grouped))</option>\n"
      )
    }
    bytes.append(literal: "</select></label>\n")
  }
}

extension ReportedFinding.Standing {
  /// As the page's script and style know it.
  fileprivate var name: String {
    switch self {
    case .new: "new"
    case .known: "known"
    case .waived: "waived"
    }
  }

  fileprivate var order: Int {
    switch self {
    case .new: 0
    case .known: 1
    case .waived: 2
    }
  }
}
