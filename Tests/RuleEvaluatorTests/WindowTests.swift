import TestSupport
import Testing
import TicketModel
import WorkingTime

@testable import RuleEvaluator

@Suite("A response window")
struct WindowTests {
  static let midnight = try? instant("2026-03-02T00:00:00Z")

  @Test("is at every minute what stepping through the history minute by minute gives", arguments: 0..<8)
  func steps(part: Int) throws {
    for seed in part * 25..<(part + 1) * 25 {
      var generator = SeededGenerator(seed: seed)
      var model = WindowModel(using: &generator)
      let (yaml, json) = (model.yaml, model.json)
      let rulebook = try compile(yaml)
      let ticket = try rulebook.ticket(json)
      let midnight = try #require(Self.midnight)
      var evaluator = Evaluator(rulebook)
      var decision = Decision()
      for (minute, expected) in model.readings(through: 240).enumerated() {
        evaluator.evaluate(
          ticket, at: midnight.advanced(byMilliseconds: Int64(minute) * 60_000), into: &decision)
        let actual = decision.windows.map { text($0, since: midnight) }
        if actual != [expected] {
          Issue.record("seed \(seed), minute \(minute): \(actual), not \(expected)\n\(yaml)\n\(json)")
          break
        }
      }
    }
  }

  private func text(_ reading: WindowReading, since midnight: Instant) -> String {
    func minutes(_ milliseconds: Int64?) -> String { milliseconds.map { "\($0 / 60_000)" } ?? "-" }
    let instants = [reading.startedAt, reading.dueAt, reading.stoppedAt].map {
      minutes($0?.milliseconds(since: midnight))
    }
    return
      "\(reading.state.rawValue) \(instants.joined(separator: " ")) \(minutes(reading.elapsed)) \(minutes(reading.remaining))"
  }

  /// One case: what a ticket says, and the state, start, due and stop at an instant.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var rule = ""
    var ticket: String
    var now = "2026-03-02T12:00Z"
    var expected: String
  }

  static let cases = [
    Case(
      testDescription: "met where it stops exactly at due",
      ticket: #""opened_at": "2026-03-02T09:00Z", "closed_at": "2026-03-02T10:00Z""#,
      expected: "met 09:00 10:00 10:00 60 0 []"),
    Case(
      testDescription: "breached where it stops a millisecond later",
      ticket: #""opened_at": "2026-03-02T09:00Z", "closed_at": "2026-03-02T10:00:00.001Z""#,
      expected: "breached 09:00 10:00 10:00 60 0 [breached]"),
    Case(
      testDescription: "still running exactly at due",
      ticket: #""opened_at": "2026-03-02T09:00Z""#, now: "2026-03-02T10:00Z",
      expected: "warned 09:00 10:00 - 60 0 [warned]"),
    Case(
      testDescription: "not started before its start", ticket: #""opened_at": "2026-03-02T13:00Z""#,
      expected: "not-started - - - 0 - []"),
    Case(testDescription: "not started without a start", ticket: "", expected: "not-started - - - 0 - []"),
    Case(
      testDescription: "no time at all where it stops before it starts",
      ticket: #""opened_at": "2026-03-02T09:00Z", "closed_at": "2026-03-02T08:00Z""#,
      expected: "met 09:00 10:00 09:00 0 60 [reversedWindow]"),
    Case(
      testDescription: "no time at all where its status stops it before it starts",
      rule: "stop: {status: done}",
      ticket:
        #""opened_at": "2026-03-02T09:30Z", "history": [{"at": "2026-03-02T09:00Z", "set": {"status": "done"}}]"#,
      expected: "met 09:30 10:30 09:30 0 60 [reversedWindow]"),
    Case(
      testDescription: "no time at all where it stops before its status starts it",
      rule: "start: {status: open}",
      ticket:
        #""closed_at": "2026-03-02T09:00Z", "history": [{"at": "2026-03-02T09:30Z", "set": {"status": "open"}}, {"at": "2026-03-02T11:00Z", "set": {"status": "done"}}]"#,
      expected: "met 09:30 10:30 09:30 0 60 [reversedWindow]"),
    Case(
      testDescription: "not stopped by a stop that is to come",
      ticket: #""opened_at": "2026-03-02T11:30Z", "closed_at": "2026-03-02T13:00Z""#,
      expected: "running 11:30 12:30 - 30 30 []"),
    Case(
      testDescription: "paused from its start on where the ticket was created so",
      rule: "pause: {status: waiting}",
      ticket:
        #""opened_at": "2026-03-02T09:00Z", "status": "waiting", "history": [{"at": "2026-03-02T09:00Z", "set": {"note": "x"}}]"#,
      expected: "paused 09:00 - - 0 60 []"),
    Case(
      testDescription: "paused by an event at its start, and then resumed",
      rule: "pause: {status: waiting}",
      ticket:
        #""opened_at": "2026-03-02T09:00Z", "history": [{"at": "2026-03-02T09:00Z", "set": {"status": "waiting"}}, {"at": "2026-03-02T11:45Z", "set": {"status": "open"}}]"#,
      expected: "running 09:00 12:45 - 15 45 []"),
    Case(
      testDescription: "not computed where it pauses and there is no history",
      rule: "pause: {status: waiting}", ticket: #""opened_at": "2026-03-02T09:00Z", "status": "waiting""#,
      expected: "[windowNeedsHistory]"),
    Case(
      testDescription: "computed without history where nothing pauses it",
      rule: "pause: {status: waiting}", ticket: #""opened_at": "2026-03-02T09:00Z", "status": "open""#,
      expected: "breached 09:00 10:00 - 180 -120 [breached]"),
    Case(
      testDescription: "cancelled without history", rule: "cancel: {status: withdrawn}",
      ticket: #""opened_at": "2026-03-02T09:00Z", "status": "withdrawn""#,
      expected: "cancelled 09:00 10:00 - 180 -120 []"),
    Case(
      testDescription: "not cancelled without history where the expression beside the cells does not hold",
      rule: "cancel: {status: withdrawn, expr: 'has(opened_at) && opened_at > now'}",
      ticket: #""opened_at": "2026-03-02T09:00Z", "status": "withdrawn""#,
      expected: "breached 09:00 10:00 - 180 -120 [breached]"),
    Case(
      testDescription: "computed without history where the expression beside the pause's cells does not hold",
      rule: "pause: {status: waiting, expr: 'has(opened_at) && opened_at > now'}",
      ticket: #""opened_at": "2026-03-02T09:00Z", "status": "waiting""#,
      expected: "breached 09:00 10:00 - 180 -120 [breached]"),
    Case(
      testDescription: "not cancelled once it has stopped", rule: "cancel: {status: withdrawn}",
      ticket:
        #""opened_at": "2026-03-02T09:00Z", "closed_at": "2026-03-02T09:30Z", "status": "withdrawn""#,
      expected: "met 09:00 10:00 09:30 30 30 []"),
    Case(
      testDescription: "not known to start before the history says so",
      ticket:
        #""history": [{"at": "2026-03-02T11:00Z", "set": {"status": "open"}}, {"at": "2026-03-02T12:01Z", "set": {"opened_at": "2026-03-02T09:00Z"}}]"#,
      expected: "not-started - - - 0 - []"),
    Case(
      testDescription: "started in the past once the history says so",
      ticket:
        #""history": [{"at": "2026-03-02T11:00Z", "set": {"status": "open"}}, {"at": "2026-03-02T12:00Z", "set": {"opened_at": "2026-03-02T11:15Z"}}]"#,
      expected: "warned 11:15 12:15 - 45 15 [warned]"),
    Case(
      testDescription: "paused in the part of the past that the history told before the start",
      rule: "pause: {status: waiting}",
      ticket:
        #""history": [{"at": "2026-03-02T10:00Z", "set": {"status": "waiting"}}, {"at": "2026-03-02T11:30Z", "set": {"status": "open"}}, {"at": "2026-03-02T12:00Z", "set": {"opened_at": "2026-03-02T11:15Z"}}]"#,
      expected: "running 11:15 12:30 - 30 30 []"),
    Case(
      testDescription: "warned some time before due",
      rule: "warn: [due - 10 minutes]", ticket: #""opened_at": "2026-03-02T11:10Z""#,
      expected: "warned 11:10 12:10 - 50 10 [warned]"),
    Case(
      testDescription: "not yet warned a moment earlier",
      rule: "warn: [due - 10 minutes]", ticket: #""opened_at": "2026-03-02T11:10:00.001Z""#,
      expected: "running 11:10 12:10 - 49 10 []"),
    Case(
      testDescription: "warned at once where the warning lies before the start",
      rule: "warn: [due - 3 hours]", ticket: #""opened_at": "2026-03-02T12:00Z""#,
      expected: "warned 12:00 13:00 - 0 60 [warned]"),
    Case(
      testDescription: "stopped by the top level from the last event on",
      rule: "stop: {status: done}",
      ticket:
        #""opened_at": "2026-03-02T09:00Z", "status": "done", "history": [{"at": "2026-03-02T09:10Z", "set": {"status": "open"}}, {"at": "2026-03-02T09:50Z", "set": {"note": "x"}}]"#,
      expected: "met 09:00 10:00 09:50 50 10 []"),
  ]

  @Test("is", arguments: cases)
  func single(_ test: Case) throws {
    let stop = test.rule.hasPrefix("stop") ? "" : "stop: closed_at"
    let start = test.rule.hasPrefix("start") ? "" : "start: opened_at"
    let warn = test.rule.hasPrefix("warn") ? "" : "warn: [75%]"
    let rulebook = try compile(
      """
      fields:
        opened_at: {type: instant}
        closed_at: {type: instant}
        note: {type: string}
        status: {type: choice, values: [open, waiting, done, withdrawn]}
      windows:
        w:
          \(start)
          target: 1 hour
          \(stop)
          \(warn)
          \(test.rule)
      """)
    let decision = rulebook.decision(
      about: try rulebook.ticket("{\(test.ticket)}"), at: try instant(test.now))
    #expect(describe(decision) == test.expected)
  }

  private func describe(_ decision: Decision) -> String {
    func time(_ instant: Instant?) -> String {
      instant.map { String($0.text(in: .utc).dropFirst(11).prefix(5)) } ?? "-"
    }
    let readings = decision.windows.map { reading in
      let times = [reading.startedAt, reading.dueAt, reading.stoppedAt].map(time).joined(separator: " ")
      let remaining = reading.remaining.map { "\($0 / 60_000)" } ?? "-"
      return "\(reading.state.rawValue) \(times) \(reading.elapsed / 60_000) \(remaining) "
    }
    return readings.joined() + "[" + decision.findings.map { "\($0.kind)" }.joined(separator: ", ") + "]"
  }

  @Test("stays as it was when a resolved ticket is closed", arguments: WindowModel.Reopening.allCases)
  func closing(reopening: WindowModel.Reopening) throws {
    let midnight = try #require(Self.midnight)
    for resolved in stride(from: 20, through: 120, by: 10) {
      let rule = WindowModel.Rule(
        startsByStatus: true, stopsByStatus: true, countsWorkingTime: false, target: 60, reopening: reopening)
      let events = [(10, 1), (15, 2), (20, 1), (resolved, 3)].map {
        WindowModel.Event(minute: $0.0, status: $0.1)
      }
      let open = WindowModel(rule: rule, openedAt: 0, closedAt: nil, events: events)
      let closing = [WindowModel.Event(minute: resolved + 30, status: 4)]
      let closed = WindowModel(rule: rule, openedAt: 0, closedAt: nil, events: events + closing)
      let rulebook = try compile(open.yaml)
      for minute in [resolved, resolved + 30, resolved + 31, 1000] {
        let now = midnight.advanced(byMilliseconds: Int64(minute) * 60_000)
        let before = rulebook.decision(about: try rulebook.ticket(open.json), at: now)
        let after = rulebook.decision(about: try rulebook.ticket(closed.json), at: now)
        #expect(describe(before) == describe(after))
      }
    }
  }

  @Test("is out of range where its calendar never gets to the target")
  func outOfRange() throws {
    let rulebook = try compile(
      """
      fields: {opened_at: {type: instant}, closed_at: {type: instant}}
      calendars:
        once: {weekly_hours: {}, special_days: {2026-03-02: [09:00-10:00]}}
      windows:
        w: {start: opened_at, stop: closed_at, target: 2 working hours, calendar: once}
      """)
    let ticket = try rulebook.ticket(#"{"opened_at": "2026-03-02T09:00Z"}"#)
    let decision = rulebook.decision(about: ticket, at: try instant("2026-03-03T00:00Z"))
    #expect(describe(decision) == "running 09:00 - - 60 60 [windowOutOfRange]")
  }

  @Test("has the target that a table gives, and none where the table is undecided")
  func targets() throws {
    let rulebook = try compile(
      """
      fields:
        opened_at: {type: instant}
        closed_at: {type: instant}
        level: {type: choice, values: [high, low]}
      windows:
        w: {start: opened_at, stop: closed_at, target: {by: level, high: 1 hour, low: 2 days}}
      """)
    func describe(_ level: String) throws -> String {
      let ticket = try rulebook.ticket(#"{"opened_at": "2026-03-02T11:30Z", "level": \#(level)}"#)
      let decision = rulebook.decision(about: ticket, at: try instant("2026-03-02T12:00Z"))
      return "\(decision.windows.map(\.targetRow)) \(self.describe(decision))"
    }
    #expect(try describe(#""high""#) == "[Optional(0)] running 11:30 12:30 - 30 30 []")
    #expect(try describe(#""low""#) == "[Optional(1)] running 11:30 11:30 - 30 2850 []")
    #expect(try describe("null") == "[] [windowWithoutTarget]")
    #expect(try describe(#""none""#) == "[] [badValue, windowWithoutTarget]")
  }
}
