import Diagnostics
import PluginAPI

/// The table of one ticket after the other.
///
///     202310-001
///       error    F-10  rules/fields.yaml:12  the error text is missing
///       warning  E-01  rules/windows.yaml:8  首次响应将于 14:00 到期
struct TicketTable {
  private static let margin = 2
  private static let gap = 2
  /// Where less than this is left for the text, it gets lines of its own, indented by 4.
  private static let narrowestText = 24

  private let style: Style
  private var ticket: String?
  private var columns = Columns()

  /// The widths of the columns before the text.
  private struct Columns {
    var severity = 0
    var rule = 0
    var place = 0

    var total: Int { [severity, rule, place].reduce(margin) { $0 + ($1 > 0 ? $1 + gap : 0) } }
  }

  init(style: Style) { self.style = style }

  /// The rows of `group`, all of one ticket, under its heading unless the rows before were of the same.
  mutating func render(_ group: ArraySlice<Delivery>, of ticket: String) -> String {
    var text = ""
    if ticket != self.ticket {
      if self.ticket != nil { text += "\n" }
      text += style.heading(ticket.isEmpty ? "(no id)" : ticket.printable) + "\n"
      self.ticket = ticket
      columns = Columns()
    }
    widenColumns(to: group)
    for delivery in group { appendRow(delivery, to: &text) }
    return text
  }

  private mutating func widenColumns(to group: ArraySlice<Delivery>) {
    for delivery in group {
      columns.severity = max(columns.severity, columnWidth(of: delivery.severity.rawValue))
      columns.rule = max(columns.rule, columnWidth(of: delivery.rule.printable))
      columns.place = max(columns.place, columnWidth(of: delivery.place.printable))
    }
  }

  private func appendRow(_ delivery: Delivery, to text: inout String) {
    let lines = lines(of: delivery)
    var row = spaces(Self.margin)
    row += style.severity(delivery.severity)
    row += padding(delivery.severity.rawValue, to: columns.severity)
    row += cell(delivery.rule.printable, columns.rule)
    row += cell(delivery.place.printable, columns.place)
    if !hasRoomForText { appendLine(row, to: &text) }
    for (index, line) in lines.enumerated() {
      let isFirst = index == 0 && hasRoomForText
      appendLine((isFirst ? row : spaces(textIndent)) + line, to: &text)
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

  /// The title, then the body where it says something else, wrapped to what the columns leave.
  private func lines(of delivery: Delivery) -> [String] {
    var lines = delivery.title.printableLines
    if !delivery.body.isEmpty, delivery.body != delivery.title { lines += delivery.body.printableLines }
    while lines.count > 1, lines.last == "" { lines.removeLast() }
    guard let width = style.width else { return lines }
    return lines.flatMap { wrapped($0, to: max(1, width - textIndent)) }
  }
}
