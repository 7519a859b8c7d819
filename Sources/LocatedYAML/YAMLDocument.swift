public import Diagnostics

/// Reads one YAML document of the strict subset that rule files and plugin manifests are written in.
public enum YAMLDocument {
  /// The largest file that is read, in bytes (8 MiB). Whoever reads files asks for the size first.
  public static let sizeLimit = 8 << 20
  /// How many sequences and mappings may stand inside one another.
  public static let depthLimit = 64

  /// The document's root, or nil where the text cannot be read to its end.
  ///
  /// Every refused construct is reported, and what it holds is left out or marked `.refused`; a character that is not
  /// allowed, a syntax error, too deep a nesting or a second document ends the reading.
  /// Complexity: linear in the size of the text, which is refused unread above `sizeLimit`.
  ///
  /// - Parameter sizeLimit: in bytes, for files that are no rules.
  public static func load(
    _ source: SourceText, sizeLimit: Int = YAMLDocument.sizeLimit, into diagnostics: inout [Diagnostic]
  ) -> Node? {
    let isSmall = source.bytes.count <= sizeLimit
    let problems =
      (isSmall ? [] : problems(ofSize: source.bytes.count, path: source.path))
      + problems(ofCharactersIn: source, sizeLimit: sizeLimit)
    guard problems.isEmpty else {
      diagnostics += problems
      return nil
    }
    return source.bytes.withUnsafeBufferPointer { bytes in
      var builder = NodeBuilder(source, bytes: bytes)
      let root = builder.root()
      diagnostics += builder.diagnostics
      return root
    }
  }

  /// The bytes and characters of a text that no file of a rulebook may hold, at most 20 of them; empty for a text
  /// above `sizeLimit`. A tab may indent a line where `allowsIndentingTabs`, in files that are not YAML. O(size).
  public static func problems(
    ofCharactersIn source: SourceText, sizeLimit: Int = YAMLDocument.sizeLimit,
    allowsIndentingTabs: Bool = false
  ) -> [Diagnostic] {
    if source.bytes.count > sizeLimit { return [] }
    return CharacterScan.problems(in: source, allowsIndentingTabs: allowsIndentingTabs)
  }

  /// Whether no text of a document may hold `text`, not even escaped: a character in it is invisible. O(size).
  public static func refuses(_ text: String) -> Bool {
    text.unicodeScalars.contains(where: \.isRefusedInText)
  }

  /// What is wrong with a file of `size` bytes before it is read: empty up to `sizeLimit`.
  public static func problems(ofSize size: Int, path: String) -> [Diagnostic] {
    size > sizeLimit ? [.tooLarge(size, at: Place(file: path, line: 1))] : []
  }
}
