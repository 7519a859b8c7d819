import Diagnostics
import LocatedYAML

/// Reads the nodes of one file and collects what is wrong with them.
///
/// Each reader returns nil after a message, so that the caller leaves the thing out and goes on. `.refused` nodes were
/// reported when the document was loaded and give nil without a word. The sections of the language are extensions,
/// one file each.
final class FileParser {
  /// A file of 8 MiB has room for a million mistakes, which nobody reads.
  private static let problemLimit = 1000

  let source: SourceText
  private(set) var diagnostics: [Diagnostic] = []
  private(set) lazy var lines = LineIndex(source)

  init(_ source: SourceText) { self.source = source }

  /// The root of the file's document; nil after a message.
  func document() -> Node? { YAMLDocument.load(source, into: &diagnostics) }

  /// Adds a message, which is not even worded once there are too many.
  func report(_ diagnostic: @autoclosure () -> Diagnostic) {
    guard diagnostics.count <= Self.problemLimit else { return }
    let diagnostic = diagnostic()
    diagnostics.append(
      diagnostics.count < Self.problemLimit ? diagnostic : .tooManyProblems(at: diagnostic.place))
  }
}

// MARK: Shapes

extension FileParser {
  /// A text that is not missing.
  func text(_ node: Node, _ what: String) -> Located<String>? {
    guard case .scalar(let scalar) = node.content else { return wrongShape(node, "a text", what) }
    if scalar.isMissing { return missingValue(node, what) }
    return Located(scalar.text, at: node.place)
  }

  /// A text that serves as a name or an id: not empty, without white space.
  func name(_ node: Node, _ what: String) -> Located<String>? {
    text(node, what).flatMap { checkedName($0, what) }
  }

  func checkedName(_ name: Located<String>, _ what: String) -> Located<String>? {
    if !name.value.isEmpty, !name.value.unicodeScalars.contains(where: \.isBlank) {
      return name
    }
    report(.invalidName(name, what))
    return nil
  }

  func items(_ node: Node, _ what: String) -> [Node]? {
    guard case .sequence(let items) = node.content else { return wrongShape(node, "a list", what) }
    return items
  }

  func names(_ node: Node, _ what: String, of items: String) -> [Located<String>] {
    self.items(node, items)?.compactMap { name($0, what) } ?? []
  }

  /// A mapping whose keys are names that its author chose. Metadata (`x-` keys) is left out.
  func entries(_ node: Node, _ what: String) -> [Node.Entry]? {
    guard case .mapping(let entries) = node.content else { return wrongShape(node, "a mapping", what) }
    return entries.filter { !$0.key.value.hasPrefix("x-") }
  }

  /// A mapping whose keys are those of the language; every other key is reported.
  func mapping(_ node: Node, _ what: String, _ construct: Construct) -> Mapping? {
    mapping(node, what, keys: construct.keys.lazy.map(\.name))
  }

  func mapping(_ node: Node, _ what: String, keys: some Collection<String>) -> Mapping? {
    guard let entries = entries(node, what) else { return nil }
    for entry in entries where !keys.contains(entry.key.value) {
      report(.unknownKey(entry.key, of: what, known: Array(keys), value: entry.value))
    }
    return Mapping(entries: entries, place: node.place, what: what, parser: self)
  }

  private func wrongShape<Value>(_ node: Node, _ expected: String, _ what: String) -> Value? {
    switch node.content {
    case .refused: break
    case .scalar(let scalar) where scalar.isMissing: return missingValue(node, what)
    default: report(.wrongShape(node, expected: expected, for: what))
    }
    return nil
  }

  private func missingValue<Value>(_ node: Node, _ what: String) -> Value? {
    report(.missingValue(what, at: node.place))
    return nil
  }
}

// MARK: Values

extension FileParser {
  /// `true` or `false`, and nothing else that YAML 1.1 took for them.
  func boolean(_ node: Node, _ what: String) -> Bool? {
    guard let text = text(node, what) else { return nil }
    switch text.value {
    case "true": return true
    case "false": return false
    default:
      report(.notABoolean(text))
      return nil
    }
  }

  /// One of the words of an enumeration.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node, _ what: String) -> Located<Word>? {
    guard let text = text(node, what) else { return nil }
    if let word = Word(rawValue: text.value) { return Located(word, at: text.place) }
    report(.unknownWord(text, what, known: Word.allCases.map(\.rawValue)))
    return nil
  }

  /// The text of an expression, which YAML must not have cut.
  func expression(_ node: Node, _ what: String) -> Located<String>? {
    switch node.content {
    case .sequence, .mapping: report(.notAnExpression(node))
    case .scalar(let scalar)
    where scalar.style == .plain && !scalar.isMissing && lines.hasComment(after: node.place):
      report(.cutExpression(at: node.place))
    default: return text(node, what)
    }
    return nil
  }

  /// A text, or a mapping from language tags to texts.
  func message(_ node: Node, _ what: String) -> MessageDeclaration? {
    guard case .mapping(let entries) = node.content else {
      return text(node, what).map { MessageDeclaration([.init(language: nil, text: $0)]) }
    }
    if entries.isEmpty { return missingValue(node, what) }
    let translations = entries.compactMap { entry -> MessageDeclaration.Translation? in
      guard isLanguageTag(entry.key.value) else {
        report(.notALanguage(entry.key))
        return nil
      }
      return text(entry.value, what).map { .init(language: entry.key, text: $0) }
    }
    return translations.isEmpty ? nil : MessageDeclaration(translations)
  }

  func localizedText(_ node: Node, _ what: String) -> LocalizedText? { message(node, what)?.text }

  func languageTag(_ node: Node, _ what: String) -> Located<String>? {
    guard let text = text(node, what) else { return nil }
    if isLanguageTag(text.value) { return text }
    report(.notALanguage(text))
    return nil
  }
}

/// The form of BCP 47: subtags of letters and digits, the first of two or three letters.
private func isLanguageTag(_ text: String) -> Bool {
  let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  return 2...3 ~= subtags[0].count && subtags[0].allSatisfy { isASCIILetter($0) }
    && subtags.dropFirst().allSatisfy {
      1...8 ~= $0.count && $0.allSatisfy { isASCIILetter($0) || isASCIIDigit($0) }
    }
}

extension Unicode.Scalar {
  /// The white space that a rule file can hold. `properties.isWhitespace` takes ten times as long.
  fileprivate var isBlank: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}

func isASCIILetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
func isASCIIDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
