import Diagnostics
import RuleEvaluator
import TicketModel

/// Decision tables: cells, outputs, rows and their order.
extension Mutants {
  mutating func addTables() {
    for (index, table) in rulebook.tables.enumerated() { add(table, prefix: "", .table(index)) }
    guard let priority = rulebook.priority, priority.recorded != nil else { return }
    add(
      Mutant(
        "priorities.field.drop", at: rulebook.tables[priority.table].place,
        "the recorded priority is not compared with the decided one any more",
        hint: MutationHints.otherPriority
      ) { $0.priority?.recorded = nil })
  }

  /// - Parameter prefix: what stands before a row's id; the rows of a window's target have no ids of their own.
  mutating func add(_ table: DecisionTable, prefix: String, _ reference: TableReference) {
    for index in table.rows.indices {
      let id = prefix + table.rows[index].id
      addCells(ofRow: index, table, id, reference)
      addExpression(ofRow: index, table, id, reference)
      addOutputs(of: table.rows[index], table, id) { outputs in
        { $0.edit(reference) { $0.rows[index].outputs = outputs } }
      }
      add(
        Mutant(
          "\(id).drop", at: table.rows[index].place, "row \(id) is gone", hint: MutationHints.row(id)
        ) { $0.edit(reference) { $0.rows.remove(at: index) } })
      if index + 1 < table.rows.count { addSwap(index, table, prefix, reference) }
    }
    guard let otherwise = table.otherwise else { return }
    addOutputs(of: otherwise, table, "\(prefix.isEmpty ? "\(table.name)." : prefix)otherwise") { outputs in
      { $0.edit(reference) { $0.otherwise?.outputs = outputs } }
    }
  }

  // MARK: Cells

  private mutating func addCells(
    ofRow row: Int, _ table: DecisionTable, _ id: String, _ reference: TableReference
  ) {
    for (index, cell) in table.rows[row].cells.enumerated() {
      let input = table.inputs[cell.input]
      for variant in variants(of: cell.set, input.domain, slot: input.slot, cell.text) {
        if isHidden(variant.set, cell: index, row, in: table) {
          equivalents += 1
          continue
        }
        add(
          Mutant(
            "\(id).\(input.name)=\(variant.text)", at: cell.place,
            "\(input.name) of row \(id) is \(quoted(variant.text)), not \(quoted(cell.text))",
            hint: MutationHints.cell(input.name, id)
          ) { $0.edit(reference) { $0.rows[row].cells[index].set = variant.set } })
      }
    }
  }

  /// Whether a row that took in more values would get no ticket more: an earlier row takes all of them.
  private func isHidden(_ set: ValueSet, cell index: Int, _ row: Int, in table: DecisionTable) -> Bool {
    let cell = table.rows[row].cells[index]
    guard table.hit == .first, table.rows[row].expression == nil, cell.set.isSubset(of: set) else {
      return false
    }
    let added = set.subtracting(cell.set)
    return table.rows[..<row].contains { earlier in
      earlier.expression == nil
        && earlier.cells.allSatisfy { other in
          let own = table.rows[row].set(ofInput: other.input)
          return (other.input == cell.input ? added : own).isSubset(of: other.set)
        }
    }
  }

  private mutating func addExpression(
    ofRow row: Int, _ table: DecisionTable, _ id: String, _ reference: TableReference
  ) {
    guard table.rows[row].expression != nil else { return }
    add(
      Mutant(
        "\(id).expr.drop", at: table.rows[row].place, "row \(id) holds without its expression",
        hint: MutationHints.expression(id)
      ) { $0.edit(reference) { $0.rows[row].expression = nil } })
  }

  // MARK: Outputs

  private mutating func addOutputs(
    of row: DecisionTable.Row, _ table: DecisionTable, _ id: String,
    _ setting: (_ outputs: [OutputValue]) -> @Sendable (inout Rulebook.Parts) -> Void
  ) {
    for (index, output) in table.outputs.enumerated() {
      // A value that nobody reads changes nothing: `count` counts rows.
      var choices = [String]()
      if case .choice(let domain) = output.type { choices = domain.keys }
      for value in row.outputs[index].neighbours(choices) {
        var outputs = row.outputs
        outputs[index] = value
        let (before, after) = (row.outputs[index].words(in: rulebook), value.words(in: rulebook))
        add(
          Mutant(
            "\(id).\(output.name)=\(after)", at: row.place,
            "row \(id) gives \(output.name) \(after), not \(before)",
            hint: MutationHints.output(output.name, id), apply: setting(outputs)))
      }
    }
  }

  // MARK: Order

  private mutating func addSwap(
    _ row: Int, _ table: DecisionTable, _ prefix: String, _ reference: TableReference
  ) {
    guard table.hit == .first || table.hit == .ruleOrder else { return }
    let (first, second) = (table.rows[row], table.rows[row + 1])
    if first.isApart(from: second) || (table.hit == .first && first.outputs == second.outputs) {
      equivalents += 1
      return
    }
    let (one, other) = (prefix + first.id, prefix + second.id)
    add(
      Mutant(
        "\(one)<>\(other)", at: second.place, "row \(other) comes before row \(one)",
        hint: MutationHints.order(one, other)
      ) { $0.edit(reference) { $0.rows.swapAt(row, row + 1) } })
  }

  // MARK: Types

  func variants(
    of set: ValueSet, _ domain: Partition.Domain, slot: Int, _ text: String
  ) -> [SetVariants.Variant] {
    SetVariants(set: set, domain: domain, type: type(ofSlot: slot), text: text, zone: rulebook.timeZone).all
  }

  /// The type of a field or of a table's output; nil for what an expression computes.
  private func type(ofSlot slot: Int) -> FieldType? {
    if slot < rulebook.schema.fields.count { return rulebook.schema.fields[slot].type }
    return rulebook.tables.lazy.flatMap(\.outputs).first { $0.slot == slot }?.type
  }
}

extension DecisionTable.Row {
  fileprivate func set(ofInput input: Int) -> ValueSet {
    cells.filter { $0.input == input }.reduce(.any) { $0.intersection($1.set) }
  }

  /// Whether no ticket can match both rows.
  fileprivate func isApart(from other: DecisionTable.Row) -> Bool {
    cells.contains { cell in cell.set.intersection(other.set(ofInput: cell.input)).isEmpty }
  }
}
