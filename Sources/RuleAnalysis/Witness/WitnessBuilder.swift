public import RuleEvaluator
import TicketModel
import WorkingTime

/// Makes tickets for a choice of values: one set a slot, such as the values of one class for each input of a table.
///
/// A field gets a value of its set. For the output of another table a row is looked for that gives it, and what that row
/// needs is asked for in turn; the finished ticket is evaluated, and only one that does what was asked is returned. For what
/// an expression computes no ticket is built.
public struct WitnessBuilder: Sendable {
  private let rulebook: Rulebook
  private let values: InputValues
  /// By output slot: the table and which of its outputs.
  private let owners: [Int: (table: Int, output: Int)]
  /// The names of computed inputs, by slot.
  private let computed: [Int: String]

  /// Up to so many rows are tried for one output.
  private static let candidateLimit = 64
  /// When tickets are evaluated: no table reads the clock but by an expression.
  private static let instant = Instant(milliseconds: 1_767_225_600_000)

  public init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    values = InputValues(rulebook)
    var owners: [Int: (table: Int, output: Int)] = [:]
    var computed: [Int: String] = [:]
    for (index, table) in rulebook.tables.enumerated() {
      for (output, declaration) in table.outputs.enumerated() {
        if let slot = declaration.slot { owners[slot] = (index, output) }
      }
    }
    for table in rulebook.tables + rulebook.windows.compactMap(\.targetTable) {
      for input in table.inputs where input.expression != nil { computed[input.slot] = input.name }
    }
    (self.owners, self.computed) = (owners, computed)
  }

  /// A ticket whose values are in `demands`, by slot: of a field, or of an output of `Rulebook.tables`.
  public func ticket(_ demands: [Int: ValueSet]) -> Witness {
    if let name = demands.keys.sorted().lazy.compactMap({ computed[$0] }).first {
      return .none("'\(name)' is computed")
    }
    guard let fields = fields(for: demands, below: rulebook.tables.count) else {
      return .none("no ticket was found that these values can be decided for")
    }
    guard let json = text(of: fields) else { return .none("no such value was found for a field") }
    guard evaluates(json, to: demands) else { return .none("what expressions say about it is not known") }
    return .ticket(json)
  }

  // MARK: Decided values

  /// What fields must hold so that tables decide what is asked; nil where no way was found.
  private func fields(for demands: [Int: ValueSet], below end: Int) -> [Int: ValueSet]? {
    for index in (0..<end).reversed() {
      let table = rulebook.tables[index]
      let asked = demands.filter { owners[$0.key]?.table == index }
      if asked.isEmpty { continue }
      let rest = demands.filter { owners[$0.key]?.table != index }
      for candidate in candidates(table, asked) {
        guard let inputs = inputs(that: candidate, of: table, within: rest) else { continue }
        let merged = rest.merging(inputs) { $0.intersection($1) }
        if let fields = fields(for: merged, below: index) { return fields }
      }
      return nil
    }
    return demands.contains { computed[$0.key] != nil } ? nil : demands
  }

  /// The rows that give what is asked; nil stands for `otherwise`.
  private func candidates(_ table: DecisionTable, _ asked: [Int: ValueSet]) -> [Int?] {
    func gives(_ row: DecisionTable.Row) -> Bool {
      asked.allSatisfy { slot, set in
        owners[slot].map { set.contains(row.outputs[$0.output].slot) } ?? false
      }
    }
    var candidates = [Int?]()
    for row in table.rows.indices where table.rows[row].expression == nil && gives(table.rows[row]) {
      if candidates.count == Self.candidateLimit { break }
      candidates.append(row)
    }
    if let otherwise = table.otherwise, gives(otherwise) { candidates.append(nil) }
    return candidates
  }

  /// Values of a table's inputs for which it is this row that decides.
  private func inputs(
    that row: Int?, of table: DecisionTable, within demands: [Int: ValueSet]
  ) -> [Int: ValueSet]? {
    let sets = table.inputs.map { input in
      demands[input.slot].map { $0.intersection(values[input.slot]) } ?? values[input.slot]
    }
    guard let classes = ClassTable(table, values: sets) else { return nil }
    let region = row.map { classes.region(of: $0) } ?? classes.columns.map(\.everything)
    var limit = WorkLimit(2_000_000)
    guard case .point(let point) = classes.gap(besides: table.rivals(of: row), within: region, &limit) else {
      return nil
    }
    return inputs(at: point, in: classes, row: row)
  }

  private func inputs(at point: [Int?], in classes: ClassTable, row: Int?) -> [Int: ValueSet] {
    var inputs = [Int: ValueSet]()
    for (input, column) in classes.columns.enumerated() {
      let slot = classes.table.inputs[input].slot
      let cell = row.flatMap { row in classes.table.rows[row].cells.first { $0.input == input }?.set }
      guard let set = point[input].map(column.values) ?? cell else { continue }
      inputs[slot] = inputs[slot].map { $0.intersection(set) } ?? set
    }
    return inputs
  }

  // MARK: The ticket

  /// Nil where a set holds no value that a field can have.
  private func text(of demands: [Int: ValueSet]) -> String? {
    var text = TicketText()
    let choice = ValueChoice(rulebook)
    for (slot, field) in rulebook.schema.fields.enumerated() {
      if let demand = demands[slot] {
        let set = demand.intersection(values[slot])
        if set.includesAbsent { continue }
        guard let json = choice.json(of: set, slot) else { return nil }
        text.add(json, at: field.name)
      } else if field.isRequired, let json = choice.json(of: values[slot], slot) {
        text.add(json, at: field.name)
      }
    }
    return text.json
  }

  /// Whether the evaluator decides what was asked.
  private func evaluates(_ json: String, to demands: [Int: ValueSet]) -> Bool {
    let asked = demands.filter { owners[$0.key] != nil }
    if asked.isEmpty { return true }
    var ticket = Ticket()
    var decoder = TicketDecoder(layout: rulebook.layout)
    guard (try? decoder.decode(Array(json.utf8).span.bytes, into: &ticket)) != nil else { return false }
    var evaluator = Evaluator(rulebook)
    var decision = Decision()
    evaluator.evaluate(ticket, at: Self.instant, into: &decision)
    return asked.allSatisfy { slot, set in
      guard let owner = owners[slot] else { return false }
      return set.contains(
        rulebook.tables[owner.table].value(ofOutput: owner.output, decision.outcomes[owner.table]))
    }
  }
}

extension DecisionTable {
  /// The rows that decide instead of `row` where both hold; of `otherwise`, all.
  func rivals(of row: Int?) -> [Int] {
    guard let row else { return Array(rows.indices) }
    switch hit {
    case .first: return Array(0..<row)
    case .priority: return rows.indices.filter { (ranks[$0], $0) < (ranks[row], row) }
    default: return rows.indices.filter { $0 != row }
    }
  }

  /// What an outcome gives those who read this output.
  fileprivate func value(ofOutput output: Int, _ outcome: TableOutcome) -> Slot {
    switch outcome {
    case .row(let row): rows[row].outputs[output].slot
    case .otherwise: otherwise?.outputs[output].slot ?? .absent
    case .aggregate(let value): value
    case .rows: .absent
    case .conflict, .overflow, .undecided: Slot(kind: .invalid)
    }
  }
}
