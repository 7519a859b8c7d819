public import Diagnostics
import LocatedYAML

/// The layout of rule files: the same text for the same content, whoever wrote it.
///
/// Keeps every comment, blank lines between groups (one at most), the order of keys, quotes, and whether a collection
/// stands on one line. Indents by two, puts one space where one belongs, and keeps columns aligned that somebody began
/// to align. What it writes is read again and compared: a layout that would change the meaning is an error.
public enum RuleFormat {
  public enum Outcome: Hashable, Sendable {
    /// The text in the layout; it may be the one that was given.
    case formatted(String)
    /// The file has errors, and stays as it is.
    case unreadable([Diagnostic])
  }

  /// - Parameter alignsRows: whether rows of tables become columns even where nobody began to align them.
  /// Complexity: O(size).
  public static func format(_ source: SourceText, alignsRows: Bool = false) -> Outcome {
    var diagnostics: [Diagnostic] = []
    guard let root = YAMLDocument.load(source, into: &diagnostics), !diagnostics.containsErrors else {
      return .unreadable(diagnostics)
    }
    let original = FormatSource(source, root: root)
    var emitter = Emitter(original, alignsRows: alignsRows)
    emitter.document(root)
    let text = emitter.text
    if let difference = difference(between: original, root, and: text) { return .unreadable([difference]) }
    return .formatted(text)
  }

  /// What the new text would change: an error at the place of it; nil for nothing.
  private static func difference(
    between original: FormatSource, _ root: Node, and text: String
  ) -> Diagnostic? {
    var diagnostics: [Diagnostic] = []
    let result = SourceText(path: original.source.path, text: text)
    guard let changed = YAMLDocument.load(result, into: &diagnostics), !diagnostics.containsErrors else {
      return .changedMeaning(at: root.place)
    }
    if let place = root.firstDifference(from: changed) { return .changedMeaning(at: place) }
    let comments = FormatSource(result, root: changed).comments.map(\.text)
    return comments == original.comments.map(\.text) ? nil : .lostComment(at: root.place)
  }
}

extension Node {
  /// The place of the first value or key that differs, whatever its layout.
  func firstDifference(from other: Node) -> Place? {
    switch (content, other.content) {
    case (.scalar(let left), .scalar(let right)): return left == right ? nil : place
    case (.sequence(let left), .sequence(let right)) where left.count == right.count:
      return zip(left, right).lazy.compactMap { $0.firstDifference(from: $1) }.first
    case (.mapping(let left), .mapping(let right)) where left.count == right.count:
      return zip(left, right).lazy.compactMap { left, right in
        left.key.value == right.key.value
          ? left.value.firstDifference(from: right.value) : left.key.place
      }.first
    default: return place
    }
  }
}
