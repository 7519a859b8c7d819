import RuleDifference
import RuleEvaluator
import TestSupport
import Testing
import WorkingTime

@Suite("The rules of two rulebooks")
struct ItemTests {
  private static let rules = """
    fields:
      status: {type: choice, required: true, values: [open, done]}
      opened: {type: instant}
      closed: {type: instant}
      cause: {type: string, max_length: 20}
      email: {type: string, max_length: 20}
    calendars:
      desk: {time_zone: UTC, weekly_hours: {mon-fri: [09:00-18:00]}, holidays: [2026-05-01]}
    windows:
      w: {start: opened, stop: {status: done}, target: 4 working hours, calendar: desk, warn: [50%]}
    required_fields:
      - {id: F-1, when: {status: done}, fields: [cause]}
    checks:
      - {id: C-1, expr: cause.orValue("") != "x"}
    workflow:
      field: status
      initial: open
      states:
        open: {category: open, next: [done]}
        done: {category: closed, next: []}
    notifications:
      - {id: N-1, on: window.breached, to: [lead]}
    waivers:
      - {id: W-1, rule: C-1, when: {status: done}, until: 2026-12-31, by: owner-a, reason: none}

    """

  private func changes(_ edits: [(String, String)]) throws -> [String] {
    let new = edits.reduce(Self.rules) { text, edit in
      #expect(text.contains(edit.0))
      return text.replacing(edit.0, with: edit.1)
    }
    let now = try instant("2026-03-02T12:00")
    let difference = RulebookDifference(old: try compile(Self.rules), new: try compile(new), now: now)
    return difference.items.flatMap { item in
      let head = "\(item.section) \(item.id) \(item.kind)"
      return item.details.isEmpty
        ? [head] : item.details.map { "\(head) \($0.name): \($0.before ?? "-") -> \($0.after ?? "-")" }
    }
  }

  @Test("list waivers with what they say")
  func waivers() throws {
    #expect(
      try changes([
        ("rule: C-1, when: {status: done}", "rule: w"), ("until: 2026-12-31", "until: 2027-01-31"),
        ("by: owner-a, reason: none", "by: owner-b, reason: some"),
      ]) == [
        "waivers W-1 changed rule: C-1 -> w", "waivers W-1 changed when: status: done -> -",
        "waivers W-1 changed until: 2026-12-31 -> 2027-01-31", "waivers W-1 changed by: owner-a -> owner-b",
        "waivers W-1 changed reason: none -> some",
      ])
    #expect(try changes([("id: W-1", "id: W-2")]) == ["waivers W-1 removed", "waivers W-2 added"])
  }

  @Test("are the same where nothing was edited") func same() throws {
    #expect(try changes([]) == [])
    #expect(
      RulebookDifference(old: try compile(Self.rules), new: try compile(Self.rules), now: .earliest).isEmpty)
  }

  @Test(
    "are compared by section, id and key",
    arguments: [
      (
        "values: [open, done]}", "values: [open, done], label: State}",
        "fields status changed label: - -> State"
      ),
      ("max_length: 20}\n  email", "max_length: 30}\n  email", "fields cause changed max size: 20 -> 30"),
      (
        "cause: {type: string,", "cause: {type: string, matches: 'c.*',",
        "fields cause changed matches: - -> c.*"
      ),
      (
        "values: [open, done]}", "values: {open: {aliases: [new]}, done: {}}}",
        "fields status changed aliases of values: - -> open: new"
      ),
      (
        "fields:\n  status", "time_zone: Asia/Shanghai\nfields:\n  status",
        "rulebook rulebook changed time_zone: UTC -> Asia/Shanghai"
      ),
      ("  email: {type: string, max_length: 20}\n", "", "fields email removed"),
      ("4 working hours", "3 working hours", "windows w changed target: 4 working hours -> 3 working hours"),
      ("stop: {status: done}", "stop: closed", "windows w changed stop: status: done -> closed"),
      ("warn: [50%]", "warn: [50%, 80%]", "windows w changed warn: 50% -> 50%, 80%"),
      (
        "fields: [cause]", "fields: [cause, email]",
        "required_fields F-1 changed fields: cause -> cause, email"
      ),
      ("id: F-1", "id: F-1, severity: warning", "required_fields F-1 changed severity: error -> warning"),
      (
        #"!= "x""#, #"!= "y""#,
        #"checks C-1 changed expr: cause.orValue("") != "x" -> cause.orValue("") != "y""#
      ),
      ("to: [lead]", "to: [team]", "notifications N-1 changed to: lead -> team"),
      ("next: []", "next: [open]", "workflow done changed next: - -> open"),
      ("2026-05-01", "2026-05-04", "calendars desk changed 2026-05-04: 09:00-18:00 -> -"),
    ])
  func edited(old: String, new: String, expected: String) throws {
    let found = try changes([(old, new)])
    #expect(found.contains(expected), "\(found)")
    #expect(found.count == (expected.hasPrefix("calendars") ? 2 : 1), "\(found)")
  }

  @Test("that have another id were removed and added") func renamed() throws {
    #expect(
      try changes([("F-1", "F-2")]) == ["required_fields F-1 removed", "required_fields F-2 added"])
  }
}
