/// Writes a policy book as one HTML page that needs nothing else: no scripts, no pictures, styles for screen and paper.
///
/// Every rule has an anchor: its id; `#F-101` leads there. Like forms, the page is also well-formed XML.
public struct HTMLBook: Sendable {
  public init() {}

  /// The whole page, ending in a newline.
  public func text(_ book: Book) -> String {
    var anchors = Anchors(of: book)
    var lines = head(book) + ["<body>", "<h1>\(book.title.escapedForHTML)</h1>"]
    lines += contents(of: book)
    for (index, chapter) in book.chapters.enumerated() {
      lines += section(chapter, number: index + 1, &anchors)
    }
    lines += ["<footer>\(book.origin.escapedForHTML)</footer>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ book: Book) -> [String] {
    [
      "<!DOCTYPE html>",
      "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"\(book.language.escapedForHTML)\">", "<head>",
      "<meta charset=\"utf-8\"/>",
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>",
      "<meta name=\"viewport\" content=\"width=device-width\"/>",
      "<title>\(book.title.escapedForHTML)</title>",
      "<style>", Self.style, "</style>", "</head>",
    ]
  }

  private func contents(of book: Book) -> [String] {
    let items = book.chapters.map { chapter in
      "<li><a href=\"#chapter-\(chapter.name)\">\(chapter.title.escapedForHTML)</a></li>"
    }
    return ["<nav>", "<h2>\(book.contents.escapedForHTML)</h2>", "<ol>"] + items + ["</ol>", "</nav>"]
  }

  private func section(_ chapter: Book.Chapter, number: Int, _ anchors: inout Anchors) -> [String] {
    var lines = [
      "<section id=\"chapter-\(chapter.name)\">", "<h2>\(number) \(chapter.title.escapedForHTML)</h2>",
    ]
    for block in chapter.blocks { lines.append(text(block, &anchors)) }
    return lines + ["</section>"]
  }

  private func text(_ block: Book.Block, _ anchors: inout Anchors) -> String {
    switch block {
    case .heading(let line): return "<h3>\(text(line, &anchors))</h3>"
    case .paragraph(let line): return "<p>\(text(line, &anchors))</p>"
    case .items(let items):
      var list = ""
      for item in items { list += "<li>\(text(item, &anchors))</li>" }
      return "<ul>\(list)</ul>"
    case .table(let table): return text(table, &anchors)
    case .states(let diagram): return StateDiagramSVG(diagram).text
    }
  }

  private func text(_ table: Book.Table, _ anchors: inout Anchors) -> String {
    let header = table.header.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined()
    var lines = ["<table>", "<thead><tr>\(header)</tr></thead>", "<tbody>"]
    for row in table.rows {
      var cells = ""
      for cell in row { cells += "<td>\(text(cell, &anchors))</td>" }
      lines.append("<tr>\(cells)</tr>")
    }
    return (lines + ["</tbody>", "</table>"]).joined(separator: "\n")
  }

  private func text(_ line: Book.Line, _ anchors: inout Anchors) -> String {
    var text = ""
    for span in line {
      switch span {
      case .text(let words): text += words.escapedForHTML
      case .code(let code): text += "<code>\(code.escapedForHTML)</code>"
      case .rule(let id, let place, let anchor):
        let attribute = anchors.take(anchor).map { " id=\"\($0.escapedForHTML)\"" } ?? ""
        text += "<b\(attribute)>\(id.escapedForHTML)</b> <small>\(place.escapedForHTML)</small>"
      case .reference(let id, let anchor):
        text += "<a href=\"#\(Anchors.name(anchor).escapedForHTML)\">\(id.escapedForHTML)</a>"
      case .lineBreak: text += "<br/>"
      }
    }
    return text
  }

  /// The anchors given out, each once.
  private struct Anchors {
    private var taken: Set<String>

    /// Chapters and the picture have theirs.
    init(of book: Book) { taken = Set(book.chapters.map { "chapter-\($0.name)" } + [StateDiagramSVG.arrow]) }

    /// Nil for one that another rule has.
    mutating func take(_ anchor: String) -> String? {
      let name = Self.name(anchor)
      return taken.insert(name).inserted ? name : nil
    }

    /// An anchor must not have spaces (HTML Living Standard, 3.2.6).
    static func name(_ anchor: String) -> String {
      String(anchor.map { $0.isWhitespace ? "_" : $0 })
    }
  }

  private static let style = """
    body { font: 14px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #111; margin: 2em auto; max-width: 75em; padding: 0 1em; }
    h1 { font-size: 1.6em; }
    h2 { font-size: 1.25em; margin: 2em 0 0.5em; border-bottom: 2px solid #888; }
    h3 { font-size: 1.05em; margin: 1.5em 0 0.5em; }
    table { border-collapse: collapse; width: 100%; margin: 0.5em 0 1em; }
    th, td { border: 1px solid #888; padding: 0.3em 0.6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
    th { background: #f0f0f0; font-weight: 600; word-break: keep-all; overflow-wrap: normal; }
    td:first-child { min-width: 5em; }
    small { color: #555; font-weight: 400; }
    code { font: 0.9em ui-monospace, monospace; white-space: pre-wrap; }
    :target { background: #fff3bf; }
    nav ol { columns: 3; margin: 0; }
    svg { max-width: 100%; height: auto; }
    footer { margin-top: 2em; color: #555; font-size: 0.85em; }
    @media print {
      @page { size: A4 landscape; margin: 12mm; }
      body { font-size: 9pt; margin: 0; max-width: none; padding: 0; }
      h2, h3 { break-after: avoid; }
      tr, svg { break-inside: avoid; }
      thead { display: table-header-group; }
      th { background: none; }
      a { color: inherit; text-decoration: none; }
    }
    """
}
