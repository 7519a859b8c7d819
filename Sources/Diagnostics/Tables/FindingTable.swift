/// The table of findings of one ticket after the other, as people read it.
///
///     202310-001
///       error    F-10  rules/fields.yaml:12  the error text is missing
///       warning  E-01  rules/windows.yaml:8  首次响应将于 14:00 到期
public struct FindingTable: Sendable {
  /// One finding.
  public struct Row: Sendable {
    public var severity: Severity
    public var rule: String
    /// Where to look, such as `file:line`.
    public var place: String
    /// May have several lines.
    public var text: String

    public init(severity: Severity, rule: String, place: String, text: String) {
      self.severity = severity
      self.rule = rule
      self.place = place
      self.text = text
    }
  }

  private static let margin = 2
  private static let gap = 2
  /// Where less than this is left for the text, it gets lines of its own, indented by 4.
  private static let narrowestText = 24

  private let style: TableStyle
  private var ticket: String?
  private var columns = Columns()

  /// The widths of the columns before the text.
  private struct Columns {
    var severity = 0
    var rule = 0
    var place = 0

    var total: Int { [severity, rule, place].reduce(margin) { $0 + ($1 > 0 ? $1 + gap : 0) } }
  }

  public init(style: TableStyle) { self.style = style }

  /// The rows of `group`, all of one ticket, under its heading unless the rows before were of the same.
  public mutating func render(_ group: some Collection<Row>, of ticket: String) -> String {
    var text = ""
    if ticket != self.ticket {
      if self.ticket != nil { text += "\n" }
      text += style.heading(ticket.isEmpty ? "(no id)" : ticket.printable) + "\n"
      self.ticket = ticket
      columns = Columns()
    }
    widenColumns(to: group)
    for row in group { append(row, to: &text) }
    return text
  }

  private mutating func widenColumns(to group: some Collection<Row>) {
    for row in group {
      columns.severity = max(columns.severity, columnWidth(of: row.severity.rawValue))
      columns.rule = max(columns.rule, columnWidth(of: row.rule.printable))
      columns.place = max(columns.place, columnWidth(of: row.place.printable))
    }
  }

  private func append(_ row: Row, to text: inout String) {
    var line = spaces(Self.margin)
    line += style.severity(row.severity)
    line += padding(row.severity.rawValue, to: columns.severity)
    line += cell(row.rule.printable, columns.rule)
    line += cell(row.place.printable, columns.place)
    if !hasRoomForText { appendLine(line, to: &text) }
    for (index, words) in lines(of: row.text).enumerated() {
      let isFirst = index == 0 && hasRoomForText
      appendLine((isFirst ? line : spaces(textIndent)) + words, to: &text)
    }
  }

  private func cell(_ text: String, _ width: Int) -> String {
    width == 0 ? "" : text + padding(text, to: width)
  }

  private func padding(_ text: String, to width: Int) -> String {
    spaces(width - columnWidth(of: text) + Self.gap)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private func appendLine(_ line: String, to text: inout String) {
    let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
    text += line[..<end]
    text += "\n"
  }

  private var hasRoomForText: Bool {
    style.width.map { $0 - columns.total >= Self.narrowestText } ?? true
  }

  private var textIndent: Int { hasRoomForText ? columns.total : 2 * Self.margin }

  /// `text` wrapped to what the columns leave.
  private func lines(of text: String) -> [String] {
    var lines = text.printableLines
    while lines.count > 1, lines.last == "" { lines.removeLast() }
    guard let width = style.width else { return lines }
    return lines.flatMap { wrapped($0, to: max(1, width - textIndent)) }
  }
}
