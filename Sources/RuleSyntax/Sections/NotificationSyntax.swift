import Diagnostics
import LocatedYAML

extension FileParser {
  /// One of `notifications:`.
  func notification(_ node: Node, _ registry: NameRegistry) -> NotificationDeclaration? {
    guard let mapping = mapping(node, "an item of 'notifications'", .notification),
      let id = mapping.required("id", name)
    else { return nil }
    var notification = NotificationDeclaration(id: id, place: node.place)
    notification.events = mapping.required("on", events) ?? []
    notification.condition = mapping.optional("when", condition)
    notification.recipients = mapping.optional("to", recipients) ?? []
    notification.via = mapping.optional("via", notifiers) ?? []
    notification.deliver = mapping.optional("deliver", word)
    notification.calendar = mapping.optional("calendar", name)
    notification.groupBy = mapping.optional("group_by") { distinct(nameOrNames($0, $1), "group_by") } ?? []
    notification.groupWait = mapping.optional("group_wait", text)
    notification.repeatEvery = mapping.optional("repeat", text)
    notification.message = mapping.optional("message", message)
    return registry.register(id: id, in: self) == nil ? nil : notification
  }

  /// One event, or a list of them.
  private func events(_ node: Node, _ what: String) -> [Located<NoticeEvent>]? {
    if case .scalar = node.content { return [word(node, what)].compactMap(\.self) }
    guard let items = items(node, what) else { return nil }
    if items.isEmpty { report(.emptyList(what, at: node.place)) }
    return items.compactMap { word($0, "an event of 'on'") }
  }
}
