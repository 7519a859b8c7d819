import Diagnostics
import LocatedYAML

extension FileParser {
  func window(_ entry: Node.Entry, _ registry: NameRegistry) -> WindowDeclaration? {
    let what = "the window \(quoted(entry.key.value))"
    guard let name = checkedName(entry.key, "a window's id"), let id = registry.register(id: name, in: self),
      let mapping = mapping(entry.value, what, .window)
    else { return nil }
    var window = WindowDeclaration(id: id)
    window.label = mapping.optional("label", localizedText)
    window.condition = mapping.optional("when", condition)
    window.start = mapping.required("start", boundary)
    window.stop = mapping.required("stop", boundary)
    window.target = mapping.required("target").flatMap { target($0, of: id, registry) }
    window.calendar = mapping.optional("calendar", self.name)
    window.pause = mapping.optional("pause", condition)
    window.cancel = mapping.optional("cancel", condition)
    window.onReopen = mapping.optional("on_reopen", word)
    window.onTargetChange = mapping.optional("on_target_change", word)
    window.warnings = mapping.optional("warn") { items($0, $1)?.compactMap(warning) } ?? []
    window.escalations =
      mapping.optional("escalate") { items($0, $1)?.compactMap { escalation($0, registry) } } ?? []
    return window
  }

  private func boundary(_ node: Node, _ what: String) -> BoundaryDeclaration? {
    if case .mapping = node.content { return condition(node, what).map { .condition($0) } }
    return name(node, what).map { .field($0) }
  }

  private func target(_ node: Node, of window: Located<String>, _ registry: NameRegistry)
    -> TargetDeclaration?
  {
    switch node.content {
    case .scalar: return text(node, "'target'").map { .duration($0) }
    case .mapping(let entries) where entries.contains { $0.key.value == "hit" }:
      return targetTable(node, of: window, registry).map { .table($0) }
    case .mapping(let entries) where entries.contains { $0.key.value == "by" }:
      return durationsByValue(entries).map { .byValue($0) }
    case .refused: return nil
    case .mapping, .sequence:
      report(.notATarget(at: node.place))
      return nil
    }
  }

  private func durationsByValue(_ entries: [Node.Entry]) -> DurationsByValue? {
    var input: Located<String>?
    var otherwise: Located<String>?
    var durations: [DurationOfValue] = []
    for entry in entries {
      switch entry.key.value {
      case "by": input = name(entry.value, "'by'")
      case "otherwise": otherwise = text(entry.value, "'otherwise'")
      default:
        guard let duration = text(entry.value, quoted(entry.key.value)) else { continue }
        durations.append(DurationOfValue(value: entry.key, duration: duration))
      }
    }
    return input.map { DurationsByValue(input: $0, durations: durations, otherwise: otherwise) }
  }
}
