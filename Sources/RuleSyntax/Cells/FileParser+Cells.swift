import Diagnostics
import LocatedYAML

extension FileParser {
  /// The cell that a YAML value holds: a text in the grammar of `Cell`, or a list of such texts.
  func cell(_ node: Node, of input: String) -> Cell? {
    switch node.content {
    case .scalar(let scalar) where !scalar.isMissing: return cell(scalar, at: node.place)
    case .sequence(let items): return cell(items, at: node.place, of: input)
    default:
      _ = text(node, quoted(input))
      return nil
    }
  }

  private func cell(_ items: [Node], at place: Place, of input: String) -> Cell? {
    if items.isEmpty { report(.emptyList(quoted(input), at: place)) }
    let what = "a part of \(quoted(input))"
    let parts = items.compactMap { item -> Cell? in
      guard let text = text(item, what), case .scalar(let scalar) = item.content else { return nil }
      return cell(scalar, at: text.place)
    }
    return parts.isEmpty || parts.count < items.count ? nil : Cell(.oneOf(parts), at: place)
  }

  private func cell(_ scalar: Scalar, at place: Place) -> Cell? {
    let text = Located(scalar.text, at: place)
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
      } else if let cell = cell(entry.value, of: entry.key.value) {
        condition.cells.append(InputCellDeclaration(input: entry.key, cell: cell))
      }
    }
    return condition
  }
}
