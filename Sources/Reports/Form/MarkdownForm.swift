/// Writes a form as Markdown (GitHub Flavored Markdown Spec 0.29, tables in section 4.10).
///
/// Values stand in cells as they are: what Markdown or HTML would take for markup is escaped, and line breaks become `<br>`.
public struct MarkdownForm: Sendable {
  public init() {}

  /// The whole text, ending in a newline.
  public func text(_ form: Form) -> String {
    var lines = ["# \(form.title.escapedForMarkdown)", "", form.origin.escapedForMarkdown]
    for part in form.parts {
      lines += ["", "## \(part.title.escapedForMarkdown)", ""]
      switch part.content {
      case .rows(let rows): lines += self.lines(rows)
      case .table(let table): lines += self.lines(table)
      case .note(let note): lines.append(note.escapedForMarkdown)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Labels beside values; a table among the values follows below, under its label.
  private func lines(_ rows: [Form.Row]) -> [String] {
    var lines = [String]()
    var isOpen = false
    for row in rows {
      if case .table(let table) = row.value {
        if !lines.isEmpty { lines.append("") }
        lines += ["**\(row.label.escapedForMarkdown)**", ""] + self.lines(table)
        isOpen = false
        continue
      }
      if !isOpen {
        if !lines.isEmpty { lines.append("") }
        lines += ["|  |  |", "|---|---|"]
        isOpen = true
      }
      lines.append("| \(row.label.escapedForMarkdown) | \(cell(row.value)) |")
    }
    return lines
  }

  private func lines(_ table: Form.Table) -> [String] {
    [line(table.header), "|" + table.header.map { _ in "---|" }.joined()] + table.rows.map(line)
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.map(\.escapedForMarkdown).joined(separator: " | ") + " |"
  }

  private func cell(_ value: Form.Value) -> String {
    switch value {
    case .blank, .table: ""
    case .text(let text): text.escapedForMarkdown
    case .items(let items): items.map(\.escapedForMarkdown).joined(separator: "<br>")
    }
  }
}
