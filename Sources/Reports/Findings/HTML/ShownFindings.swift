/// The findings that a page shows: those that count first, then known and waived ones as far as there is room; the worst first.
///
/// Keeps at most twice the limit, since nobody knows how many that count are still to come.
struct ShownFindings: Sendable {
  private let limit: Int
  private var counting: WorstFindings
  private var others: WorstFindings

  init(limit: Int) {
    self.limit = limit
    counting = WorstFindings(limit: limit)
    others = WorstFindings(limit: limit)
  }

  mutating func add(_ finding: ReportedFinding) {
    if finding.standing == .new { counting.add(finding) } else { others.add(finding) }
  }

  /// How many are not shown.
  var omitted: Int { counting.omitted + others.omitted + max(0, counting.count + others.count - limit) }

  var all: [ReportedFinding] { counting.all + others.all.prefix(limit - counting.count) }
}
