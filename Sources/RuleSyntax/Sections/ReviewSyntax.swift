import Diagnostics
import LocatedYAML

extension FileParser {
  private static let recurrenceKeys = ["group_by", "count", "within", "at"]

  /// One of `reviews:`.
  func review(_ node: Node, _ registry: NameRegistry) -> ReviewDeclaration? {
    guard let mapping = mapping(node, "an item of 'reviews'", .review),
      let id = mapping.required("id", name)
    else { return nil }
    var review = ReviewDeclaration(id: id, place: node.place)
    if mapping.entries.contains(where: { Self.recurrenceKeys.contains($0.key.value) }) {
      review.recurrence = recurrence(mapping)
      review.condition = mapping.optional("when", condition)
    } else {
      review.condition = mapping.required("when", condition)
    }
    review.required = mapping.required("require") { fields($0, $1) } ?? []
    review.from = mapping.optional("from", states)
    review.severity = mapping.optional("severity", word)
    review.message = mapping.optional("message", message)
    return registry.register(id: id, in: self) == nil ? nil : review
  }

  private func recurrence(_ mapping: Mapping) -> RecurrenceDeclaration {
    var recurrence = RecurrenceDeclaration()
    recurrence.groupBy = mapping.required("group_by") { fields($0, $1) } ?? []
    recurrence.count = mapping.required("count", text)
    recurrence.within = mapping.required("within", text)
    recurrence.instant = mapping.optional("at", name)
    return recurrence
  }

  /// Names of fields, at least one.
  private func fields(_ node: Node, _ what: String) -> [Located<String>] {
    if case .sequence(let items) = node.content, items.isEmpty { report(.emptyList(what, at: node.place)) }
    return distinct(names(node, "a field", of: what), "fields")
  }
}
