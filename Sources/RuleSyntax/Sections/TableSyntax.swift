import Diagnostics
import LocatedYAML

extension FileParser {
  /// `priorities:`
  func priorities(_ entry: Node.Entry, _ registry: NameRegistry) -> PrioritiesDeclaration? {
    guard let mapping = mapping(entry.value, "'priorities'", .priorities) else { return nil }
    let levels = mapping.required("levels") { names($0, "a level", of: $1) } ?? []
    if levels.isEmpty, let node = mapping["levels"] { report(.emptyList("'levels'", at: node.place)) }
    let output = OutputDeclaration(name: entry.key.map { _ in "priority" })
    let table = table(named: entry.key, mapping, outputs: [output], registry)
    return PrioritiesDeclaration(
      field: mapping.optional("field", name), levels: distinct(levels, "levels"), table: table)
  }

  /// One of `tables:`.
  func table(_ entry: Node.Entry, _ registry: NameRegistry) -> DecisionTableDeclaration? {
    let what = "the table \(quoted(entry.key.value))"
    guard let mapping = mapping(entry.value, what, .table) else { return nil }
    return table(named: entry.key, mapping, outputs: outputs(of: mapping), registry)
  }

  /// A table as a window's target.
  func targetTable(_ node: Node, of window: Located<String>, _ registry: NameRegistry)
    -> DecisionTableDeclaration?
  {
    guard let mapping = mapping(node, "'target'", .targetTable) else { return nil }
    let output = OutputDeclaration(name: Located("target", at: node.place))
    return table(named: window, mapping, outputs: [output], registry)
  }

  /// `routing:`
  func routing(_ entry: Node.Entry, _ registry: NameRegistry) -> RoutingDeclaration? {
    guard let mapping = mapping(entry.value, "'routing'", .routing) else { return nil }
    let table = table(named: entry.key, mapping, outputs: outputs(of: mapping), registry)
    let teams = mapping["teams"].flatMap { entries($0, "'teams'") } ?? []
    return RoutingDeclaration(table: table, teams: teams.compactMap(team))
  }

  private func team(_ entry: Node.Entry) -> TeamDeclaration? {
    let what = "the team \(quoted(entry.key.value))"
    guard let name = checkedName(entry.key, "a team's name"),
      let mapping = mapping(entry.value, what, .team)
    else { return nil }
    var team = TeamDeclaration(name: name)
    team.label = mapping.optional("label", localizedText)
    team.lead = mapping.optional("lead", text)
    team.members = mapping.optional("members", members) ?? []
    team.assign = mapping.optional("assign", word)
    team.away = mapping.optional("away") { items($0, $1)?.compactMap(absence) } ?? []
    return team
  }

  /// Nobody twice: whose turn it is counts from where a name stands, and would not come to those behind it.
  private func members(_ node: Node, _ what: String) -> [Located<String>]? {
    items(node, what).map { distinct($0.compactMap { text($0, "a member") }, "members") }
  }

  /// `{member: dev-a, days: 2026-10-01..2026-10-07}`
  private func absence(_ node: Node) -> AbsenceDeclaration? {
    guard let mapping = mapping(node, "an absence", .absence),
      let member = mapping.required("member", text), let days = mapping.required("days", dateRange)
    else { return nil }
    return AbsenceDeclaration(member: member, days: days)
  }

  private func table(
    named name: Located<String>, _ mapping: Mapping, outputs: [OutputDeclaration], _ registry: NameRegistry
  ) -> DecisionTableDeclaration {
    var table = DecisionTableDeclaration(name: name)
    table.hit = mapping.required("hit", hitPolicy)
    table.outputs = outputs
    table.inputs = mapping.required("inputs") { inputs($0, $1) } ?? []
    let columns = TableColumns(inputs: table.inputs, outputs: outputs)
    for problem in columns.problems { report(problem) }
    if let rows = mapping.required("rows") { table.rows = self.rows(rows, columns, registry) }
    table.otherwise = mapping["otherwise"].flatMap { otherwise($0, columns) }
    return table
  }

  private func hitPolicy(_ node: Node, _ what: String) -> Located<HitPolicy>? {
    guard let text = text(node, what) else { return nil }
    if let policy = HitPolicy(text.value) { return text.map { _ in policy } }
    report(.unknownWord(text, what, known: HitPolicy.spellings))
    return nil
  }

  private func inputs(_ node: Node, _ what: String) -> [InputDeclaration]? {
    guard let items = items(node, what) else { return nil }
    if items.isEmpty { report(.emptyList(what, at: node.place)) }
    return items.compactMap(input)
  }

  private func input(_ node: Node) -> InputDeclaration? {
    guard case .mapping(let entries) = node.content else {
      return name(node, "an input").map { InputDeclaration(name: $0) }
    }
    guard entries.count == 1, let entry = entries.first else {
      report(.inputForm(node))
      return nil
    }
    guard let name = checkedName(entry.key, "an input") else { return nil }
    return expression(entry.value, quoted(name.value)).map { InputDeclaration(name: name, expression: $0) }
  }

  private func outputs(of mapping: Mapping) -> [OutputDeclaration] {
    guard let node = mapping.required("outputs") else { return [] }
    let outputs: [OutputDeclaration]
    if case .mapping = node.content {
      outputs = entries(node, "'outputs'")?.compactMap(output) ?? []
    } else {
      outputs = names(node, "an output", of: "'outputs'").map { OutputDeclaration(name: $0) }
    }
    if case .sequence(let items) = node.content, items.isEmpty {
      report(.emptyList("'outputs'", at: node.place))
    }
    return outputs
  }

  /// `{name: type}`, or for a choice `{name: [value, value]}`.
  private func output(_ entry: Node.Entry) -> OutputDeclaration? {
    guard let name = checkedName(entry.key, "an output") else { return nil }
    return OutputDeclaration(name: name, type: outputType(entry.value, quoted(name.value)))
  }

  /// Reports what stands twice, and leaves it out.
  func distinct(_ names: [Located<String>], _ what: String) -> [Located<String>] {
    var seen: [String: Place] = [:]
    return names.filter { name in
      guard let first = seen.updateValue(name.place, forKey: name.value) else { return true }
      report(.duplicateName(name, what, first: first))
      return false
    }
  }
}

extension HitPolicy {
  static let spellings =
    ["unique", "any", "first", "priority", "rule-order", "output-order", "collect"]
    + Aggregator.allCases.map { "collect \($0.rawValue)" }

  init?(_ text: String) {
    let words = text.split(separator: " ")
    switch words.joined(separator: " ") {
    case "unique": self = .unique
    case "any": self = .any
    case "first": self = .first
    case "priority": self = .priority
    case "rule-order": self = .ruleOrder
    case "output-order": self = .outputOrder
    case "collect": self = .collect(nil)
    default:
      guard words.count == 2, words[0] == "collect", let aggregator = Aggregator(rawValue: String(words[1]))
      else {
        return nil
      }
      self = .collect(aggregator)
    }
  }
}
