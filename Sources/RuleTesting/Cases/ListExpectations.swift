import Diagnostics
import LocatedYAML
import RuleEvaluator
import TicketModel
import WorkingTime

/// `expect: {findings: …, waived: …, notices: …}`: a list is exact, a mapping says what must and what must not be there.
extension ExpectationReading {
  /// `findings`, or those of them that are `waived`.
  func findings(_ node: Node, _ what: String) -> ExpectedList<ExpectedFinding>? {
    list(node, what) { findings(of: $0) }
  }

  func notices(_ node: Node) -> ExpectedList<ExpectedNotice>? {
    list(node, "'notices'") { notice($0).map { [$0] } ?? [] }
  }

  private func list<Item>(
    _ node: Node, _ what: String, _ read: (Node) -> [Item]
  ) -> ExpectedList<Item>? {
    var list = ExpectedList<Item>(place: node.place)
    if node.isWord("none") {
      list.isExact = true
      return list
    }
    if case .sequence(let items) = node.content {
      list.isExact = true
      list.present = items.flatMap(read)
      return list
    }
    guard let section = reader.section(node, what, keys: ["contains", "none"]) else { return nil }
    list.present = section["contains"].flatMap { reader.items($0, "'contains'") }?.flatMap(read) ?? []
    list.missing = section["none"].flatMap { reader.items($0, "'none'") }?.flatMap(read) ?? []
    return list
  }

  // MARK: Findings

  /// `F-102`, or `{rule: F-102, field: urgency, severity: error}` where `field` may list several.
  private func findings(of node: Node) -> [ExpectedFinding] {
    if case .scalar = node.content {
      return reader.text(node, "a finding").flatMap { known($0) }.map { [ExpectedFinding(rule: $0)] } ?? []
    }
    guard let section = reader.section(node, "a finding", keys: ["rule", "field", "severity"]) else {
      return []
    }
    guard let name = section["rule"].flatMap({ reader.text($0, "'rule'") }) else {
      if section["rule"] == nil { reader.report(.missingKey("rule", of: "a finding", at: node.place)) }
      return []
    }
    guard let rule = known(name) else { return [] }
    let severity = section["severity"].flatMap { reader.text($0, "'severity'") }.flatMap { level($0) }
    let fields = section["field"].flatMap { reader.texts($0, "'field'") } ?? []
    if fields.isEmpty { return [ExpectedFinding(rule: rule, severity: severity)] }
    return fields.map { field in
      if rulebook.schema.slot(of: field.value) == nil, field.value != "history" {
        reader.report(.unknownField(field, rulebook.schema.names))
      }
      return ExpectedFinding(rule: rule, field: field, severity: severity)
    }
  }

  private func known(_ name: Located<String>) -> Located<String>? {
    // `workflow.*` speaks of all that it matches.
    if names.findingRules.contains(where: { NamePattern(name.value).matches($0) }) { return name }
    reader.report(.unknown("a rule that findings speak of", name, names.findingRules))
    return nil
  }

  private func level(_ text: Located<String>) -> Located<Severity>? {
    if let severity = Severity(rawValue: text.value) { return Located(severity, at: text.place) }
    reader.report(.unknown("a severity", text, Severity.allCases.map(\.rawValue)))
    return nil
  }

  // MARK: Notices

  /// `N-206`, or `{rule: N-206, event: status.changed, window: …, at: …, to: […]}`.
  private func notice(_ node: Node) -> ExpectedNotice? {
    var notice = ExpectedNotice(place: node.place)
    if case .scalar = node.content {
      notice.rule = reader.text(node, "a notice").flatMap { noticeRule($0) }
      return notice.rule == nil ? nil : notice
    }
    let keys = ["rule", "event", "window", "at", "to"]
    guard let section = reader.section(node, "a notice", keys: keys) else { return nil }
    if section.entries.isEmpty { reader.report(.missingKey("rule", of: "a notice", at: node.place)) }
    notice.rule = section["rule"].flatMap { reader.text($0, "'rule'") }.flatMap { noticeRule($0) }
    notice.event = section["event"].flatMap { reader.text($0, "'event'") }.flatMap { event($0) }
    notice.window = section["window"].flatMap { reader.text($0, "'window'") }.flatMap { window($0) }
    notice.at = section["at"].flatMap { reader.text($0, "'at'") }.flatMap { instant($0) }
    notice.recipients = section["to"].flatMap { node in
      if node.isWord("none") { return Located([], at: node.place) }
      return reader.texts(node, "'to'").map { Located($0.map(\.value), at: node.place) }
    }
    return notice
  }

  private func noticeRule(_ name: Located<String>) -> Located<String>? {
    if names.noticeRules.contains(name.value) { return name }
    reader.report(.unknown("a notification or an escalation", name, names.noticeRules))
    return nil
  }

  private func event(_ text: Located<String>) -> Located<Notice.Event>? {
    if let event = Notice.Event(rawValue: text.value) { return Located(event, at: text.place) }
    reader.report(.unknown("an event", text, Notice.Event.allCases.map(\.rawValue)))
    return nil
  }
}
