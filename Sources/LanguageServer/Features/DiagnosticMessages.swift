import Diagnostics
import PluginProtocol

/// Messages of the loader as an editor takes them.
struct DiagnosticMessages {
  let positions: TextPositions
  /// The URI of a file of the rulebook, by its name in it.
  let uri: (String) -> String
  /// The positions in another file that a message is about.
  let otherPositions: (String) -> TextPositions?

  func json(_ diagnostic: Diagnostic) -> JSONValue {
    let place = diagnostic.place ?? Place(file: "", line: 1)
    var members: [String: JSONValue] = [
      "range": positions.json(place), "severity": .integer(diagnostic.severity.level),
      "code": .text(diagnostic.code.rawValue), "source": .text("docket"),
      "message": .text(diagnostic.message + (diagnostic.hint.map { "\n" + $0 } ?? "")),
    ]
    let related = diagnostic.related.compactMap(related)
    if !related.isEmpty { members["relatedInformation"] = .list(related) }
    return .object(members)
  }

  private func related(_ related: Diagnostic.Related) -> JSONValue? {
    guard let positions = otherPositions(related.place.file) else { return nil }
    return .object([
      "message": .text(related.message),
      "location": .object([
        "uri": .text(uri(related.place.file)), "range": positions.json(related.place),
      ]),
    ])
  }

  /// A quick fix; nil where the message has none.
  func action(for diagnostic: Diagnostic) -> JSONValue? {
    guard let fix = diagnostic.fix else { return nil }
    var changes: [String: [JSONValue]] = [:]
    for edit in fix.edits {
      guard let positions = otherPositions(edit.place.file) else { return nil }
      changes[uri(edit.place.file), default: []].append(
        .object(["range": positions.json(edit.place), "newText": .text(edit.replacement)]))
    }
    return .object([
      "title": .text(fix.title), "kind": .text("quickfix"), "isPreferred": .boolean(true),
      "diagnostics": .list([json(diagnostic)]),
      "edit": .object(["changes": .object(changes.mapValues(JSONValue.list))]),
    ])
  }
}

extension Severity {
  /// LSP 3.17, DiagnosticSeverity.
  fileprivate var level: Int {
    switch self {
    case .error: 1
    case .warning: 2
    case .info: 3
    }
  }
}
