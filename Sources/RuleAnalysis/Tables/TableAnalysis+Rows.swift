import Diagnostics
import RuleEvaluator

/// Rows that meet, and rows without which everything would be the same.
extension TableAnalysis {
  // MARK: Rows that meet

  /// Pairs of rows that some ticket satisfies and that the hit policy does not allow, or does not put in order.
  mutating func findOverlaps() {
    guard let forbids = table.forbidsOverlaps else { return }
    var pairs = 0
    for row in table.rows.indices where !classes.isOpaque(row) {
      var first: Int?
      var others = 0
      relations.meets.forEachMember(of: row, below: row) { other in
        guard !classes.isOpaque(other), !dead.contains(row), !dead.contains(other), table.clash(other, row)
        else {
          return true
        }
        others += first == nil ? 0 : 1
        first = first ?? other
        return true
      }
      guard let first else { continue }
      pairs += 1
      if pairs <= Self.messageLimit { reportOverlap(row, first, others, isError: forbids) }
    }
    if pairs > Self.messageLimit { report(.moreOverlaps(table, pairs - Self.messageLimit)) }
  }

  private mutating func reportOverlap(_ row: Int, _ other: Int, _ others: Int, isError: Bool) {
    let witness = context.witnesses.ticket(demands(of: [row, other]))
    // Without a ticket it is not certain: what the inputs are made of may never let both rows hold.
    let severity: Severity = isError && witness.json != nil ? .error : .warning
    report(
      .overlappingRows(table.rows[row], table.rows[other], others: others, table.hit, severity),
      witness: witness)
  }

  // MARK: Rows that change nothing

  /// Rows after which another comes that gives the same wherever they hold, with nothing between them that does not.
  mutating func findRedundantRows() {
    for row in table.rows.indices where !dead.contains(row) && !classes.isOpaque(row) {
      switch successor(of: row) {
      case .row(let other): report(.redundantRow(table.rows[row], to: table.rows[other]))
      case .otherwise: table.otherwise.map { report(.redundantRow(table.rows[row], to: $0)) }
      case nil: break
      }
    }
  }

  private enum Successor {
    case row(Int)
    case otherwise
  }

  private func successor(of row: Int) -> Successor? {
    let outputs = table.rows[row].outputs
    var successor: Successor?
    var isSame = true
    relations.meets.forEachMember(of: row) { other in
      if other <= row { return true }
      isSame = table.rows[other].outputs == outputs
      if isSame, !classes.isOpaque(other), relations.within.contains(row, other) { successor = .row(other) }
      return isSame && successor == nil
    }
    if successor == nil, isSame, table.otherwise?.outputs == outputs { return .otherwise }
    return successor
  }
}

extension DecisionTable {
  /// Whether it is an error that two rows hold that must not; nil where all may.
  fileprivate var forbidsOverlaps: Bool? {
    switch hit {
    case .unique, .any: true
    case .priority, .outputOrder: false
    case .first, .collect, .ruleOrder: nil
    }
  }

  /// Whether two rows must not both hold, or are put in no order by what they give.
  fileprivate func clash(_ first: Int, _ second: Int) -> Bool {
    switch hit {
    case .unique: true
    case .any: ranks[first] != ranks[second]
    case .priority, .outputOrder:
      ranks[first] == ranks[second] && rows[first].outputs != rows[second].outputs
    case .first, .collect, .ruleOrder: false
    }
  }
}
