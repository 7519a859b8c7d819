import Diagnostics
import LocatedYAML

extension FileParser {
  /// The section `workflow:`.
  func workflow(_ section: Node.Entry) -> WorkflowDeclaration? {
    guard let mapping = mapping(section.value, "'workflow'", .workflow) else {
      return nil
    }
    var workflow = WorkflowDeclaration(place: section.key.place)
    workflow.field = mapping.required("field", name)
    workflow.initial = mapping.required("initial", text)
    if let states = mapping.required("states") {
      workflow.statesPlace = mapping.entries.first { $0.key.value == "states" }?.key.place ?? states.place
      workflow.states = entries(states, "'states'")?.compactMap(state) ?? []
    }
    return workflow
  }

  private func state(_ entry: Node.Entry) -> StateDeclaration? {
    let what = "the state \(quoted(entry.key.value))"
    guard let mapping = mapping(entry.value, what, .state) else {
      return nil
    }
    var state = StateDeclaration(name: entry.key)
    state.category = mapping.required("category", word)
    state.next =
      mapping.optional("next") { node, what in
        items(node, what).map { distinct($0.compactMap { text($0, "a state") }, "states") }
      } ?? []
    state.required = mapping.optional("requires") { distinct(names($0, "a field", of: $1), "fields") } ?? []
    state.guards = mapping.optional("guard", guards) ?? []
    return state
  }

  /// The id of a check, or a list of them.
  private func guards(_ node: Node, _ what: String) -> [Located<String>]? {
    if case .scalar = node.content { return name(node, what).map { [$0] } }
    return distinct(names(node, "a check", of: what), "checks")
  }
}
