import Diagnostics
import RuleEvaluator
import TicketModel
import WorkingTime

/// Decisions: the priority, and whatever else tables decide. Routing has a chapter of its own.
extension PolicyBook {
  var priorities: Book.Chapter {
    guard let priority = rulebook.priority else {
      return Book.Chapter(name: "priorities", title: "", blocks: [])
    }
    let table = rulebook.tables[priority.table]
    let levels = priority.levels.map { cells.value($0, table.outputs.first.map(cells.type)) }
    var blocks: [Book.Block] = [.paragraph(text(words.levels(levels.joined(separator: words.separator))))]
    if let recorded = priority.recorded {
      blocks.append(.paragraph(text(words.comparedWith(cells.label(ofSlot: recorded.slot)))))
    }
    return Book.Chapter(name: "priorities", title: words.priorities, blocks: blocks + self.blocks(of: table))
  }

  var tables: Book.Chapter {
    let special = [rulebook.priority?.table, rulebook.routing?.table]
    let named = rulebook.tables.indices.filter { !special.contains($0) }
    return Book.Chapter(
      name: "tables", title: words.tables,
      blocks: named.flatMap { index in
        let table = rulebook.tables[index]
        return [.heading(rule(table.name, table.place))] + blocks(of: table)
      })
  }

  /// How the table decides, and its rows.
  func blocks(of table: DecisionTable, prefix: String = "") -> [Book.Block] {
    [.paragraph(text(words.policy(table.hit))), .table(rows(of: table, prefix: prefix))]
  }

  /// - Parameter prefix: what tells the anchors of its rows from those of other tables.
  func rows(of table: DecisionTable, prefix: String) -> Book.Table {
    let hasExpressions = table.rows.contains { $0.expression != nil }
    var header = [words.rule] + table.inputs.map { cells.label(ofSlot: $0.slot, named: $0.name) }
    if hasExpressions { header.append(words.condition) }
    header += table.outputs.map { words.output(label(of: $0)) }
    var rows = table.rows.map { row(of: table, $0, prefix: prefix, hasExpressions) }
    if let otherwise = table.otherwise {
      var cells = [rule(otherwise.id, otherwise.place, anchor: "\(table.name).\(otherwise.id)")]
      cells += table.inputs.indices.map { $0 == 0 ? text(words.otherwise) : [] }
      if hasExpressions { cells.append([]) }
      rows.append(cells + outputs(of: table, otherwise))
    }
    return Book.Table(header: header, rows: rows)
  }

  private func row(
    of table: DecisionTable, _ row: DecisionTable.Row, prefix: String, _ hasExpressions: Bool
  ) -> [Book.Line] {
    var line = [rule(row.id, row.place, anchor: prefix + row.id)]
    line += table.inputs.indices.map { input in
      let parts = row.cells.filter { $0.input == input }.map { cell in
        text(cells.text(cell.set, written: cell.text, slot: table.inputs[input].slot))
      }
      return Array(parts.joined(separator: text(words.separator)))
    }
    if hasExpressions { line.append(row.expression.map(code) ?? []) }
    return line + outputs(of: table, row)
  }

  private func outputs(of table: DecisionTable, _ row: DecisionTable.Row) -> [Book.Line] {
    zip(table.outputs, row.outputs).map { output, value in
      switch value {
      case .absent: []
      case .duration(let duration): text(words.duration(duration))
      case .choice(_, let key): text(cells.value(key, cells.type(of: output)))
      case .boolean(let value): text(cells.boolean(value))
      default: text(value.text(in: rulebook.timeZone))
      }
    }
  }

  private func label(of output: DecisionTable.Output) -> String {
    switch output.name {
    case "team": return words.team
    case "assignee": return words.assignee
    case "target": return words.target
    default:
      let field = rulebook.schema.slot(of: output.name)
      return field.map { cells.label(ofSlot: $0) } ?? output.name
    }
  }
}
