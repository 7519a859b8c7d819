import Diagnostics
import LocatedYAML

extension FileParser {
  /// The cell that a YAML value holds: a text in the grammar of `Cell`, or a list of such texts.
  func cell(_ node: Node, _ what: String) -> Cell? {
    guard case .sequence(let items) = node.content else { return textCell(node, what) }
    if items.isEmpty { report(.emptyList(what, at: node.place)) }
    let parts = items.compactMap { textCell($0, "a part of \(what)") }
    return parts.isEmpty || parts.count < items.count ? nil : Cell(.oneOf(parts), at: node.place)
  }

  private func textCell(_ node: Node, _ what: String) -> Cell? {
    guard let text = text(node, what), case .scalar(let scalar) = node.content else { return nil }
    return cell(text.value, places: TextPlaces(text, style: scalar.style, lines: lines))
  }

  func cell(_ text: String, places: TextPlaces) -> Cell? {
    switch CellParser.parse(text, places: places) {
    case .success(let cell): return cell
    case .failure(let diagnostic):
      report(diagnostic)
      return nil
    }
  }

  /// What a `when:` map asks: cells by input, and `expr`.
  func condition(_ node: Node, _ what: String) -> ConditionDeclaration? {
    guard let entries = entries(node, what) else { return nil }
    if entries.isEmpty { report(.emptyCondition(what, at: node.place)) }
    var condition = ConditionDeclaration(place: node.place)
    for entry in entries {
      if entry.key.value == "expr" {
        condition.expression = expression(entry.value, "'expr'")
      } else if let cell = cell(entry.value, quoted(entry.key.value)) {
        condition.cells.append(InputCellDeclaration(input: entry.key, cell: cell))
      }
    }
    return condition
  }
}
