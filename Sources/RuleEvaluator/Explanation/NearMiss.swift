public import TicketModel
public import WorkingTime

/// A row or a rule that one part alone kept from applying.
public struct NearMiss: Sendable {
  /// The index among the rows of its table, or among the rules of its kind.
  public var rule: Int
  public var failure: Trace.Failure
  /// How many choices lie between the value and the nearest one that would do; 1 where the values have no order.
  var distance: Int
}

/// What nearly applied to a ticket, of each kind the nearest first; made on request only.
public struct NearMisses: Sendable {
  /// By the index of the table.
  public var tables: [[NearMiss]] = []
  public var windows: [NearMiss] = []
  public var requirements: [NearMiss] = []
  public var checks: [NearMiss] = []
  public var notifications: [NearMiss] = []
}

extension Evaluator {
  /// What nearly applied to `ticket` at `now`: whatever one cell, or an expression alone, kept from it.
  ///
  /// Of a table that takes its first row that holds, only rows before that one: others would have changed nothing.
  ///
  /// - Parameter limit: how many of each table and of each kind of rules at most.
  public mutating func nearMisses(_ ticket: borrowing Ticket, at now: Instant, limit: Int = 3) -> NearMisses {
    var decision = Decision()
    evaluate(ticket, at: now, into: &decision)
    var misses = NearMisses()
    for index in rulebook.tables.indices {
      misses.tables.append(nearMisses(of: rulebook.tables[index], ticket).nearest(limit))
    }
    misses.windows = nearMisses(rulebook.windows.map(\.condition), ticket).nearest(limit)
    misses.requirements = nearMisses(rulebook.requirements.map(\.condition), ticket).nearest(limit)
    misses.checks = nearMisses(rulebook.checks.map(\.condition), ticket).nearest(limit)
    misses.notifications = nearMisses(rulebook.notifications.map(\.condition), ticket).nearest(limit)
    return misses
  }

  // MARK: Tables

  private mutating func nearMisses(of table: DecisionTable, _ ticket: borrowing Ticket) -> [NearMiss] {
    var misses = [NearMiss]()
    for row in table.rows.indices {
      let failed = table.rows[row].cells.indices.filter { cell in
        !table.index.accepts(row: row, column: table.rows[row].cells[cell].input, values.readable)
      }
      if failed.isEmpty, !fails(table.rows[row].expression, ticket) {
        if table.hit == .first { break }
        continue
      }
      if let miss = nearMiss(ofRow: row, table, failed, ticket) { misses.append(miss) }
    }
    return misses
  }

  private mutating func nearMiss(
    ofRow index: Int, _ table: DecisionTable, _ failed: [Int], _ ticket: borrowing Ticket
  ) -> NearMiss? {
    let row = table.rows[index]
    guard let cell = failed.first else { return missByExpression(row.expression, of: index, ticket) }
    if failed.count > 1 || fails(row.expression, ticket) { return nil }
    let input = table.inputs[row.cells[cell].input]
    return NearMiss(
      rule: index, failure: .cell(cell, value: text(of: input, in: ticket)),
      distance: row.cells[cell].set.distance(to: values.elements[input.slot]))
  }

  // MARK: Conditions

  private mutating func nearMisses(_ conditions: [Condition], _ ticket: borrowing Ticket) -> [NearMiss] {
    var misses = [NearMiss]()
    for (index, condition) in conditions.enumerated() {
      if let miss = nearMiss(of: condition, index, ticket) { misses.append(miss) }
    }
    return misses
  }

  private mutating func nearMiss(
    of condition: Condition, _ index: Int, _ ticket: borrowing Ticket
  ) -> NearMiss? {
    let failed = condition.terms.indices.filter {
      !Condition([condition.terms[$0]]).holds(for: values.readable)
    }
    guard let term = failed.first else { return missByExpression(condition.expression, of: index, ticket) }
    if failed.count > 1 || fails(condition.expression, ticket) { return nil }
    let slot = condition.terms[term].slot
    return NearMiss(
      rule: index, failure: .cell(term, value: text(ofSlot: slot, in: ticket)),
      distance: condition.terms[term].set.distance(to: values.elements[slot]))
  }

  // MARK: Expressions

  private mutating func missByExpression(
    _ expression: Int?, of index: Int, _ ticket: borrowing Ticket
  ) -> NearMiss? {
    failure(of: expression, ticket).map { NearMiss(rule: index, failure: $0, distance: 1) }
  }

  private mutating func fails(_ expression: Int?, _ ticket: borrowing Ticket) -> Bool {
    failure(of: expression, ticket) != nil
  }
}

extension [NearMiss] {
  /// Those that are nearest, in the order of the rules where they are as near.
  fileprivate func nearest(_ limit: Int) -> [NearMiss] {
    Array(sorted { ($0.distance, $0.rule) < ($1.distance, $1.rule) }.prefix(limit))
  }
}

extension ValueSet {
  /// How many choices a choice is away from the nearest member; a value that should not be there is the farthest.
  fileprivate func distance(to slot: Slot) -> Int {
    if self == .absent { return .max }
    guard slot.kind == .choice, case .members(let members) = present else { return 1 }
    return members.map { abs($0 - Int(slot.integer)) }.min() ?? 1
  }
}
