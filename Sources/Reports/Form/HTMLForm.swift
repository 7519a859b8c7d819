/// Writes a form as one HTML page that needs nothing else: no scripts, no pictures, styles for screen and paper.
///
/// The page is also well-formed XML ("polyglot"), so that tools can read it. Every text is escaped; a policy in its head
/// forbids scripts besides.
public struct HTMLForm: Sendable {
  public init() {}

  /// The whole page, ending in a newline.
  public func text(_ form: Form) -> String {
    var lines = head(form)
    lines.append("<body>")
    lines.append("<h1>\(form.title.escapedForHTML)</h1>")
    for part in form.parts { lines += section(part) }
    lines += ["<footer>\(form.origin.escapedForHTML)</footer>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ form: Form) -> [String] {
    let language = form.language.escapedForHTML
    return [
      "<!DOCTYPE html>", "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"\(language)\">", "<head>",
      "<meta charset=\"utf-8\"/>",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
      "<meta name=\"viewport\" content=\"width=device-width\"/>",
      "<title>\(form.title.escapedForHTML)</title>",
      "<style>", Self.style, "</style>", "</head>",
    ]
  }

  private func section(_ part: Form.Part) -> [String] {
    var lines = ["<section>", "<h2>\(part.title.escapedForHTML)</h2>"]
    switch part.content {
    case .rows(let rows):
      lines.append("<table class=\"record\">")
      for row in rows {
        lines.append("<tr><th scope=\"row\">\(row.label.escapedForHTML)</th><td>\(cell(row.value))</td></tr>")
      }
      lines.append("</table>")
    case .table(let table): lines.append(text(table))
    case .note(let note): lines.append("<p>\(note.escapedForHTML)</p>")
    }
    return lines + ["</section>"]
  }

  private func cell(_ value: Form.Value) -> String {
    switch value {
    case .blank: ""
    case .text(let text): text.escapedForHTML
    case .items(let items): "<ul>\(items.map { "<li>\($0.escapedForHTML)</li>" }.joined())</ul>"
    case .table(let table): text(table)
    }
  }

  private func text(_ table: Form.Table) -> String {
    let header = table.header.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined()
    let rows = table.rows.map { row in
      "<tr>\(row.map { "<td>\($0.escapedForHTML)</td>" }.joined())</tr>\n"
    }
    return
      "<table>\n<thead><tr>\(header)</tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table>"
  }

  private static let style = """
    body { font: 14px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #111; margin: 2em auto; max-width: 60em; padding: 0 1em; }
    h1 { font-size: 1.5em; }
    h2 { font-size: 1.1em; margin: 1.5em 0 0.5em; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border: 1px solid #888; padding: 0.3em 0.6em; text-align: left; vertical-align: top; white-space: pre-line; overflow-wrap: anywhere; }
    th { background: #f0f0f0; font-weight: 600; }
    td:empty { height: 1.5em; }
    .record > tbody > tr > th, .record > tr > th { width: 14em; }
    ul { margin: 0; padding-left: 1.2em; }
    footer { margin-top: 2em; color: #555; font-size: 0.85em; }
    @media print {
      @page { size: A4; margin: 15mm; }
      body { font-size: 10pt; margin: 0; max-width: none; padding: 0; }
      h2 { break-after: avoid; }
      tr { break-inside: avoid; }
      thead { display: table-header-group; }
      th { background: none; }
    }
    """
}
