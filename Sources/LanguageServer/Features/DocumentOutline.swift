import Diagnostics
import LocatedYAML
import PluginProtocol
import RuleSyntax

/// The sections of a file and what each declares, for the outline of an editor.
struct DocumentOutline {
  let positions: TextPositions

  func symbols(_ root: Node, _ occurrences: [Occurrence]) -> [JSONValue] {
    root.entries.filter { Construct.ruleFile.key($0.key.value) != nil && $0.key.value != "format" }.map {
      entry in
      let range = Place(file: "", start: entry.key.place.start, end: entry.value.place.end)
      let children = occurrences.filter {
        $0.isOutlined && range.start < $0.place.start && $0.place.end <= range.end
      }
      return symbol(
        entry.key.value, detail: entry.value.text ?? "", kind: 3, range, entry.key.place,
        children.sorted { $0.place < $1.place }.map(child))
    }
  }

  private func child(_ occurrence: Occurrence) -> JSONValue {
    symbol(
      occurrence.text, detail: HoverText.summary(occurrence), kind: occurrence.outlineKind, occurrence.place,
      occurrence.place, [])
  }

  /// - Parameter kind: LSP 3.17, SymbolKind.
  private func symbol(
    _ name: String, detail: String, kind: Int, _ range: Place, _ selection: Place, _ children: [JSONValue]
  ) -> JSONValue {
    .object([
      "name": .text(name), "detail": .text(detail), "kind": .integer(kind), "range": positions.json(range),
      "selectionRange": positions.json(selection), "children": .list(children),
    ])
  }
}

extension Occurrence {
  /// Values of choices are too many.
  fileprivate var isOutlined: Bool {
    guard case .definition(let kind, _, _) = content else { return false }
    switch kind {
    case .choice, .level, .rulebook, .person: return false
    default: return true
    }
  }

  fileprivate var outlineKind: Int {
    guard case .definition(let kind, _, _) = content else { return 13 }
    switch kind {
    case .field, .output: return 8
    case .table: return 23
    case .window, .notification, .escalation: return 24
    case .state: return 22
    case .team: return 5
    default: return 14
    }
  }
}
