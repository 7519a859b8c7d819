import Diagnostics
import LocatedYAML

extension FileParser {
  /// One of `required_fields:`.
  func requiredFields(_ node: Node, _ registry: NameRegistry) -> RequiredFieldsDeclaration? {
    guard let mapping = mapping(node, "an item of 'required_fields'", .requiredFields),
      let id = mapping.required("id", name)
    else { return nil }
    var rule = RequiredFieldsDeclaration(id: id, place: node.place)
    rule.from = mapping.optional("from", states)
    rule.condition = mapping.optional("when", condition)
    rule.fields = mapping.required("fields") { distinct(names($0, "a field", of: $1), "fields") } ?? []
    if case .sequence(let items)? = mapping["fields"]?.content, items.isEmpty {
      report(.emptyList("'fields'", at: node.place))
    }
    rule.severity = mapping.optional("severity", word)
    rule.message = mapping.optional("message", message)
    return registry.register(id: id, in: self) == nil ? nil : rule
  }

  /// A state or a list of states.
  func states(_ node: Node, _ what: String) -> StatesDeclaration? {
    if case .scalar = node.content { return text(node, what).map { .onward($0) } }
    return items(node, what).map { items in
      .oneOf(Located(items.compactMap { text($0, "a state") }, at: node.place))
    }
  }

  /// One of `checks:`.
  func check(_ node: Node, _ registry: NameRegistry) -> CheckDeclaration? {
    guard let mapping = mapping(node, "an item of 'checks'", .check),
      let id = mapping.required("id", name)
    else { return nil }
    var check = CheckDeclaration(id: id, place: node.place)
    check.condition = mapping.optional("when", condition)
    check.expression = mapping.required("expr", expression)
    check.severity = mapping.optional("severity", word)
    check.message = mapping.optional("message", message)
    return registry.register(id: id, in: self) == nil ? nil : check
  }
}
