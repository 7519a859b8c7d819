public import RuleDifference
public import RuleEvaluator
public import WorkingTime

/// What a report about two rulebooks shows.
public struct DifferenceReport: Sendable {
  /// How the two are named: a folder or a revision.
  public var before: String
  public var after: String
  public var difference: RulebookDifference
  /// Nil where no tickets were replayed.
  public var replay: ReplaySummary?
  /// The first tickets that change.
  public var examples: [TicketChange]
  /// The zones of the two rulebooks.
  public var zones: (before: TimeZoneRules, after: TimeZoneRules)
  public var now: Instant
  public var language: Language
  /// The most regions of a table that are shown.
  public var limit: Int

  public init(
    before: String, after: String, _ difference: RulebookDifference, replay: ReplaySummary?,
    examples: [TicketChange], zones: (before: TimeZoneRules, after: TimeZoneRules), now: Instant,
    language: Language, limit: Int
  ) {
    (self.before, self.after, self.difference) = (before, after, difference)
    (self.replay, self.examples, self.zones) = (replay, examples, zones)
    (self.now, self.language, self.limit) = (now, language, limit)
  }

  var words: DifferenceWords { DifferenceWords(language: language) }

  /// The counts of a replay as sentences.
  func counts(_ summary: ReplaySummary) -> [String] {
    let decisions = summary.sortedDecisions.map {
      words.transitions($0.key, $0.value, limit: 8)
    }
    let windows = summary.windows.sorted { $0.key < $1.key }.compactMap { words.window($0.key, $0.value) }
    let findings = summary.findings.sorted { $0.key < $1.key }.map { words.finding($0.key, $0.value) }
    let notices = summary.notices.sorted { $0.key < $1.key }.map { words.notices($0.key, $0.value) }
    return decisions + windows + findings + notices
  }

  /// What changes for one ticket, a line each.
  func lines(_ change: TicketChange) -> [String] {
    change.decisions.map(line) + change.windows.map(line)
      + change.findings.more.map { words.finding($0, isMore: true) }
      + change.findings.fewer.map { words.finding($0, isMore: false) }
      + change.notices.more.map { words.notice($0, isMore: true) }
      + change.notices.fewer.map { words.notice($0, isMore: false) }
  }

  private func line(_ change: DecisionChange) -> String {
    let rows = [change.rowBefore, change.rowAfter].map {
      $0.map { "\($0.id)\(words.place($0.place))" } ?? words.none
    }
    return
      "\(words.name(ofDecision: change.name)): \(change.before ?? words.none) → \(change.after ?? words.none), \(rows[0]) → \(rows[1])"
  }

  private func line(_ change: WindowChange) -> String {
    let (before, after) = (text(change.before, zones.before), text(change.after, zones.after))
    return "\(change.id): \(before) → \(after)\(words.place(change.placeAfter ?? change.placeBefore))"
  }

  private func text(_ state: WindowChange.State?, _ zone: TimeZoneRules) -> String {
    guard let state else { return words.notApplicable }
    let word = words.state(state.state, stopped: state.stoppedAt != nil)
    return state.dueAt.map { "\(word), \(words.due($0.text(in: zone)))" } ?? word
  }

  /// The inputs of a region.
  func condition(_ region: TableDifference.Region) -> String {
    region.inputs.isEmpty ? words.anyInput : region.inputs.map(\.text).joined(separator: ", ")
  }
}

extension ReplaySummary {
  /// The priority and the route first, then the other tables by name.
  var sortedDecisions: [(key: String, value: TransitionCount)] {
    let first = ["priority", "team", "assignee"]
    return decisions.sorted { left, right in
      let (a, b) = (
        first.firstIndex(of: left.key) ?? first.count, first.firstIndex(of: right.key) ?? first.count
      )
      return (a, left.key) < (b, right.key)
    }
  }
}
