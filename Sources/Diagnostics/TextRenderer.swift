/// Messages as a person reads them on a terminal: place, severity, code, source line, caret, hint.
///
///     rules/priorities.yaml:12:25: error: 'impct' is not a field [unknown-name]
///        |
///     12 |   inputs: [type, impct]
///        |                  ^^^^^
///        = did you mean 'impact'?
public struct TextRenderer: Sendable {
  /// The files whose lines may be quoted, by path.
  public var sources: [String: SourceText]
  /// How many messages are written before the rest is counted; nil for all.
  public var limit: Int?
  /// Whether ANSI colours are written.
  public var usesColor: Bool

  public init(sources: [SourceText] = [], limit: Int? = 50, usesColor: Bool = false) {
    self.sources = Dictionary(sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    self.limit = limit
    self.usesColor = usesColor
  }

  /// All messages in order, at most `limit` of them, then "N more"; empty for none.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    let sorted = diagnostics.sortedByPlace()
    let shown = sorted.prefix(limit ?? sorted.count)
    var text = shown.map(render).joined(separator: "\n")
    if shown.count < sorted.count { text += "\n\(sorted.count - shown.count) more\n" }
    return text
  }

  /// One message with its source line, ending in a newline.
  public func render(_ diagnostic: Diagnostic) -> String {
    var text = prefix(of: diagnostic.place)
    text += paint(diagnostic.severity.rawValue, diagnostic.severity.color)
    text += ": \(diagnostic.message) [\(diagnostic.code.rawValue)]\n"
    if let place = diagnostic.place { text += excerpt(of: place) }
    if let hint = diagnostic.hint { text += note(hint, beside: diagnostic.place) }
    for related in diagnostic.related {
      text += note("\(related.place.lineReference): \(related.message)", beside: diagnostic.place)
    }
    return text
  }

  private func prefix(of place: Place?) -> String {
    place.map { "\($0.file):\($0.start.line):\($0.start.column): " } ?? ""
  }

  private func excerpt(of place: Place) -> String {
    guard let line = sources[place.file]?.line(place.start.line) else { return "" }
    let margin = margin(of: place)
    let number = String(place.start.line)
    return "\(margin) |\n\(number) | \(shownLine(line))\n\(margin) | \(caret(under: place, in: line))\n"
  }

  private func note(_ text: String, beside place: Place?) -> String {
    "\(place.map(margin) ?? " ") = \(text)\n"
  }

  private func margin(of place: Place) -> String {
    String(repeating: " ", count: String(place.start.line).count)
  }

  /// Tabs become one space, so that the caret stands where it should.
  private func shownLine(_ line: String) -> String {
    String(String.UnicodeScalarView(line.unicodeScalars.map { $0 == "\t" ? " " : $0 }))
  }

  private func caret(under place: Place, in line: String) -> String {
    let scalars = Array(line.unicodeScalars)
    let start = min(place.start.column - 1, scalars.count)
    let end = place.end.line == place.start.line ? min(place.end.column - 1, scalars.count) : scalars.count
    let indent = scalars[..<start].reduce(0) { $0 + columnWidth(of: $1) }
    let width = scalars[start..<max(start, end)].reduce(0) { $0 + columnWidth(of: $1) }
    return String(repeating: " ", count: indent) + paint(String(repeating: "^", count: max(1, width)), "31")
  }

  private func paint(_ text: String, _ color: String) -> String {
    usesColor ? "\u{1B}[1;\(color)m\(text)\u{1B}[0m" : text
  }
}

extension Severity {
  fileprivate var color: String {
    switch self {
    case .info: "36"
    case .warning: "33"
    case .error: "31"
    }
  }
}
