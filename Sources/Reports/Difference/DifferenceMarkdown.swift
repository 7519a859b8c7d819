import RuleAnalysis
import RuleDifference
import WorkingTime

extension DifferenceReport {
  /// The report for a review comment: counts as tables, then examples.
  public var markdown: String {
    var lines = ["## \(words.title(before, after).markdown)"]
    if let replay { lines += ticketSection(replay) }
    lines += ruleSection
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Tickets

  private func ticketSection(_ replay: ReplaySummary) -> [String] {
    var lines = ["", "### \(words.tickets)", "", "\(words.changed(replay)) (\(now.text(in: zones.after)))"]
    if replay.unreadable > 0 { lines += ["", words.unreadable(replay.unreadable)] }
    let decisions = replay.sortedDecisions.flatMap { name, count in
      count.sorted.map {
        [
          words.name(ofDecision: name), $0.transition.before ?? words.none, $0.transition.after ?? words.none,
          words.number($0.count),
        ]
      }
    }
    lines += table([words.what, words.before, words.after, words.count], decisions)
    let windows = replay.windows.sorted { $0.key < $1.key }.map { id, count in
      [
        id, words.number(count.applies.more), words.number(count.applies.fewer),
        words.number(count.breaches.more), words.number(count.breaches.fewer), words.number(count.dueMoved),
      ]
    }
    lines += table(
      [
        words.window, words.appliesMore, words.appliesFewer, words.breachesMore, words.breachesFewer,
        words.dueMoved,
      ], windows)
    let findings = replay.findings.sorted { $0.key < $1.key }.map { name, count in
      [name.rule, name.field ?? "", words.number(count.more), words.number(count.fewer)]
    }
    lines += table([words.rule, words.field, words.more, words.fewer], findings)
    let notices = replay.notices.sorted { $0.key < $1.key }.map { name, count in
      [name.event, name.rule, words.number(count.more), words.number(count.fewer)]
    }
    lines += table([words.notice, words.rule, words.more, words.fewer], notices)
    return lines + exampleLines(replay)
  }

  private func exampleLines(_ replay: ReplaySummary) -> [String] {
    if examples.isEmpty { return [] }
    var lines = ["", words.examples(examples.count, of: replay.changed), ""]
    for example in examples {
      lines.append("- **\(example.ticket.markdown)** (\(example.source.markdown))")
      lines += self.lines(example).map { "  - \($0.markdown)" }
    }
    return lines
  }

  // MARK: Rules

  private var ruleSection: [String] {
    if difference.isEmpty { return ["", words.noRuleChange] }
    var lines = [String]()
    if !difference.tables.isEmpty { lines += ["", "### \(words.tables)"] }
    for table in difference.tables {
      lines += [
        "",
        "**\(table.name.markdown)**\(words.place(table.placeAfter).markdown): \(words.regions(table).markdown)",
      ]
      lines += self.table(
        [words.inputs, words.before, words.after, words.row, words.witness],
        table.regions.prefix(limit).map(cells)
      )
      if table.regions.count > limit { lines += ["", words.regionsLeft(table.regions.count - limit)] }
    }
    if difference.items.isEmpty { return lines }
    lines += ["", "### \(words.others)"]
    return lines
      + table(
        [words.section, words.rule, words.change, words.before, words.after], difference.items.flatMap(rows))
  }

  private func cells(_ region: TableDifference.Region) -> [String] {
    let witness = region.witness.json.map(\.code) ?? words.reason(region.witness)?.markdown ?? ""
    return [
      condition(region), region.before.text ?? words.none, region.after.text ?? words.none,
      "\(words.rows(region.before.rows)) → \(words.rows(region.after.rows))",
    ].map(\.markdown) + [witness]
  }

  private func rows(_ item: ItemChange) -> [[String]] {
    let place = words.place(item.placeAfter ?? item.placeBefore)
    let head = [item.section, "\(item.id)\(place)"]
    if item.details.isEmpty { return [head + [words.kind(item.kind), "", ""]] }
    var rows = item.details.prefix(limit).map {
      head + [$0.name, $0.before ?? words.none, $0.after ?? words.none]
    }
    if item.details.count > limit {
      rows.append(head + [words.detailsLeft(item.details.count - limit), "", ""])
    }
    return rows
  }

  /// Nothing where there are no rows. Cells of `cells` are Markdown already.
  private func table(_ head: [String], _ rows: [[String]]) -> [String] {
    if rows.isEmpty { return [] }
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let isMarkdown = head.last == words.witness
    return ["", line(head), line(head.map { _ in "---" })]
      + rows.map { line(isMarkdown ? $0 : $0.map(\.markdown)) }
  }
}

extension String {
  /// As text that Markdown leaves as it is, on one line.
  fileprivate var markdown: String {
    var text = ""
    for character in self {
      if character.isNewline {
        text += " "
      } else {
        if "\\`*_[]<>|#".contains(character) { text += "\\" }
        text.append(character)
      }
    }
    return text
  }

  /// As code in a table's cell.
  fileprivate var code: String {
    let fence = contains("`") ? "``" : "`"
    return fence + split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") + fence
  }
}
