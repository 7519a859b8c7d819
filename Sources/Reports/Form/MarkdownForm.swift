/// Writes a form as Markdown (GitHub Flavored Markdown Spec 0.29, tables in section 4.10).
///
/// Values stand in cells as they are: what Markdown or HTML would take for markup is escaped, and line breaks become `<br>`.
public struct MarkdownForm: Sendable {
  public init() {}

  /// The whole text, ending in a newline.
  public func text(_ form: Form) -> String {
    var lines = ["# \(escaped(form.title))", "", escaped(form.origin)]
    for part in form.parts {
      lines += ["", "## \(escaped(part.title))", ""]
      switch part.content {
      case .rows(let rows): lines += self.lines(rows)
      case .table(let table): lines += self.lines(table)
      case .note(let note): lines.append(escaped(note))
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
        lines += ["**\(escaped(row.label))**", ""] + self.lines(table)
        isOpen = false
        continue
      }
      if !isOpen {
        if !lines.isEmpty { lines.append("") }
        lines += ["|  |  |", "|---|---|"]
        isOpen = true
      }
      lines.append("| \(escaped(row.label)) | \(cell(row.value)) |")
    }
    return lines
  }

  private func lines(_ table: Form.Table) -> [String] {
    [line(table.header), "|" + table.header.map { _ in "---|" }.joined()] + table.rows.map(line)
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  private func cell(_ value: Form.Value) -> String {
    switch value {
    case .blank, .table: ""
    case .text(let text): escaped(text)
    case .items(let items): items.map(escaped).joined(separator: "<br>")
    }
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n", "\r", "\r\n", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\u{85}": result += "<br>"
      case "\t": result += " "
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": result += "\\\(character)"
      default: result += String(character).withoutControlCharacters
      }
    }
    return result
  }
}
