import Diagnostics
import LocatedYAML

extension FileParser {
  /// A list of rows, or the path of a CSV file.
  func rows(_ node: Node, _ columns: TableColumns, _ registry: NameRegistry) -> DecisionTableDeclaration.Rows
  {
    if case .scalar = node.content {
      return text(node, "'rows'").map { .file($0) } ?? .inline([])
    }
    let items = items(node, "'rows'") ?? []
    if case .sequence = node.content, items.isEmpty { report(.emptyList("'rows'", at: node.place)) }
    return .inline(items.compactMap { row($0, columns, registry) })
  }

  private func row(_ node: Node, _ columns: TableColumns, _ registry: NameRegistry) -> RowDeclaration? {
    guard let entries = entries(node, "a row") else { return nil }
    var id: Located<String>?
    var condition = ConditionDeclaration(place: node.place)
    var outputs: [OutputValueDeclaration] = []
    for entry in entries {
      switch (entry.key.value, columns.role(of: entry.key.value)) {
      case ("id", _): id = name(entry.value, "a row's id")
      case ("expr", _): condition.expression = expression(entry.value, "'expr'")
      case (let name, .input):
        guard let cell = cell(entry.value, of: name) else { continue }
        condition.cells.append(InputCellDeclaration(input: entry.key, cell: cell))
      case (_, .output): if let value = outputValue(entry) { outputs.append(value) }
      case (_, nil):
        report(.unknownKey(entry.key, of: "this table's rows", known: columns.names, value: entry.value))
      }
    }
    if !columns.outputs.isEmpty, !entries.contains(where: { columns.role(of: $0.key.value) == .output }) {
      report(.missingOutput("the row", columns.outputs, at: node.place))
    }
    guard let id = checkedID(id, in: entries, at: node.place, registry) else { return nil }
    return RowDeclaration(id: id, condition: condition, outputs: outputs, place: node.place)
  }

  private func checkedID(
    _ id: Located<String>?, in entries: [Node.Entry], at place: Place, _ registry: NameRegistry
  ) -> Located<String>? {
    if !entries.contains(where: { $0.key.value == "id" }) { report(.rowWithoutID(at: place)) }
    return id.flatMap { registry.register(id: $0, in: self) }
  }

  private func outputValue(_ entry: Node.Entry) -> OutputValueDeclaration? {
    if case .scalar(let scalar) = entry.value.content, !scalar.isMissing {
      return OutputValueDeclaration(
        name: entry.key, value: .scalar(Located(scalar.text, at: entry.value.place)))
    }
    let what = quoted(entry.key.value)
    guard case .sequence(let items) = entry.value.content else {
      _ = text(entry.value, what)
      return nil
    }
    let texts = items.compactMap { text($0, "a part of \(what)") }
    return OutputValueDeclaration(name: entry.key, value: .list(Located(texts, at: entry.value.place)))
  }

  func otherwise(_ node: Node, _ columns: TableColumns) -> Located<[OutputValueDeclaration]>? {
    let known = columns.outputs.map(\.name.value)
    guard let mapping = mapping(node, "'otherwise'", keys: known) else { return nil }
    if mapping.entries.isEmpty, !known.isEmpty {
      report(.missingOutput("'otherwise'", columns.outputs, at: node.place))
    }
    let values = mapping.entries.filter { known.contains($0.key.value) }.compactMap(outputValue)
    return Located(values, at: node.place)
  }
}
