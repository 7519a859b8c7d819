import Diagnostics
import LocatedYAML

/// The instants at which windows tell people: `warn:` and `escalate:`.
extension FileParser {
  /// `80%`, or `due - 1 working hour`
  func warning(_ node: Node) -> Located<LevelDeclaration>? {
    guard let text = text(node, "a warning") else { return nil }
    switch level(node) {
    case .some(let level) where !level.isAfterDue: return Located(level, at: text.place)
    default:
      report(.notAWarning(text))
      return nil
    }
  }

  /// `80%`, `due`, `due - 1 working hour` or `due + 4 working hours`
  private func escalationLevel(_ node: Node, _ what: String) -> Located<LevelDeclaration>? {
    guard let text = text(node, what) else { return nil }
    if let level = level(node) { return Located(level, at: text.place) }
    report(.notAnEscalationLevel(text))
    return nil
  }

  /// One of a window's `escalate:`.
  func escalation(_ node: Node, _ registry: NameRegistry) -> EscalationDeclaration? {
    guard let mapping = mapping(node, "an item of 'escalate'", .escalation),
      let id = mapping.required("id", name)
    else { return nil }
    var escalation = EscalationDeclaration(id: id, place: node.place)
    escalation.level = mapping.required("at", escalationLevel)
    escalation.recipients = mapping.required("to", recipients) ?? []
    escalation.condition = mapping.optional("when", condition)
    escalation.via = mapping.optional("via", notifiers) ?? []
    escalation.message = mapping.optional("message", message)
    return registry.register(id: id, in: self) == nil ? nil : escalation
  }

  /// One recipient, or a list of them.
  func recipients(_ node: Node, _ what: String) -> [Located<String>]? {
    if case .sequence(let items) = node.content, items.isEmpty { report(.emptyList(what, at: node.place)) }
    return distinct(nameOrNames(node, what), "to")
  }

  /// One notifier, or a list of them: an empty one would not mean none, but all.
  func notifiers(_ node: Node, _ what: String) -> [Located<String>]? {
    if case .sequence(let items) = node.content, items.isEmpty { report(.emptyList(what, at: node.place)) }
    return distinct(nameOrNames(node, what), "via")
  }

  func nameOrNames(_ node: Node, _ what: String) -> [Located<String>] {
    if case .scalar = node.content { return [name(node, what)].compactMap(\.self) }
    return names(node, "a name in \(what)", of: what)
  }

  private func level(_ node: Node) -> LevelDeclaration? {
    guard case .scalar(let scalar) = node.content else { return nil }
    let text = Located(scalar.text, at: node.place)
    if text.value == "due" { return .due }
    if text.value.hasSuffix("%") {
      guard let percentage = Int(text.value.dropLast()), 1...100 ~= percentage else { return nil }
      return .percentage(percentage)
    }
    guard let (sign, duration) = distance(from: "due", in: text, style: scalar.style) else { return nil }
    return sign == "-" ? .beforeDue(duration) : .afterDue(duration)
  }

  /// The sign behind `event`, and the duration behind that, with the place of its own.
  private func distance(
    from event: String, in text: Located<String>, style: Scalar.Style
  ) -> (sign: Unicode.Scalar, duration: Located<String>)? {
    let characters = Array(text.value.unicodeScalars)
    guard characters.starts(with: event.unicodeScalars) else { return nil }
    let behind = characters.indices.dropFirst(event.unicodeScalars.count)
    guard let sign = behind.first(where: { characters[$0] != " " }), ["-", "+"].contains(characters[sign]),
      let start = characters.indices.dropFirst(sign + 1).first(where: { characters[$0] != " " })
    else { return nil }
    let places = TextPlaces(text, style: style, lines: lines)
    let duration = String(String.UnicodeScalarView(characters[start...]))
    return (characters[sign], Located(duration, at: places.place(of: start..<characters.count)))
  }
}

extension LevelDeclaration {
  /// Whether it lies at the due time or behind it, where nothing is left to warn of.
  fileprivate var isAfterDue: Bool {
    switch self {
    case .due, .afterDue: true
    case .percentage, .beforeDue: false
    }
  }
}
