import Diagnostics
import RuleAnalysis
import RuleEvaluator
import TicketModel
import WorkingTime

/// The tables that both rulebooks have, by name, and their differences.
struct TablePairs {
  private let old: Rulebook
  private let new: Rulebook
  private let effort: Int
  private let oldValues: InputValues
  private let newValues: InputValues
  private let witnesses: RegionWitness

  init(_ old: Rulebook, _ new: Rulebook, effort: Int) {
    (self.old, self.new, self.effort) = (old, new, effort)
    (oldValues, newValues) = (InputValues(old), InputValues(new))
    witnesses = RegionWitness(old, new)
  }

  func differences() -> [TableDifference] {
    let after = Dictionary(new.allTables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return old.allTables.compactMap { table in
      after[table.name].flatMap { difference(table, $0) }
    }
  }

  /// Nil where there is none.
  private func difference(_ before: DecisionTable, _ after: DecisionTable) -> TableDifference? {
    var difference = TableDifference(
      name: after.name, placeBefore: before.place, placeAfter: after.place, regions: [])
    let names = before.outputs.map(\.name).filter { name in after.outputs.contains { $0.name == name } }
    if names.isEmpty {
      difference.obstacle = .noSharedOutput
      return difference
    }
    let inputs = TableInputs(before, old, oldValues, after, new, newValues)
    if let obstacle = inputs.obstacle {
      difference.obstacle = obstacle
      return difference
    }
    var texts = SharedTexts()
    var cells = SharedCells(inputs.shared)
    let oldPatterns = inputs.patterns(before, old, isOld: true, &cells)
    let newPatterns = inputs.patterns(after, new, isOld: false, &cells)
    let sides = (
      old: TableSide(before, patterns: oldPatterns, sharedOutputs: names, zone: old.timeZone, &texts),
      new: TableSide(after, patterns: newPatterns, sharedOutputs: names, zone: new.timeZone, &texts)
    )
    var search = RegionSearch(
      sides.old, sides.new, accepted: cells.accepted, atomCounts: inputs.shared.map(\.atoms.count), texts,
      effort: effort)
    search.run()
    if search.regions.isEmpty, !search.isCut { return nil }
    difference.isCut = search.isCut
    let words = RegionText(zone: new.timeZone)
    difference.regions = search.regions.map { found in
      region(found, search, inputs.shared, sides.old, sides.new, words)
    }
    return difference
  }

  private func region(
    _ found: FoundRegion, _ search: RegionSearch, _ inputs: [SharedInput], _ before: TableSide,
    _ after: TableSide, _ words: RegionText
  ) -> TableDifference.Region {
    let texts = zip(inputs, found.box.atoms).compactMap { input, atoms in
      atoms.map { TableDifference.InputText(name: input.name, text: words.text(input, $0)) }
    }
    let isOpaque = zip(inputs, found.box.atoms).contains { $0.isOpaque && $1 != nil }
    return TableDifference.Region(
      inputs: texts, valuesBefore: Self.values(inputs, found.box, isNew: false),
      valuesAfter: Self.values(inputs, found.box, isNew: true),
      before: TableDifference.Outcome(
        text: search.text(found.before), rows: before.references(found.rowsBefore)),
      after: TableDifference.Outcome(text: search.text(found.after), rows: after.references(found.rowsAfter)),
      isOpaque: isOpaque,
      witness: isOpaque ? .none("it depends on an expression") : witnesses.ticket(inputs, found.box))
  }
}

extension TablePairs {
  /// The values of a box by the slots of one of the rulebooks.
  fileprivate static func values(_ inputs: [SharedInput], _ box: Box, isNew: Bool) -> [Int: ValueSet] {
    var values = [Int: ValueSet]()
    for (input, atoms) in zip(inputs, box.atoms) {
      guard let own = isNew ? input.new : input.old, let atoms else { continue }
      let sets = atoms.map { isNew ? input.atoms[$0].newSet : input.atoms[$0].oldSet }
      values[own.input.slot] = sets.dropFirst().reduce(sets[0]) { $0.union($1) }
    }
    return values
  }
}

extension SharedInput {
  /// Whether an expression computes it.
  var isOpaque: Bool {
    let sides = [old, new].compactMap(\.self)
    return sides.isEmpty || sides.contains { $0.input.expression != nil }
  }
}

extension Rulebook {
  /// The tables of the rulebook, then those of windows' targets.
  var allTables: [DecisionTable] {
    tables
      + windows.compactMap { window in
        if case .decided(let table) = window.target { table } else { nil }
      }
  }
}

/// The different cells of each shared input, as the atoms that they accept.
struct SharedCells {
  /// By input, then by number; number 0 accepts everything.
  private(set) var accepted: [[[Bool]]]
  private var numbers: [[[Bool]: Int32]]

  init(_ inputs: [SharedInput]) {
    accepted = inputs.map { [Array(repeating: true, count: $0.atoms.count)] }
    numbers = accepted.map { [$0[0]: 0] }
  }

  mutating func number(_ cell: [Bool], ofInput input: Int) -> Int32 {
    if let number = numbers[input][cell] { return number }
    let number = Int32(accepted[input].count)
    accepted[input].append(cell)
    numbers[input][cell] = number
    return number
  }
}

/// The inputs of two tables side by side, by name; behind them the expressions of rows.
struct TableInputs {
  private(set) var shared: [SharedInput] = []
  private(set) var obstacle: TableDifference.Obstacle?
  /// By input of each table, which shared input it is.
  private var oldPositions: [Int] = []
  private var newPositions: [Int] = []
  private var positionOfExpression: [String: Int] = [:]

  init(
    _ before: DecisionTable, _ old: Rulebook, _ oldValues: InputValues, _ after: DecisionTable,
    _ new: Rulebook, _ newValues: InputValues
  ) {
    let right = after.ownInputs(new, newValues)
    var paired = [Int: Int]()
    for left in before.ownInputs(old, oldValues) {
      let match = right.firstIndex { $0.input.name == left.input.name && $0.expression == left.expression }
      oldPositions.append(shared.count)
      if let match { paired[match] = shared.count }
      if let match, let found = SharedInput.obstacle(left, right[match]) {
        obstacle = obstacle ?? found
        shared.append(SharedInput(name: left.input.name, old: left, new: nil))
      } else {
        shared.append(SharedInput(name: left.input.name, old: left, new: match.map { right[$0] }))
      }
    }
    for (index, own) in right.enumerated() {
      newPositions.append(paired[index] ?? shared.count)
      if paired[index] == nil { shared.append(SharedInput(name: own.input.name, old: nil, new: own)) }
    }
    let expressions =
      before.rows.compactMap { $0.expression.map { old.expressions[$0].text } }
      + after.rows.compactMap { $0.expression.map { new.expressions[$0].text } }
    for text in expressions where positionOfExpression[text] == nil {
      positionOfExpression[text] = shared.count
      shared.append(SharedInput(expression: text))
    }
  }

  /// By row of a table, then by shared input, the number of its cell.
  func patterns(
    _ table: DecisionTable, _ rulebook: Rulebook, isOld: Bool, _ cells: inout SharedCells
  ) -> [[Int32]] {
    let positions = isOld ? oldPositions : newPositions
    var known = [[ValueSet: Int32]](repeating: [:], count: shared.count)
    return table.rows.map { row in
      var pattern = [Int32](repeating: 0, count: shared.count)
      for cell in row.cells {
        let position = positions[cell.input]
        if let number = known[position][cell.set] {
          pattern[position] = number
          continue
        }
        let accepted = shared[position].atoms.map { cell.set.contains(isOld ? $0.old : $0.new) }
        pattern[position] = cells.number(accepted, ofInput: position)
        known[position][cell.set] = pattern[position]
      }
      if let expression = row.expression,
        let position = positionOfExpression[rulebook.expressions[expression].text]
      {
        pattern[position] = cells.number([false, true], ofInput: position)
      }
      return pattern
    }
  }
}

extension DecisionTable {
  fileprivate func ownInputs(_ rulebook: Rulebook, _ values: InputValues) -> [OwnInput] {
    var cells = [Set<ValueSet>](repeating: [], count: inputs.count)
    for row in rows {
      for cell in row.cells { cells[cell.input].insert(cell.set) }
    }
    return inputs.enumerated().map { index, input in
      OwnInput(rulebook: rulebook, input: input, values: values[input.slot], cells: Array(cells[index]))
    }
  }
}
