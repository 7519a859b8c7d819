import Diagnostics
import LocatedYAML
import RuleSyntax

/// Walks the nodes of one file along the shapes that the language declares, and notes what each stretch means.
///
/// Works on whatever could be read: what does not fit its shape is passed over.
struct ShapeWalk {
  struct Scope {
    /// The field or decision whose values are meant, or the object whose fields are.
    var owner = ""
    var table: TableScope?
    var item = ""
    /// The input or output that a cell is about.
    var column = ""
  }

  private(set) var occurrences: [Occurrence] = []
  /// The field that holds the state, and the one that holds a ticket's own priority.
  private(set) var workflowField: String?
  private(set) var priorityField: String?
  let lines: LineIndex

  init(_ source: SourceText) { lines = LineIndex(source) }

  mutating func walk(_ root: Node, _ shape: Shape) { visit(root, shape, Scope()) }

  mutating func note(_ text: String, _ place: Place, _ content: Occurrence.Content, _ scope: Scope) {
    occurrences.append(Occurrence(text: text, place: place, content: content, item: scope.item))
  }

  mutating func visit(_ node: Node, _ shape: Shape, _ scope: Scope) {
    switch shape {
    case .mapping(let construct): mapping(node, construct, scope)
    case .named(let kind, let value): named(node, kind, value, scope)
    case .keyed(let notation, let value):
      for entry in node.entries {
        note(entry.key.value, entry.key.place, .text(notation), scope)
        visit(entry.value, value, scope)
      }
    case .list(let item):
      // A single value where a list belongs is one that is being typed.
      for node in node.items ?? [node] { visit(node, item, scope) }
    case .oneOf(let shapes): if let shape = node.fitting(shapes) { visit(node, shape, scope) }
    case .condition: condition(node, scope)
    case .input: input(node, scope)
    case .outputValues: outputValues(node, scope)
    case .cell: for node in node.items ?? [node] { cell(node, scope) }
    case .message(let isTemplate): message(node, isTemplate: isTemplate, scope)
    default: scalar(node, shape, scope)
    }
  }

  private mutating func scalar(_ node: Node, _ shape: Shape, _ scope: Scope) {
    guard case .scalar(let scalar) = node.content, !scalar.isMissing else { return }
    let content: Occurrence.Content? =
      switch shape {
      case .text(let notation): .text(notation)
      case .name(let kind): .use(kind)
      case .newName(let kind): .definition(kind, owner: scope.owner, value: nil)
      case .boolean: .boolean
      case .word(let words): .word(words)
      case .expression: .expression
      default: nil
      }
    if let content { note(scalar.text, node.place, content, scope) }
  }

  private mutating func message(_ node: Node, isTemplate: Bool, _ scope: Scope) {
    let content: Occurrence.Content = isTemplate ? .template : .text(.text)
    if case .scalar(let scalar) = node.content { note(scalar.text, node.place, content, scope) }
    for entry in node.entries {
      note(entry.key.value, entry.key.place, .text(.language), scope)
      guard case .scalar(let scalar) = entry.value.content else { continue }
      note(scalar.text, entry.value.place, content, scope)
    }
  }

  private mutating func mapping(_ node: Node, _ construct: Construct, _ scope: Scope) {
    let scope = entering(construct, node, scope)
    let siblings = node.entries.map(\.key.value)
    if construct == .workflow { workflowField = node["field"]?.text ?? workflowField }
    if construct == .priorities { priorityField = node["field"]?.text ?? priorityField }
    for entry in node.entries {
      let key = construct.key(entry.key.value)
      if key == nil, let other = construct.otherKeys {
        column(entry, construct, other, siblings, scope)
        continue
      }
      note(entry.key.value, entry.key.place, .key(construct, key, siblings: siblings), scope)
      // What the section decides has a name, which no key of it gives.
      if construct == .ruleFile, entry.key.value == "priorities" {
        note("priority", entry.key.place, .definition(.output, owner: "priorities", value: nil), scope)
      }
      if let key { visit(entry.value, key, construct, node, scope) }
    }
  }

  private mutating func visit(
    _ value: Node, _ key: Construct.Key, _ construct: Construct, _ node: Node, _ scope: Scope
  ) {
    var scope = scope
    if construct == .priorities, key.name == "levels" { scope.owner = "priority" }
    if case .newName(let kind) = key.shape, let text = value.text {
      // An id stands for the whole item.
      return note(text, value.place, .definition(kind, owner: scope.owner, value: node), scope)
    }
    visit(value, key.shape, scope)
  }

  private func entering(_ construct: Construct, _ node: Node, _ scope: Scope) -> Scope {
    var scope = scope
    switch construct {
    case .priorities:
      scope.table = TableScope(name: "priorities", inputs: node.inputNames, outputs: ["priority"])
    case .routing:
      scope.table = TableScope(name: "routing", inputs: node.inputNames, outputs: node.outputNames)
    case .table:
      scope.table = TableScope(name: scope.owner, inputs: node.inputNames, outputs: node.outputNames)
    case .targetTable:
      scope.table = TableScope(name: scope.item, inputs: node.inputNames, outputs: ["target"])
    case .targetByValue: scope.column = node["by"]?.text ?? ""
    default: break
    }
    if let id = node["id"]?.text, construct.key("id") != nil {
      scope.item = "\(construct.rawValue.replacing("-", with: " ")) \(id)"
    } else if scope.item.isEmpty, construct != .ruleFile {
      scope.item = construct.rawValue
    }
    return scope
  }

  private mutating func named(_ node: Node, _ kind: NameKind, _ value: Shape, _ scope: Scope) {
    if let items = node.items {
      for item in items { visit(item, value, scope) }
      return
    }
    for entry in node.entries {
      let name = entry.key.value
      var inner = scope
      let isNested = kind == .field && !scope.owner.isEmpty
      let full = isNested ? "\(scope.owner).\(name)" : name
      note(full, entry.key.place, .definition(kind, owner: scope.owner, value: entry.value), scope)
      inner.owner = full
      if kind != .choice, !isNested { inner.item = "\(kind.title) \(name)" }
      visit(entry.value, value, inner)
    }
  }
}

extension Node {
  /// Without metadata; empty for what is no mapping.
  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.filter { !$0.key.value.hasPrefix("x-") }
  }

  var items: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  var text: String? {
    guard case .scalar(let scalar) = content, !scalar.isMissing else { return nil }
    return scalar.text
  }

  subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.value == key }?.value
  }

  /// The names of a table's inputs: fields, and those of expressions.
  var inputNames: [String] {
    self["inputs"]?.items?.compactMap { $0.text ?? $0.entries.first?.key.value } ?? []
  }

  var outputNames: [String] {
    guard let outputs = self["outputs"] else { return [] }
    return outputs.items?.compactMap(\.text) ?? outputs.entries.map(\.key.value)
  }

  /// The shape that the node is an attempt at: by its form, then by its keys.
  func fitting(_ shapes: [Shape]) -> Shape? {
    switch content {
    case .refused: nil
    case .scalar: shapes.first { !$0.isCollection } ?? shapes.first
    case .sequence: shapes.first { if case .list = $0 { true } else { false } }
    case .mapping(let entries):
      shapes.filter(\.isMapping).max { left, right in
        left.knownKeys(of: entries) < right.knownKeys(of: entries)
      }
    }
  }
}

extension Shape {
  var isMapping: Bool {
    switch self {
    case .mapping, .named, .keyed, .condition, .outputValues, .message: true
    default: false
    }
  }

  var isCollection: Bool {
    if case .message = self { return false }
    if case .list = self { return true }
    return isMapping
  }

  func knownKeys(of entries: [Node.Entry]) -> Int {
    guard case .mapping(let construct) = self else { return 0 }
    return entries.count { construct.key($0.key.value) != nil }
  }
}
