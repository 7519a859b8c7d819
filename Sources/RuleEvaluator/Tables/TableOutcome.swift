public import TicketModel

/// What a decision table gave for one ticket; rows are meant by their index.
public enum TableOutcome: Sendable {
  case row(Int)
  case otherwise
  /// A list of rows: a range of `Decision.listedRows`.
  case rows(Range<Int>)
  /// One number made of the outputs of all matching rows.
  case aggregate(Slot)
  /// Two rows that must not both match: of a unique table, or of an `any` table that disagrees.
  case conflict(Int, Int)
  /// The sum does not fit 64 bits.
  case overflow
  /// No row matches and there is no `otherwise`: an input has an invalid value.
  case undecided
}

extension DecisionTable {
  /// Applies the hit policy to the rows that `forEachMatch` names, ascending, until its body returns false.
  ///
  /// Allocates nothing but room for lists of rows, which go into `listed`.
  @inline(__always)
  func outcome(
    listed: inout [Int], of forEachMatch: ((Int) -> Bool) -> Void
  ) -> TableOutcome {
    switch hit {
    case .first: first(of: forEachMatch)
    case .unique, .any: agreed(of: forEachMatch)
    case .priority: best(of: forEachMatch)
    case .collect(let aggregator?): aggregate(aggregator, of: forEachMatch)
    case .collect(nil), .ruleOrder, .outputOrder: list(of: forEachMatch, into: &listed)
    }
  }

  /// The outcome where no row matches.
  private var unmatched: TableOutcome { otherwise == nil ? .undecided : .otherwise }

  @inline(__always)
  private func first(of forEachMatch: ((Int) -> Bool) -> Void) -> TableOutcome {
    var outcome = unmatched
    forEachMatch { row in
      outcome = .row(row)
      return false
    }
    return outcome
  }

  @inline(__always)
  private func agreed(of forEachMatch: ((Int) -> Bool) -> Void) -> TableOutcome {
    var outcome = unmatched
    forEachMatch { row in
      guard case .row(let first) = outcome else {
        outcome = .row(row)
        return true
      }
      if hit == .any, ranks[first] == ranks[row] { return true }
      outcome = .conflict(first, row)
      return false
    }
    return outcome
  }

  @inline(__always)
  private func best(of forEachMatch: ((Int) -> Bool) -> Void) -> TableOutcome {
    var outcome = unmatched
    forEachMatch { row in
      if case .row(let best) = outcome, ranks[best] <= ranks[row] { return true }
      outcome = .row(row)
      return true
    }
    return outcome
  }

  @inline(__always)
  private func list(
    of forEachMatch: ((Int) -> Bool) -> Void, into listed: inout [Int]
  ) -> TableOutcome {
    let start = listed.count
    forEachMatch { row in
      listed.append(row)
      return true
    }
    if listed.count == start { return unmatched }
    // Rows of equal outputs keep their order.
    if hit == .outputOrder { listed[start...].sort { (ranks[$0], $0) < (ranks[$1], $1) } }
    return .rows(start..<listed.count)
  }

  @inline(__always)
  private func aggregate(
    _ aggregator: HitPolicy.Aggregator, of forEachMatch: ((Int) -> Bool) -> Void
  ) -> TableOutcome {
    var total: Slot?
    var overflowed = false
    forEachMatch { row in
      let value = aggregator == .count ? Slot(kind: .integer, integer: 1) : rows[row].outputs[0].slot
      guard let sum = total else {
        total = value
        return true
      }
      total = aggregator.combine(sum, value)
      overflowed = total == nil
      return !overflowed
    }
    if overflowed { return .overflow }
    return total.map(TableOutcome.aggregate) ?? unmatched
  }
}

extension HitPolicy.Aggregator {
  /// Both values are integers, or both are numbers; nil where the sum overflows.
  fileprivate func combine(_ left: Slot, _ right: Slot) -> Slot? {
    if left.kind == .number { return .number(combine(left.double, right.double)) }
    switch self {
    case .min: return left.integer <= right.integer ? left : right
    case .max: return left.integer >= right.integer ? left : right
    case .sum, .count:
      let (sum, overflow) = left.integer.addingReportingOverflow(right.integer)
      return overflow ? nil : Slot(kind: .integer, integer: sum)
    }
  }

  private func combine(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .min: Swift.min(left, right)
    case .max: Swift.max(left, right)
    case .sum, .count: left + right
    }
  }
}
