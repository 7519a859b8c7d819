/// Writes a policy book as Markdown (GitHub Flavored Markdown Spec 0.29, tables in section 4.10), its states as a Mermaid
/// diagram (https://mermaid.js.org/syntax/stateDiagram.html).
public struct MarkdownBook: Sendable {
  public init() {}

  /// The whole text, ending in a newline.
  public func text(_ book: Book) -> String {
    var lines = ["# \(book.title.escapedForMarkdown)", "", book.origin.escapedForMarkdown]
    for (index, chapter) in book.chapters.enumerated() {
      lines += ["", "## \(index + 1) \(chapter.title.escapedForMarkdown)"]
      for block in chapter.blocks { lines += [""] + self.lines(block) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ block: Book.Block) -> [String] {
    switch block {
    case .heading(let line): ["### \(text(line))"]
    case .paragraph(let line): [text(line)]
    case .items(let items): items.map { "- \(text($0))" }
    case .table(let table): lines(table)
    case .states(let diagram): lines(diagram)
    }
  }

  private func lines(_ table: Book.Table) -> [String] {
    let header = table.header.map(\.escapedForMarkdown)
    return [row(header), "|" + table.header.map { _ in "---|" }.joined()]
      + table.rows.map { row($0.map(text)) }
  }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private func text(_ line: Book.Line) -> String {
    line.map { span in
      switch span {
      case .text(let text): text.escapedForMarkdown
      case .code(let code): codeSpan(code)
      case .rule(let id, let place, _): "\(id.escapedForMarkdown) (\(place.escapedForMarkdown))"
      case .reference(let id, _): id.escapedForMarkdown
      case .lineBreak: "<br>"
      }
    }.joined()
  }

  /// In fences longer than any run of backticks in it; a bar would end the cell that it stands in.
  private func codeSpan(_ code: String) -> String {
    let runs = code.split { $0 != "`" }.map(\.count)
    let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
    let space = code.hasPrefix("`") || code.hasSuffix("`") ? " " : ""
    return fence + space + code.withoutControlCharacters.replacing("|", with: "\\|") + space + fence
  }

  // MARK: States

  private func lines(_ diagram: StateDiagram) -> [String] {
    var lines = ["```mermaid", "stateDiagram-v2"]
    for (index, state) in diagram.states.enumerated() { lines.append("  s\(index) : \(name(state.label))") }
    lines.append("  [*] --> s\(diagram.initial)")
    for (index, state) in diagram.states.enumerated() {
      lines += state.next.map { "  s\(index) --> s\($0)" }
      if state.next.isEmpty { lines.append("  s\(index) --> [*]") }
    }
    return lines + ["```"]
  }

  /// What Mermaid takes for its own is told by numbers of characters.
  private func name(_ label: String) -> String {
    var name = ""
    for scalar in label.unicodeScalars {
      switch scalar {
      case "#", ";", ":", "\"", "<", ">", "{", "}", "[", "]", "`", "%", "&": name += "#\(scalar.value);"
      case "\u{0}"..."\u{1F}": name += " "
      default: name.unicodeScalars.append(scalar)
      }
    }
    return name
  }
}
