public import RuleEvaluator

extension ExpressionTrace {
  /// `part = value`, a line each, deeper parts indented further.
  public var lines: [String] {
    parts.map { part in
      String(repeating: "  ", count: part.depth) + part.text + " = " + part.value
    }
  }
}

/// What `docket eval` prints: the value, and the values of the parts as a tree.
public struct ExpressionText: Sendable {
  /// Ends in a newline.
  public let text: String

  /// - Parameter showsParts: whether the tree follows the value.
  public init(_ trace: ExpressionTrace, showsParts: Bool) {
    let parts = showsParts ? trace.lines.map { "  " + $0 } : []
    text = ([trace.value] + parts).map(\.withoutControlCharacters).joined(separator: "\n") + "\n"
  }
}

extension String {
  /// Texts of tickets stand in what is written to a terminal, which obeys control characters.
  public var withoutControlCharacters: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
