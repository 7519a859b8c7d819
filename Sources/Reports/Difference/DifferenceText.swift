import RuleAnalysis
import RuleDifference
import WorkingTime

extension DifferenceReport {
  /// The report for a terminal.
  public var text: String {
    var lines = [words.title(before, after)]
    if let replay { lines += ticketLines(replay) }
    lines += ruleLines
    return lines.joined(separator: "\n") + "\n"
  }

  private func ticketLines(_ replay: ReplaySummary) -> [String] {
    var lines = ["", "\(words.changed(replay)) (\(now.text(in: zones.after)))"]
    if replay.unreadable > 0 { lines.append(words.unreadable(replay.unreadable)) }
    lines += counts(replay).map { "- \($0)" }
    if examples.isEmpty { return lines }
    lines += ["", words.examples(examples.count, of: replay.changed)]
    for example in examples {
      lines.append("\(example.ticket) (\(example.source))")
      lines += self.lines(example).map { "  \($0)" }
    }
    return lines
  }

  private var ruleLines: [String] {
    if difference.isEmpty { return ["", words.noRuleChange] }
    return [""] + difference.tables.flatMap(lines) + difference.items.flatMap(lines)
  }

  private func lines(_ table: TableDifference) -> [String] {
    var lines = ["\(table.name)\(words.place(table.placeAfter)): \(words.regions(table))"]
    for region in table.regions.prefix(limit) {
      let outcomes = "\(region.before.text ?? words.none) → \(region.after.text ?? words.none)"
      let rows = "\(words.rows(region.before.rows)) → \(words.rows(region.after.rows))"
      lines.append("  \(condition(region)): \(outcomes), \(rows)")
      lines.append("    \(region.witness.json ?? words.reason(region.witness) ?? "")")
    }
    if table.regions.count > limit { lines.append("  \(words.regionsLeft(table.regions.count - limit))") }
    return lines
  }

  private func lines(_ item: ItemChange) -> [String] {
    var lines = [
      "\(item.section) \(item.id)\(words.place(item.placeAfter ?? item.placeBefore)): \(words.kind(item.kind))"
    ]
    lines += item.details.prefix(limit).map {
      "  \($0.name): \($0.before ?? words.none) → \($0.after ?? words.none)"
    }
    if item.details.count > limit { lines.append("  \(words.detailsLeft(item.details.count - limit))") }
    return lines
  }
}
