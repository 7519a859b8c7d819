import Diagnostics
import Expressions
import RuleEvaluator
import RuleSyntax
import TicketModel

/// Decision tables: names to slots, cells to sets, texts to values.
extension RulebookCompiler {
  /// What a section tells about the table that it holds.
  struct TableContext {
    /// The name in messages and results.
    var name: String
    /// The outputs with their types, in order, and the slots of those that later tables read.
    var outputs: [DecisionTable.Output]
    /// The outputs that every row must give.
    var mandatory: Set<String> = []
    /// Whether durations may count working time.
    var isTarget = false
  }

  mutating func compileTable(
    _ declaration: DecisionTableDeclaration, _ context: TableContext
  ) -> DecisionTable? {
    guard let hit = declaration.hit else { return nil }
    let inputs = declaration.inputs.map { compileInput($0, of: context.name) }
    let isSound = checkPolicy(hit, context, at: declaration.name.place)
    let entries = Dictionary(
      zip(declaration.inputs.map(\.name.value), inputs.map { $0?.entry }),
      uniquingKeysWith: { first, _ in first })
    guard let declaredRows = rowDeclarations(declaration) else { return nil }
    let rows = declaredRows.map { compileRow($0, declaration, entries, context) }
    let otherwise = declaration.otherwise.map { compileOtherwise($0, context) }
    guard isSound, !inputs.contains(where: { $0 == nil }), !rows.contains(where: { $0 == nil }) else {
      return nil
    }
    let table = DecisionTable(
      name: context.name, place: declaration.name.place, hit: hit.value.compiled,
      inputs: zip(declaration.inputs, inputs).compactMap { declaration, input in
        input.map { self.input(declaration.name, $0) }
      }, outputs: context.outputs, rows: rows.compactMap(\.self), otherwise: otherwise ?? nil)
    if declaration.otherwise == nil {
      proveComplete(table, inputs.compactMap { $0?.entry }, declaration.name.place)
    }
    return table
  }

  private mutating func compileInput(_ input: InputDeclaration, of table: String) -> CompiledInput? {
    guard let text = input.expression else { return entry(input.name).map { CompiledInput(entry: $0) } }
    guard let expression = compileExpression(text, of: table, expected: nil) else { return nil }
    guard let type = FieldType(expressions[expression].program.type) else {
      report(.inputWithoutCells(input.name, type: expressions[expression].program.type.description))
      return nil
    }
    let entry = Scope.Entry(slot: scope.reserveSlot(), type: type, isRequired: false, isDecided: false)
    return CompiledInput(entry: entry, expression: expression)
  }

  /// A column: a field or an output, or a value that is computed for the table.
  private struct CompiledInput {
    var entry: Scope.Entry
    var expression: Int?
  }

  private func input(_ name: Located<String>, _ input: CompiledInput) -> DecisionTable.Input {
    DecisionTable.Input(
      name: name.value, slot: input.entry.slot, type: input.entry.type, domain: input.entry.type.domain,
      at: name.place, expression: input.expression,
      symbols: input.expression == nil ? nil : symbols.table(ofSlot: input.entry.slot))
  }

  /// The field or output of that name; reported where there is none.
  mutating func entry(_ name: Located<String>) -> Scope.Entry? {
    if let entry = scope[name.value] { return entry }
    report(.unknownName(name, scope.names))
    return nil
  }

  /// Nil where their file is missing.
  private mutating func rowDeclarations(_ declaration: DecisionTableDeclaration) -> [RowDeclaration]? {
    switch declaration.rows {
    case .inline(let rows): return rows
    case .file(let path):
      guard let source = resource(path) else { return nil }
      return CSVTableSyntax.parse(source, for: declaration, ids: &ids, into: &diagnostics)
    }
  }

  private mutating func compileRow(
    _ row: RowDeclaration, _ table: DecisionTableDeclaration, _ entries: [String: Scope.Entry?],
    _ context: TableContext
  ) -> DecisionTable.Row? {
    var cells = [DecisionTable.Cell]()
    var expression: Int?
    var isSound = true
    if let text = row.condition.expression {
      expression = compileExpression(text, of: row.id.value)
      isSound = expression != nil
    }
    for cell in row.condition.cells {
      guard let input = table.inputs.firstIndex(where: { $0.name.value == cell.input.value }),
        let entry = entries[cell.input.value] ?? nil
      else { continue }
      guard let set = set(cell.cell, entry) else {
        isSound = false
        continue
      }
      if set != .any {
        cells.append(
          DecisionTable.Cell(input: input, set: set, text: cell.cell.text, place: cell.cell.place))
      }
    }
    let outputs = compileOutputs(row.outputs, context, of: row.id)
    guard isSound, let outputs else { return nil }
    return DecisionTable.Row(
      id: row.id.value, place: row.place, cells: cells, outputs: outputs, expression: expression)
  }

  private mutating func compileOtherwise(
    _ otherwise: Located<[OutputValueDeclaration]>, _ context: TableContext
  ) -> DecisionTable.Row? {
    compileOutputs(otherwise.value, context, of: Located("otherwise", at: otherwise.place)).map {
      DecisionTable.Row(id: "otherwise", place: otherwise.place, cells: [], outputs: $0)
    }
  }

  /// One value for each output, in order; nil where one was reported.
  private mutating func compileOutputs(
    _ values: [OutputValueDeclaration], _ context: TableContext, of row: Located<String>
  ) -> [OutputValue]? {
    var outputs = [OutputValue]()
    var isSound = true
    for output in context.outputs {
      guard let value = values.first(where: { $0.name.value == output.name }) else {
        if context.mandatory.contains(output.name) {
          report(.missingOutput(output.name, of: row))
          isSound = false
        }
        outputs.append(.absent)
        continue
      }
      if let compiled = compileOutput(value, output, context) {
        outputs.append(compiled)
      } else {
        isSound = false
      }
    }
    return isSound ? outputs : nil
  }

  private mutating func compileOutput(
    _ value: OutputValueDeclaration, _ output: DecisionTable.Output, _ context: TableContext
  ) -> OutputValue? {
    switch value.value {
    case .scalar(let text):
      if context.isTarget { return duration(text).map { OutputValue.duration($0) } }
      return self.output(text, output.type, slot: output.slot ?? -1)
    case .list(let texts):
      report(.listAsOutput(output.name, at: texts.place))
      return nil
    }
  }

  /// Whether the hit policy fits the outputs.
  private mutating func checkPolicy(
    _ hit: Located<RuleSyntax.HitPolicy>, _ context: TableContext, at place: Place
  ) -> Bool {
    switch hit.value {
    case .collect(let aggregator?):
      // A count is no level, team or duration, which the sections of their own must give.
      let isCount = aggregator == .count && context.mandatory.isEmpty
      if context.outputs.count == 1, isCount || context.outputs[0].type.isNumeric { return true }
      report(.aggregateOfWrongOutputs(hit, aggregator.rawValue))
    case .outputOrder where !context.mandatory.isEmpty: report(.listOfDecisions(hit, context.name))
    case .priority, .outputOrder:
      if context.outputs.contains(where: { $0.type.isChoice }) { return true }
      report(.orderOfUnordered(hit))
    case .ruleOrder, .collect(nil):
      // A ticket has one level, one team, one duration.
      if context.mandatory.isEmpty { return true }
      report(.listOfDecisions(hit, context.name))
    case .unique, .any, .first: return true
    }
    return false
  }
}

extension RuleSyntax.HitPolicy {
  var compiled: RuleEvaluator.HitPolicy {
    switch self {
    case .unique: .unique
    case .any: .any
    case .first: .first
    case .priority: .priority
    case .ruleOrder: .ruleOrder
    case .outputOrder: .outputOrder
    case .collect(let aggregator):
      .collect(aggregator.flatMap { RuleEvaluator.HitPolicy.Aggregator(rawValue: $0.rawValue) })
    }
  }
}

extension FieldType {
  var isNumeric: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }

  var isChoice: Bool { if case .choice = self { true } else { false } }
  var isInstant: Bool { if case .instant = self { true } else { false } }
}

extension Cell {
  /// The cell as it could have been written, for explanations.
  var text: String {
    switch content {
    case .any: "any"
    case .present: "present"
    case .absent: "absent"
    case .literal(let literal): literal.value
    case .oneOf(let cells): cells.map(\.text).joined(separator: " | ")
    case .not(let cell):
      if case .oneOf = cell.content { "not (\(cell.text))" } else { "not \(cell.text)" }
    case .range(let lower, let upper): Self.text(lower, upper)
    }
  }

  private static func text(_ lower: Bound?, _ upper: Bound?) -> String {
    switch (lower, upper) {
    case (let lower?, let upper?):
      "\(lower.literal.value)\(lower.isIncluded ? "" : "<")\(upper.isIncluded ? "..." : "..<")\(upper.literal.value)"
    case (let lower?, nil): "\(lower.isIncluded ? ">=" : ">") \(lower.literal.value)"
    case (nil, let upper?): "\(upper.isIncluded ? "<=" : "<") \(upper.literal.value)"
    case (nil, nil): "any"
    }
  }
}
