import ByteOutput
import Diagnostics

/// A table of the page under its heading. Every text is escaped here.
struct HTMLTable: Sendable {
  struct Column: Sendable {
    /// What the style knows it by.
    var kind: String
    var head: String
    /// How the first click sorts.
    var largestFirst: Bool

    init(_ kind: String, _ head: String, largestFirst: Bool = false) {
      self.kind = kind
      self.head = head
      self.largestFirst = largestFirst
    }
  }

  /// What stands in a cell.
  enum Cell: Sendable {
    case text(String)
    /// A name that is written rather than read.
    case code(String, about: String? = nil)
    case link(String, toFindingsOf: String)
    case count(Int)
    case badge(String, kind: String, order: Int)
    case message(String, hint: String?)
    case waived(String, by: String, index: Int)
  }

  /// Of the section, unique on the page; the table is named after it.
  var id: String
  var heading: String
  var note: String?
  var columns: [Column]

  /// The section and the table, which stay open.
  ///
  /// - Parameter before: writes what stands between the heading and the table.
  func begin(into bytes: inout ByteWriter, before: (inout ByteWriter) -> Void = { _ in }) {
    bytes.append(text: "<section id=\"\(id)\">\n<h2 id=\"\(id)-title\">\(heading.escapedForHTML)</h2>\n")
    if let note { bytes.append(text: "<p class=\"note\">\(note.escapedForHTML)</p>\n") }
    before(&bytes)
    bytes.append(
      text: """
        <div class="scroll" tabindex="0" role="region" aria-labelledby="\(id)-title">
        <table id="\(id)-table" aria-labelledby="\(id)-title">
        <colgroup>\(columns.map { "<col class=\"\($0.kind)\"/>" }.joined())</colgroup>
        <thead><tr>
        """)
    for column in columns {
      let number = column.kind == "count" ? " class=\"count\"" : ""
      let first = column.largestFirst ? " data-first=\"descending\"" : ""
      bytes.append(text: "<th scope=\"col\"\(number)\(first)>\(column.head.escapedForHTML)</th>")
    }
    bytes.append(literal: "</tr></thead>\n<tbody>\n")
  }

  /// - Parameter attributes: of the row, escaped, after a space.
  func row(_ cells: [Cell], attributes: String = "", into bytes: inout ByteWriter) {
    bytes.append(text: "<tr\(attributes)>")
    for cell in cells { bytes.append(text: cell.markup) }
    bytes.append(literal: "</tr>\n")
  }

  func end(into bytes: inout ByteWriter) { bytes.append(literal: "</tbody>\n</table>\n</div>\n") }
}

extension HTMLTable.Cell {
  fileprivate var markup: String {
    switch self {
    case .text(let text): "<td>\(text.escapedForHTML)</td>"
    case .code(let text, nil): text.isEmpty ? "<td></td>" : "<td><code>\(text.escapedForHTML)</code></td>"
    case .code(let text, let about?):
      "<td><code title=\"\(about.escapedForHTML)\">\(text.escapedForHTML)</code></td>"
    case .link(let text, let rule):
      "<td><a href=\"#findings\" data-rule=\"\(rule.escapedForHTML)\"><code>\(text.escapedForHTML)</code></a></td>"
    case .count(let count): "<td class=\"count\" data-sort=\"\(count)\">\(count.grouped)</td>"
    case .badge(let text, let kind, let order):
      "<td data-sort=\"\(order)\"><span class=\"badge \(kind)\">\(text.escapedForHTML)</span></td>"
    case .message(let text, nil): "<td>\(text.escapedForHTML)</td>"
    case .message(let text, let hint?):
      "<td>\(text.escapedForHTML)<p class=\"hint\">\(hint.escapedForHTML)</p></td>"
    case .waived(let text, let waiver, let index):
      """
      <td data-sort="2"><span class="badge waived">\(text.escapedForHTML)</span> \
      <a href="#waiver-\(index)"><code>\(waiver.escapedForHTML)</code></a></td>
      """
    }
  }
}
