import Diagnostics
import LocatedYAML

extension FileParser {
  /// One of `waivers:`.
  func waiver(_ node: Node, _ registry: NameRegistry) -> WaiverDeclaration? {
    guard let mapping = mapping(node, "an item of 'waivers'", .waiver),
      let id = mapping.required("id", name)
    else { return nil }
    var waiver = WaiverDeclaration(id: id, place: node.place)
    waiver.rule = mapping.required("rule", name)
    waiver.condition = mapping.optional("when", condition)
    waiver.until = mapping.required("until", text).flatMap { date($0) }
    waiver.by = mapping.required("by") { filledText($0, $1, hint: "name who decided so and answers for it") }
    waiver.reason = mapping.required("reason") { filledText($0, $1, hint: "say why the rule need not hold") }
    return registry.register(id: id, in: self) == nil ? nil : waiver
  }

  /// A text of more than white space.
  private func filledText(_ node: Node, _ what: String, hint: String) -> Located<String>? {
    guard let text = text(node, what) else { return nil }
    if text.value.contains(where: { !$0.isWhitespace }) { return text }
    report(.emptyText(text, what, hint: hint))
    return nil
  }
}
