import Diagnostics
import LocatedYAML

/// Reads the nodes of test files and collects what is wrong with them.
///
/// Each reader returns nil after a message; `.refused` nodes were reported when the file was loaded.
final class NodeReader {
  private(set) var diagnostics: [Diagnostic] = []

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func document(_ source: SourceText) -> Node? { YAMLDocument.load(source, into: &diagnostics) }

  /// A text that is not missing.
  func text(_ node: Node, _ what: String) -> Located<String>? {
    guard case .scalar(let scalar) = node.content, !scalar.isMissing else {
      return wrongShape(node, "a text", what)
    }
    return Located(scalar.text, at: node.place)
  }

  func items(_ node: Node, _ what: String) -> [Node]? {
    guard case .sequence(let items) = node.content else { return wrongShape(node, "a list", what) }
    return items
  }

  /// A text, or a list of texts.
  func texts(_ node: Node, _ what: String) -> [Located<String>]? {
    if case .sequence(let items) = node.content { return items.compactMap { text($0, what) } }
    return text(node, what).map { [$0] }
  }

  /// A mapping whose keys its author chose; `x-` keys are left out.
  func entries(_ node: Node, _ what: String) -> [Node.Entry]? {
    guard case .mapping(let entries) = node.content else { return wrongShape(node, "a mapping", what) }
    return entries.filter { !$0.key.value.hasPrefix("x-") }
  }

  /// A mapping whose keys are those of the format; every other key is reported.
  func section(_ node: Node, _ what: String, keys: [String]) -> Section? {
    guard let entries = entries(node, what) else { return nil }
    for entry in entries where !keys.contains(entry.key.value) {
      report(.unknownKey(entry.key, of: what, known: keys))
    }
    return Section(entries: entries, place: node.place)
  }

  func wrongShape<Value>(_ node: Node, _ expected: String, _ what: String) -> Value? {
    if node.content != .refused { report(.wrongShape(node, expected: expected, for: what)) }
    return nil
  }

  /// A mapping whose unknown keys were reported.
  struct Section {
    var entries: [Node.Entry]
    var place: Place

    subscript(key: String) -> Node? { entries.first { $0.key.value == key }?.value }
  }
}

extension Node {
  /// Whether this is the plain word `word`, without quotes.
  func isWord(_ word: String) -> Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.style == .plain && scalar.text == word
  }
}
