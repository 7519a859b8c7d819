import Diagnostics
import PluginProtocol
import RuleEvaluator
import RuleSchema
import RuleSyntax

/// What an editor offers at a position.
struct Completion {
  let index: SymbolIndex
  let place: CompletionPlace

  struct Item: Hashable {
    var label: String
    /// What is inserted.
    var text: String
    var kind: Kind
    var detail = ""
    var documentation = ""

    /// LSP 3.17, CompletionItemKind.
    enum Kind: Int {
      case function = 3, field = 5, variable = 6, property = 10, value = 12, keyword = 14, member = 20,
        reference = 18
    }
  }

  /// Each item once, in the order in which the language or the rulebook declares them.
  var items: [Item] {
    var seen = Set<String>()
    return place.occurrences.flatMap(items).filter { seen.insert($0.label).inserted }
  }

  private func items(for occurrence: Occurrence) -> [Item] {
    switch occurrence.content {
    case .key(let construct, _, let siblings): keys(construct, besides: siblings)
    case .column(let table, let siblings, let isOutput): columns(table, besides: siblings, isOutput: isOutput)
    case .definition(.state, _, _): names(index.valueSpace(index.workflowField ?? "status"), key: true)
    case .definition, .mention: []
    case .use(let kind): uses(kind)
    case .value(let owner): values(of: owner)
    case .word(let words): words.map { Item(label: $0, text: $0, kind: .member) }
    case .boolean: ["true", "false"].map { Item(label: $0, text: $0, kind: .value) }
    case .text(let notation):
      notation.examples.map { Item(label: $0, text: $0, kind: .value, detail: notation.documentation) }
    case .expression: names("field") + Self.functions
    case .template: place.isPlaceholder ? placeholders(occurrence) : []
    }
  }

  /// Notices can say more than the ticket's fields.
  private func placeholders(_ occurrence: Occurrence) -> [Item] {
    let isNotice = occurrence.item.hasPrefix("notification") || occurrence.item.hasPrefix("escalation")
    let more = isNotice ? NoticePlaceholder.allCases.map(\.rawValue) : []
    return names("field") + more.map { Item(label: $0, text: $0, kind: .variable) }
  }

  private func keys(_ construct: Construct, besides siblings: [String]) -> [Item] {
    construct.keys.filter { !siblings.contains($0.name) }.map { key in
      Item(
        label: key.name, text: keyText(key.name), kind: .property,
        detail: ReferencePage.valueText(key.shape) + (key.isRequired ? " (required)" : ""),
        documentation: key.documentation + "\n\nExample: `\(key.example)`")
    }
  }

  private func keyText(_ name: String) -> String { place.hasColon ? name : name + ": " }

  private func columns(_ table: TableScope?, besides siblings: [String], isOutput: Bool) -> [Item] {
    guard let table else {
      let expression = Item(
        label: "expr", text: keyText("expr"), kind: .keyword, detail: "a condition in CEL")
      return names("field", key: true).filter { !siblings.contains($0.label) } + [expression]
    }
    let columns = isOutput ? table.outputs : ["id", "expr"] + table.inputs + table.outputs
    return columns.filter { !siblings.contains($0) }.map { name in
      let definition = index.definition(name, in: "field")
      return Item(
        label: name, text: keyText(name), kind: .field, detail: definition.map { HoverText.summary($0) } ?? ""
      )
    }
  }

  private func uses(_ kind: NameKind) -> [Item] {
    switch kind {
    case .field: names("field")
    case .state: names(index.valueSpace(index.workflowField ?? "status"))
    case .rule: rules
    case .check, .row, .window, .requirement, .review, .notification, .escalation, .waiver:
      names("id").filter { $0.detail.hasPrefix(kind.title) }
    case .recipient:
      ["assignee", "team", "team.lead"].map { Item(label: $0, text: $0, kind: .keyword) } + names("person")
        + names("field")
    case .calendar, .table, .person: names(kind.rawValue)
    default: []
    }
  }

  /// What findings name as their rule, and so what can be waived.
  private var rules: [Item] {
    let kinds: [NameKind] = [.requirement, .check, .window, .review]
    let states = index.valueSpace(index.workflowField ?? "status")
    return kinds.flatMap(uses) + names("field", of: "fields") + names("table", of: "tables")
      + names(states, of: "workflow")
      + ["priorities", "routing"].map { Item(label: $0, text: $0, kind: .keyword) }
  }

  /// The names behind that of their section.
  private func names(_ space: String, of section: String) -> [Item] {
    names(space).map { name in
      var name = name
      name.label = "\(section).\(name.label)"
      name.text = name.label
      return name
    }
  }

  private func values(of owner: String) -> [Item] {
    if owner == "target" { return Notation.duration.examples.map { Item(label: $0, text: $0, kind: .value) } }
    let type = index.definition(owner, in: "field").flatMap(HoverText.type)
    let booleans = type == "boolean" ? ["true", "false"] : []
    return names(index.valueSpace(owner)) + booleans.map { Item(label: $0, text: $0, kind: .value) }
      + ["any", "present", "absent", "not "].map { Item(label: $0, text: $0, kind: .keyword) }
  }

  private func names(_ space: String, key isKey: Bool = false) -> [Item] {
    index.names(in: space).map { definition in
      Item(
        label: definition.text, text: isKey ? keyText(definition.text) : definition.text,
        kind: space == "field" ? .field : space == "id" ? .reference : .member,
        detail: HoverText.summary(definition))
    }
  }

  /// What conditions are made of most often; docs/expressions.md has the rest.
  private static let functions = [
    "has", "size", "matches", "contains", "startsWith", "endsWith", "exists", "all", "filter", "map",
    "duration",
    "timestamp", "getFullYear", "getMonth", "orValue", "now",
  ].map { Item(label: $0, text: $0, kind: .function) }
}

extension Notation {
  /// What people most often write.
  var examples: [String] {
    switch self {
    case .format: ["1"]
    case .duration:
      ["30 minutes", "4 hours", "24 hours", "2 working hours", "1 working day", "3 working days"]
    case .warningLevel: ["50%", "80%", "due - 1 working hour"]
    case .escalationLevel: ["80%", "due", "due + 4 working hours", "due - 1 working hour"]
    case .weekdays: ["mon-fri", "sat", "sun"]
    case .hours: ["09:00-12:00", "13:30-18:00"]
    case .language: ["en", "zh"]
    case .text, .bound, .pattern, .path, .wholeNumber, .date, .dateRange, .timeZone: []
    }
  }
}

extension Completion.Item {
  func json(replacing range: JSONValue, order: Int) -> JSONValue {
    // Clients sort by this text: our order is the declarations'.
    let rank = String(100_000 + order)
    var members: [String: JSONValue] = [
      "label": .text(label), "kind": .integer(kind.rawValue), "sortText": .text(rank),
      "filterText": .text(label), "textEdit": .object(["range": range, "newText": .text(text)]),
    ]
    if !detail.isEmpty { members["detail"] = .text(detail) }
    if !documentation.isEmpty {
      members["documentation"] = .object(["kind": .text("markdown"), "value": .text(documentation)])
    }
    return .object(members)
  }
}
