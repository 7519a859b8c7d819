import Diagnostics
import LocatedYAML
import RuleSyntax

// Cells, conditions and rows: what their keys and values are names of depends on the table.

extension ShapeWalk {
  mutating func condition(_ node: Node, _ scope: Scope) {
    let siblings = node.entries.map(\.key.value)
    var scope = scope
    for entry in node.entries {
      scope.column = entry.key.value
      note(entry.key.value, entry.key.place, .column(nil, siblings: siblings, isOutput: false), scope)
      visit(entry.value, entry.key.value == "expr" ? .expression : .cell, scope)
    }
  }

  mutating func input(_ node: Node, _ scope: Scope) {
    if let text = node.text { return note(text, node.place, .use(.field), scope) }
    for entry in node.entries {
      let owner = scope.table?.name ?? ""
      note(entry.key.value, entry.key.place, .definition(.output, owner: owner, value: entry.value), scope)
      visit(entry.value, .expression, scope)
    }
  }

  mutating func outputValues(_ node: Node, _ scope: Scope) {
    let siblings = node.entries.map(\.key.value)
    var scope = scope
    for entry in node.entries {
      scope.column = entry.key.value
      let content = Occurrence.Content.column(scope.table, siblings: siblings, isOutput: true)
      note(entry.key.value, entry.key.place, content, scope)
      values(entry.value, scope)
    }
  }

  /// An input or output of a row, or a value that has a target.
  mutating func column(
    _ entry: Node.Entry, _ construct: Construct, _ shape: Shape, _ siblings: [String], _ scope: Scope
  ) {
    var inner = scope
    guard construct == .row else {
      note(entry.key.value, entry.key.place, .value(of: scope.column), scope)
      return visit(entry.value, shape, inner)
    }
    inner.column = entry.key.value
    note(
      entry.key.value, entry.key.place, .column(scope.table, siblings: siblings, isOutput: false), scope)
    if scope.table?.outputs.contains(entry.key.value) == true {
      values(entry.value, inner)
    } else {
      visit(entry.value, shape, inner)
    }
  }

  private mutating func values(_ node: Node, _ scope: Scope) {
    for node in node.items ?? [node] {
      if let text = node.text { note(text, node.place, .value(of: scope.column), scope) }
    }
  }

  /// The literals of a cell.
  mutating func cell(_ node: Node, _ scope: Scope) {
    guard let text = node.text else { return }
    let located = Located(text, at: node.place)
    let literals = CellLiterals.ranges(in: text)
    guard !literals.isEmpty else { return }
    let locator = ScalarLocator(located, in: lines)
    let scalars = Array(text.unicodeScalars)
    for range in literals {
      note(
        String(String.UnicodeScalarView(scalars[range])), locator.place(of: range),
        .value(of: scope.column), scope)
    }
  }
}

/// Finds the literals in the text of a cell, whether or not the whole can be parsed.
enum CellLiterals {
  private static let words: Set<String> = ["any", "present", "absent", "not"]

  /// In code points.
  static func ranges(in text: String) -> [Range<Int>] {
    let scalars = Array(text.unicodeScalars)
    var ranges: [Range<Int>] = []
    var start = 0
    var index = 0
    while index <= scalars.count {
      let length = index < scalars.count ? operatorLength(scalars, index) : 1
      if length > 0 {
        append(scalars, start..<index, to: &ranges)
        index += length
        start = index
      } else {
        index += 1
      }
    }
    return ranges
  }

  private static func operatorLength(_ scalars: [Unicode.Scalar], _ index: Int) -> Int {
    switch scalars[index] {
    case "|", "(", ")", "<", ">", "=": return 1
    case "." where scalars[index...].starts(with: "...".unicodeScalars): return 3
    case "." where scalars[index...].starts(with: "..<".unicodeScalars): return 3
    case "n" where index == 0 || scalars[index - 1] == " " || scalars[index - 1] == "(":
      return scalars[index...].starts(with: "not ".unicodeScalars) ? 4 : 0
    default: return 0
    }
  }

  private static func append(_ scalars: [Unicode.Scalar], _ range: Range<Int>, to ranges: inout [Range<Int>])
  {
    guard let first = range.first(where: { scalars[$0] != " " }),
      let last = range.last(where: { scalars[$0] != " " })
    else { return }
    var trimmed = first..<last + 1
    let isQuoted =
      trimmed.count > 1 && (scalars[first] == "'" || scalars[first] == "\"")
      && scalars[last] == scalars[first]
    if isQuoted { trimmed = first + 1..<last }
    if !words.contains(String(String.UnicodeScalarView(scalars[trimmed]))) { ranges.append(trimmed) }
  }
}
