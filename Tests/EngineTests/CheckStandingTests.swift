import Diagnostics
import PluginAPI
import Reports
import RuleEvaluator
import Synchronization
import Testing
import WorkingTime

@testable import Engine

/// What counts of what was found, and what is told of all tickets together.
@Suite("A check")
struct CheckStandingTests {
  private struct Run {
    var outcome: CheckPipeline.Outcome
    var findings: [ReportedFinding]
    var delivered: [String]
  }

  private static func run(
    _ records: [String], pageSize: Int = 100, jobs: Int = 1,
    _ change: (inout CheckSettings) -> Void = { _ in }
  ) async throws -> Run {
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 1_790_000_000_000), language: "en", jobs: jobs)
    settings.keepsFindings = true
    change(&settings)
    let seen = Mutex([ReportedFinding]())
    let notifier = ScriptedNotifier()
    var pipeline = CheckPipeline(
      settings, store: MemoryStore(records: records, pageSize: pageSize), notifiers: [notifier])
    pipeline.report = { page in seen.withLock { $0 += page.findings } }
    let outcome = try await pipeline.run()
    return Run(
      outcome: outcome, findings: seen.withLock { $0 },
      delivered: notifier.deliveries.map { "\($0.ticket) \($0.rule)" })
  }

  private static let silent = [
    #"{"id": "A-1", "description": "d"}"#, #"{"id": "A-2", "description": "d"}"#,
    #"{"id": "A-3", "description": "d"}"#,
  ]

  @Test(
    "tells what no ticket has, once, however pages are cut and shared out", arguments: [1, 2, 3], [1, 3])
  func presence(pageSize: Int, jobs: Int) async throws {
    let run = try await Self.run(Self.silent, pageSize: pageSize, jobs: jobs)
    let loose = run.findings.filter { $0.ticket == nil }.map { "\($0.rule): \($0.message)" }
    #expect(loose.contains("fields.urgency: no ticket has a value in urgency, which rules look at"))
    #expect(Set(loose).count == loose.count)
    let one = try await Self.run(
      Self.silent + [#"{"id": "A-4", "urgency": "low", "description": "d"}"#], pageSize: pageSize, jobs: jobs)
    #expect(!one.findings.contains { $0.ticket == nil && $0.rule == "fields.urgency" })
  }

  @Test("says nothing of that of a part of the tickets, nor where it is accepted, nor of none")
  func noPresence() async throws {
    for change in [{ $0.isPart = true }, { $0.allowsEmpty = true }] as [(inout CheckSettings) -> Void] {
      #expect(try await Self.run(Self.silent, change).findings.allSatisfy { $0.ticket != nil })
    }
    #expect(try await Self.run([]).findings.isEmpty)
  }

  @Test("of a part of the tickets compares none with another")
  func part() async throws {
    let twice = [#"{"id": "A-1", "urgency": "low"}"#, #"{"id": "A-1", "urgency": "low"}"#]
    let whole = try await Self.run(twice)
    #expect(whole.findings.contains { $0.rule == "fields.id" })
    #expect(try await !Self.run(twice) { $0.isPart = true }.findings.contains { $0.rule == "fields.id" })
  }

  private static let failing = [
    #"{"id": "A-1", "urgency": "low"}"#, #"{"id": "A-2", "urgency": "low"}"#, #"{"urgency": "low"}"#,
  ]

  @Test("does not count what its baseline holds, tells nobody of it, and lists what is fixed")
  func baseline() async throws {
    let known = BaselineEntry(rule: "F-1", ticket: "A-1", field: "description")
    let gone = BaselineEntry(rule: "F-1", ticket: "A-9", field: "description")
    let run = try await Self.run(Self.failing) {
      $0.baseline = Baseline([known: .error, gone: .error])
      $0.allowsEmpty = true
    }
    #expect(run.outcome.summary.known == 1)
    #expect(run.outcome.summary.fixed == [gone])
    #expect(run.outcome.summary.ticketsWithFindings == 2)
    #expect(run.findings.map(\.standing) == [.known, .new, .new])
    #expect(run.delivered == ["A-2 F-1", "memory:3 F-1"])
    // What can be told again is kept: of a ticket without an id it cannot.
    let new = BaselineEntry(rule: "F-1", ticket: "A-2", field: "description")
    #expect(run.outcome.baseline == [known: .error, new: .error])
  }

  @Test("that renews its baseline accepts all that a baseline can hold")
  func renewal() async throws {
    let run = try await Self.run(Self.failing) {
      $0.baseline = Baseline()
      $0.renewsBaseline = true
      $0.allowsEmpty = true
    }
    #expect(run.outcome.summary.known == 2 && run.outcome.summary.errors == 1)
    #expect(run.outcome.unkept[.noID] == 1 && run.outcome.unkept.total == 1)
  }

  @Test("reads the baseline that it wrote, whatever ids hold")
  func baselineFile() {
    let entries: [BaselineEntry: Severity] = [
      BaselineEntry(rule: "F-1", ticket: "工单\"1\\", field: "a.b"): .error,
      BaselineEntry(rule: "W", ticket: "true", field: nil): .warning,
      BaselineEntry(rule: "F-1", ticket: "\n\t: # |", field: nil): .info,
    ]
    let text = Baseline.text(entries, rulebook: "desk")
    var diagnostics = [Diagnostic]()
    let read = Baseline.read(SourceText(path: "b.json", bytes: Array(text.utf8)), into: &diagnostics)
    #expect(diagnostics.isEmpty)
    #expect(read?.entries == entries)
  }

  @Test("never knows a ticket whose id no file can hold") func invisible() async throws {
    let run = try await Self.run([#"{"id": "A\u2066-1", "urgency": "low"}"#]) {
      $0.baseline = Baseline()
      $0.renewsBaseline = true
      $0.allowsEmpty = true
    }
    #expect(run.outcome.summary.known == 0 && run.outcome.summary.errors == 1)
    #expect(run.outcome.baseline.isEmpty)
    #expect(run.outcome.unkept[.invisibleID] == 1 && run.outcome.unkept.total == 1)
  }

  @Test("counts what no baseline can hold by its reason, however pages are shared out", arguments: [1, 3])
  func unkept(jobs: Int) async throws {
    let records = [
      #"{"id": "A\u2066-1"}"#, #"{}"#, #"{"#, #"{"id": "A-2", "description": "d"}"#, #"{}"#,
    ]
    let run = try await Self.run(records, pageSize: 1, jobs: jobs) { $0.baseline = Baseline() }
    let unkept = run.outcome.unkept
    #expect(unkept[.invisibleID] == 1 && unkept[.noID] == 2 && unkept[.unreadable] == 1)
    #expect(unkept[.aboutRules] == run.findings.count { $0.ticket == nil && $0.record == nil })
    #expect(unkept[.aboutRules] > 0)
    #expect(try await Self.run(records).outcome.unkept.total == 0)
  }

  @Test("says of each finding the same to those who read decisions and to those who read findings")
  func sameStanding() async throws {
    let decisions = Mutex("")
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 1_790_000_000_000), language: "en")
    settings.writesDecisions = true
    settings.baseline = Baseline([BaselineEntry(rule: "F-1", ticket: "A-1", field: "description"): .error])
    var pipeline = CheckPipeline(settings, store: MemoryStore(records: Self.failing, pageSize: 10))
    pipeline.report = { page in decisions.withLock { $0 += String(decoding: page.decisions, as: UTF8.self) } }
    let summary = try await pipeline.run().summary
    let known = decisions.withLock { $0.split(separator: "\n").map { $0.contains(#""known":true"#) } }
    #expect(known.prefix(3) == [true, false, false])
    #expect(summary.known == 1)
  }

  @Test("accepts nothing worse than its baseline does")
  func worse() async throws {
    let entry = BaselineEntry(rule: "F-1", ticket: "A-1", field: "description")
    for (accepted, known) in [(Severity.warning, 0), (.error, 1)] {
      let run = try await Self.run([Self.failing[0]]) {
        $0.baseline = Baseline([entry: accepted])
        $0.allowsEmpty = true
      }
      #expect(run.outcome.summary.known == known)
      // Nothing is fixed: it is still there.
      #expect(run.outcome.summary.fixed.isEmpty)
    }
  }

  @Test("calls nothing fixed that it could not read, and keeps it; nor anything of a part of the tickets")
  func unread() async throws {
    let entry = BaselineEntry(rule: "F-1", ticket: "A-9", field: "description")
    let cut = try await Self.run([Self.failing[0], #"{"id": "A-9""#]) {
      $0.baseline = Baseline([entry: .error])
    }
    #expect(cut.outcome.summary.unreadable == 1 && cut.outcome.summary.fixed.isEmpty)
    #expect(cut.outcome.baseline[entry] == .error)
    let part = try await Self.run([Self.failing[0]]) {
      $0.baseline = Baseline([entry: .error])
      $0.isPart = true
    }
    #expect(part.outcome.summary.fixed.isEmpty)
  }

  @Test("counts a ticket once that has a finding with another, and no other")
  func ticketsWithFindings() async throws {
    let twice = Array(repeating: #"{"id": "A-1", "urgency": "low", "description": "d"}"#, count: 2)
    #expect(try await Self.run(twice).outcome.summary.ticketsWithFindings == 1)
    let also = [#"{"id": "A-1", "urgency": "low", "description": "d"}"#, #"{"id": "A-1", "urgency": "low"}"#]
    #expect(try await Self.run(also).outcome.summary.ticketsWithFindings == 1)
  }
}
