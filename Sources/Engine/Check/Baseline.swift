public import Diagnostics
import LocatedYAML
public import Reports

/// Findings that are accepted for now: what was there when the baseline was made does not count, what is new does.
///
/// A file of JSON, an entry a line in the order of tickets, so that a change of it reads well in a review. It holds no line
/// numbers and no words, which change while a finding stays the same, and no finding about a ticket without an id.
public struct Baseline: Sendable {
  /// What is accepted, up to a severity.
  public let entries: [BaselineEntry: Severity]
  /// The tickets that it speaks of.
  let tickets: Set<String>

  public init(_ entries: [BaselineEntry: Severity] = [:]) {
    self.entries = entries
    tickets = Set(entries.keys.map(\.ticket))
  }

  /// The largest file that is read, in bytes (256 MiB).
  private static let sizeLimit = 256 << 20

  /// The file's text.
  public static func text(_ entries: [BaselineEntry: Severity], rulebook: String) -> String {
    BaselineText(rulebook: rulebook, entries: entries).text
  }

  /// Reads a file that `text` wrote; what is wrong with it is reported, all of it, and nil returned.
  public static func read(_ source: SourceText, into diagnostics: inout [Diagnostic]) -> Baseline? {
    var problems = [Diagnostic]()
    guard let root = YAMLDocument.load(source, sizeLimit: sizeLimit, into: &problems) else {
      diagnostics += problems
      return nil
    }
    var reader = BaselineReader()
    let entries = reader.entries(root)
    problems += reader.diagnostics
    diagnostics += problems
    return problems.isEmpty ? Baseline(Dictionary(entries) { max($0, $1) }) : nil
  }
}

/// Walks over the nodes of a baseline; JSON is a subset of the YAML that Docket reads.
private struct BaselineReader {
  var diagnostics: [Diagnostic] = []

  private static let keys = ["baseline", "rulebook", "findings"]
  private static let entryKeys = ["rule", "ticket", "field", "severity"]

  mutating func entries(_ root: Node) -> [(BaselineEntry, Severity)] {
    guard let members = mapping(root, Self.keys) else { return [] }
    guard let format = members["baseline"], text(format) == "1" else {
      report("wrong-format", "this is no baseline of format 1", members["baseline"]?.place ?? root.place)
      return []
    }
    guard let findings = members["findings"] else {
      report("missing-key", "a baseline has 'findings'", root.place)
      return []
    }
    guard case .sequence(let items) = findings.content else {
      report("wrong-shape", "expected a list of findings", findings.place)
      return []
    }
    return items.compactMap { entry($0) }
  }

  private mutating func entry(_ node: Node) -> (BaselineEntry, Severity)? {
    guard let members = mapping(node, Self.entryKeys) else { return nil }
    guard let rule = members["rule"].flatMap(text), let ticket = members["ticket"].flatMap(text) else {
      report("missing-key", "a finding of a baseline names its 'rule' and its 'ticket'", node.place)
      return nil
    }
    let severity = members["severity"].flatMap(text) ?? Severity.error.rawValue
    guard let severity = Severity(rawValue: severity) else {
      report("wrong-value", "'severity' is error, warning or info", members["severity"]?.place ?? node.place)
      return nil
    }
    return (BaselineEntry(rule: rule, ticket: ticket, field: members["field"].flatMap(text)), severity)
  }

  private mutating func mapping(_ node: Node, _ known: [String]) -> [String: Node]? {
    guard case .mapping(let entries) = node.content else {
      report("wrong-shape", "expected an object with \(known.joined(separator: ", "))", node.place)
      return nil
    }
    for entry in entries where !known.contains(entry.key.value) {
      report(
        "unknown-key", "\(quoted(entry.key.value)) is no part of a baseline", entry.key.place,
        hint: suggestion(for: entry.key.value, among: known))
    }
    return Dictionary(entries.map { ($0.key.value, $0.value) }) { first, _ in first }
  }

  private func text(_ node: Node) -> String? {
    if case .scalar(let scalar) = node.content { return scalar.text }
    return nil
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ place: Place, hint: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(code, .error, message, at: place, hint: hint ?? "docket check --update-baseline writes one"))
  }
}
