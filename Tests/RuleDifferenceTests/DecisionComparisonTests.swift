import RuleDifference
import RuleEvaluator
import TestSupport
import Testing
import TicketModel
import WorkingTime

@Suite("A ticket under two rulebooks")
struct DecisionComparisonTests {
  private static let fields = """
    fields:
      id: {type: string}
      impact: {type: choice, values: [some, all]}
      opened: {type: instant}
      closed: {type: instant}
      cause: {type: string}

    """
  private static let tables = """
    priorities:
      levels: [high, low]
      hit: first
      inputs: [impact]
      rows:
        - {id: P-1, impact: all, priority: high}
      otherwise: {priority: low}

    """
  private static let rest = """
    windows:
      w: {start: opened, stop: closed, target: 4 hours, warn: [50%]}
    required_fields:
      - {id: F-1, fields: [cause]}

    """
  private static let rules = fields + tables + rest

  private func change(_ old: String, _ new: String, _ json: String) throws -> TicketChange? {
    let (old, new) = (try compile(old), try compile(new))
    let (before, after) = (try old.ticket(json), try new.ticket(json))
    let now = try instant("2026-03-02T12:00")
    var comparer = TicketComparer(DecisionComparison(old: old, new: new))
    return comparer.change(
      before: old.decision(about: before, at: now), before, after: new.decision(about: after, at: now), after,
      source: "here:1")
  }

  private static let ticket = #"{"id": "T-1", "impact": "all", "opened": "2026-03-02T07:00Z"}"#

  @Test("changes in nothing where rules, fields and choices only stand elsewhere")
  func order() throws {
    let moved =
      Self.rest + Self.tables.replacing("P-1", with: "P-9")
        + """
        fields:
          extra: {type: choice, values: [all, some]}
          cause: {type: string}
          closed: {type: instant}
          opened: {type: instant}
          impact: {type: choice, values: [all, some]}
          id: {type: string}

        """
    #expect(try change(Self.rules, moved, Self.ticket) == nil)
  }

  @Test("has fewer findings and notices where new rules waive them, and more where a waiver is gone")
  func waivers() throws {
    let waived =
      Self.rules + """
        waivers:
          - {id: W-1, rule: F-1, until: 2026-12-31, by: owner-a, reason: none}
          - {id: W-2, rule: w, until: 2026-12-31, by: owner-a, reason: none}
          - {id: W-3, rule: w, until: 2026-03-01, by: owner-a, reason: none}

        """
    let change = try #require(try change(Self.rules, waived, Self.ticket))
    #expect(change.findings.fewer.map(\.rule).sorted() == ["F-1", "w"] && change.findings.more.isEmpty)
    #expect(
      change.notices.fewer.map(\.event.rawValue) == ["window.breached", "window.warning"]
        && change.notices.more.isEmpty)
    #expect(change.windows.isEmpty)
    let back = try #require(try self.change(waived, Self.rules, Self.ticket))
    #expect(back.findings.more == change.findings.fewer && back.notices.more == change.notices.fewer)
    let expired = waived.replacing("2026-12-31", with: "2026-03-01")
    #expect(try self.change(Self.rules, expired, Self.ticket) == nil)
  }

  @Test("changes its level, by the names of rows")
  func level() throws {
    let found = try #require(
      try change(Self.rules, Self.rules.replacing("priority: high", with: "priority: low"), Self.ticket))
    #expect(found.ticket == "T-1" && found.source == "here:1")
    #expect(found.decisions.map(\.name) == ["priority"])
    #expect(found.decisions[0].before == "high" && found.decisions[0].after == "low")
    #expect(found.decisions[0].rowAfter?.id == "P-1")
    #expect(found.windows.isEmpty && found.findings.isEmpty && found.notices.isEmpty)
  }

  @Test("gets and loses breaches, due instants, findings and notices")
  func windows() throws {
    let slower = Self.rules.replacing("target: 4 hours", with: "target: 6 hours")
    let found = try #require(try change(Self.rules, slower, Self.ticket))
    #expect(found.windows.map(\.id) == ["w"] && found.windows[0].movesDue)
    #expect(found.windows[0].before?.state == .breached && found.windows[0].after?.state == .warned)
    // Both times the window has a finding: a breach was one, and a warning is one.
    #expect(found.findings.isEmpty)
    #expect(found.notices.fewer.map(\.event) == [.breached])
    #expect(found.notices.more.isEmpty)

    var summary = ReplaySummary()
    summary.add(found)
    let back = try #require(try change(slower, Self.rules, Self.ticket))
    summary.add(back)
    summary.addUnchanged()
    #expect(summary.tickets == 3 && summary.changed == 2)
    #expect(summary.breaches.more == 1 && summary.breaches.fewer == 1 && summary.dueMoved == 2)
    #expect(summary.windows["w"]?.dueLater == 1 && summary.windows["w"]?.dueEarlier == 1)
  }

  @Test("meets windows and rules that one rulebook alone has")
  func added() throws {
    let more = Self.rules.replacing(
      "  w: {", with: "  v: {start: opened, stop: closed, target: 1 hour}\n  w: {"
    ).replacing("F-1, fields: [cause]", with: "F-2, fields: [cause]")
    let found = try #require(try change(Self.rules, more, Self.ticket))
    #expect(found.windows.map(\.id) == ["v"])
    #expect(found.windows[0].before == nil && found.windows[0].after?.state == .breached)
    #expect(Set(found.findings.more.map(\.text)) == ["v", "F-2: cause"])
    #expect(found.findings.fewer.map(\.text) == ["F-1: cause"])
  }
}
