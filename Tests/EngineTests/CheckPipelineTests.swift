import Diagnostics
import Engine
import FileAccess
import Foundation
import PluginAPI
import Reports
import RuleEvaluator
import Synchronization
import Testing
import WorkingTime

@Suite("A check of all tickets")
struct PipelineTests {
  /// What came of one run.
  private struct Run {
    var lines: [String]
    var summary: ReportSummary
    var deliveries: [Delivery]
  }

  private func run(_ store: MemoryStore, jobs: Int = 1, language: String = "en") async throws -> Run {
    let written = Mutex([UInt8]())
    let notifier = ScriptedNotifier()
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 1_790_000_000_000), language: language, jobs: jobs)
    settings.writesDecisions = true
    settings.allowsEmpty = true
    var pipeline = CheckPipeline(settings, store: store, notifiers: [notifier])
    pipeline.report = { page in written.withLock { $0 += page.decisions } }
    let summary = try await pipeline.run().summary
    let text = String(decoding: written.withLock { $0 }, as: UTF8.self)
    return Run(
      lines: text.split(separator: "\n").map(String.init), summary: summary, deliveries: notifier.deliveries)
  }

  /// Tickets of every kind, many of them with findings; no random number without its seed.
  private func records(_ count: Int) -> [MemoryStore.Item] {
    (0..<count).map { index in
      if index % 17 == 5 { return .malformed("row \(index) has too many cells") }
      if index % 13 == 7 { return .record(#"{"id": "A-\#(index)", "urgency": }"#) }
      // Every eleventh ticket uses the number of an earlier one.
      let number = index % 11 == 10 ? index / 2 : index
      let urgency = ["high", "medium", "low", "urgent"][index % 4]
      let description = index % 3 == 0 ? "" : #", "description": "第 \#(index) 单""#
      return .record(
        #"{"id": "A-\#(number)", "urgency": "\#(urgency)", "serial": "S-\#(number)"\#(description)}"#)
    }
  }

  @Test("gives the same decisions and deliveries for any number of jobs and any size of pages")
  func deterministic() async throws {
    let items = records(260)
    let reference = try await run(MemoryStore(items))
    #expect(reference.lines.count > items.count)
    for (jobs, pageSize) in [(4, 260), (1, 1), (4, 1), (4, 7), (2, 100), (3, 259)] {
      let other = try await run(MemoryStore(items, pageSize: pageSize), jobs: jobs)
      let what: Comment = "jobs \(jobs), pages of \(pageSize)"
      #expect(other.lines.sorted() == reference.lines.sorted(), what)
      #expect(other.summary == reference.summary, what)
      #expect(Set(other.deliveries) == Set(reference.deliveries), what)
    }
  }

  @Test("writes the same bytes for any number of jobs", arguments: [1, 7, 100])
  func sameBytes(pageSize: Int) async throws {
    let store = MemoryStore(records(260), pageSize: pageSize)
    let reference = try await run(store)
    for jobs in [2, 3, 4] {
      let other = try await run(store, jobs: jobs)
      #expect(other.lines == reference.lines)
      #expect(other.deliveries == reference.deliveries)
    }
  }

  @Test("writes the same bytes for pages of any size", arguments: [1, 2, 3, 5, 8, 13, 100, 259])
  func anyPageSize(pageSize: Int) async throws {
    let items = records(260)
    let reference = try await run(MemoryStore(items))
    let other = try await run(MemoryStore(items, pageSize: pageSize), jobs: 4)
    #expect(other.lines == reference.lines)
    #expect(other.deliveries == reference.deliveries)
  }

  @Test("reports malformed records where they stand, and checks the rest", arguments: [1, 2, 3, 100])
  func malformedInPlace(pageSize: Int) async throws {
    let good = #"{"id": "A-%", "urgency": "low", "description": "d"}"#
    let items: [MemoryStore.Item] = [
      .malformed("first"), .record(good.replacing("%", with: "1")), .malformed("second"),
      .malformed("third"), .record("{"), .record(good.replacing("%", with: "2")), .malformed("last"),
    ]
    let run = try await run(MemoryStore(items, pageSize: pageSize), jobs: 2)
    let places = run.lines.map { line in
      line.contains(#""ticket":"A-"#)
        ? "ticket" : String(line.firstMatch(of: /memory:[0-9]+/)?.output ?? "no place: \(line)")
    }
    #expect(
      places == ["memory:1", "ticket", "memory:3", "memory:4", "memory:5", "ticket", "memory:7"])
    #expect(run.summary.tickets == 2)
    #expect(run.summary.unreadable == 5)
    #expect(run.summary.errors == 5)
    #expect(run.deliveries.map(\.ticket) == [1, 3, 4, 5, 7].map { "memory:\($0)" })
    #expect(run.deliveries.allSatisfy { $0.rule == "record" && $0.severity == .error })
  }

  /// Tickets of products a and b, given by product and day; an upper-case product for one that tells the cause.
  private func frequent(_ tickets: String) -> [String] {
    tickets.split(separator: " ").enumerated().map { index, ticket in
      let product = ticket.prefix(1).lowercased()
      let cause = ticket.first?.isUppercase == true ? #", "cause": "c""# : ""
      return
        #"{"id": "A-\#(index)", "urgency": "low", "description": "d", "product": "\#(product)", "came_at": "2026-03-\#(ticket.dropFirst())T09:00Z"\#(cause)}"#
    }
  }

  @Test("tells of a review once all tickets have passed, over pages", arguments: [1, 2, 100])
  func review(pageSize: Int) async throws {
    let records = frequent("b12 a10 a12 b13 a11 b13 a11 C10 c10 c10 d10 d12 d14")
    let run = try await run(MemoryStore(records: records, pageSize: pageSize), jobs: 3)
    #expect(run.lines.count == records.count + 2)
    #expect(
      run.lines.suffix(2).allSatisfy {
        $0.contains(#""windows":[],"findings":[{"rule":"V-1","severity":"warning","field":null"#)
          && $0.contains(#""at":"rules.yaml:27""#)
      })
    #expect(
      run.deliveries.map { "\($0.ticket) \($0.rule) \($0.notice) \($0.title)" } == [
        "A-6 V-1 review 3 tickets with Product a within 2 d need a review: Cause is missing",
        "A-5 V-1 review 3 tickets with Product b within 2 d need a review: Cause is missing",
      ])
    #expect(run.summary.warnings == 2 && run.summary.errors == 0)
  }

  @Test(
    "tells of no review where one of the tickets, or a later one, holds it",
    arguments: [
      ("a10 a10 a11", ["A-2"]), ("a10 A10 a11", []), ("a10 a10 a11 A28", []), ("A10 a10 a11", []),
      ("A10 a10 a11 a11", ["A-3"]),
    ])
  func heldReview(tickets: String, due: [String]) async throws {
    let run = try await run(MemoryStore(records: frequent(tickets)))
    #expect(run.deliveries.map(\.ticket) == due)
  }

  @Test("reports the second use of a unique value on the later ticket, over pages", arguments: [1, 2, 100])
  func unique(pageSize: Int) async throws {
    let records = ["1", "2", "1", "2", "3", "1"].map {
      #"{"id": "A-\#($0)", "urgency": "low", "description": "d"}"#
    }
    let run = try await run(MemoryStore(records: records, pageSize: pageSize), jobs: 3)
    #expect(
      run.deliveries.map(\.title) == [
        "Number A-1 is also that of the ticket at memory:1",
        "Number A-2 is also that of the ticket at memory:2",
        "Number A-1 is also that of the ticket at memory:1",
      ])
    #expect(run.summary.errors == 3)
  }

  @Test("does not repeat the value of a unique field that is masked")
  func masked() async throws {
    let records = ["1", "2"].map {
      #"{"id": "A-\#($0)", "urgency": "low", "description": "d", "badge": "secret-7"}"#
    }
    for language in ["en", "zh"] {
      let run = try await run(MemoryStore(records: records), language: language)
      let titles = run.deliveries.map(\.title)
      #expect(
        titles == [
          language == "en"
            ? "badge *** is also that of the ticket at memory:1" : "“badge” *** 已被 memory:1 的工单使用"
        ])
      #expect(!run.lines.joined().contains("secret"))
    }
  }

  @Test("counts tickets, and not findings, that have something found")
  func summary() async throws {
    let run = try await run(
      MemoryStore(records: [
        #"{"id": "A-1", "urgency": "low", "description": "d"}"#,
        #"{"id": "A-2", "urgency": "urgent"}"#,
        #"{"id": "A-3", "urgency": "low"}"#,
      ]))
    #expect(run.summary.tickets == 3)
    #expect(run.summary.ticketsWithFindings == 2)
    #expect(run.summary.errors == 3)
    #expect(run.summary.worst == .error)
    #expect(run.deliveries.count == 3)
  }

  @Test("gives each finding a delivery of its own, with a key that comes again in the next run")
  func keys() async throws {
    let store = MemoryStore(records(260), pageSize: 50)
    let (first, second) = (try await run(store), try await run(store, jobs: 4))
    let findings = first.lines.reduce(0) { $0 + $1.ranges(of: #"{"rule":"#).count }
    #expect(first.deliveries.count == findings)
    #expect(first.deliveries.map(\.key) == second.deliveries.map(\.key))
    var places: [String: [Delivery]] = [:]
    for delivery in first.deliveries { places[delivery.key, default: []].append(delivery) }
    #expect(places.filter { $0.value.count > 1 }.isEmpty)
  }

  @Test(
    "keeps the keys of different tickets apart",
    arguments: [
      // Two tickets of one id: what is wrong with the second is not what is wrong with the first.
      [#"{"id": "A-1", "urgency": "low"}"#, #"{"id": "A-1", "urgency": "low"}"#],
      // Tickets without an id.
      [#"{"urgency": "low"}"#, #"{"urgency": "low"}"#],
      // An id that looks like another's key.
      [#"{"id": "A/F-1", "urgency": "low"}"#, #"{"id": "A", "urgency": "low"}"#],
    ])
  func distinctKeys(records: [String]) async throws {
    let run = try await run(MemoryStore(records: records))
    let keys = run.deliveries.map(\.key)
    #expect(keys.count >= 2)
    #expect(Set(keys).count == keys.count, "\(keys)")
  }

  @Test(
    "passes on the error of a store that fails in the middle, after what came before it", arguments: [1, 4])
  func failingStore(jobs: Int) async throws {
    let failure = PluginError(.transient, "the connection was lost")
    let items = records(20) + [.failure(failure)] + records(20)
    let written = Mutex(0)
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 0), language: "en", jobs: jobs)
    settings.writesDecisions = true
    var pipeline = CheckPipeline(settings, store: MemoryStore(items, pageSize: 2))
    pipeline.report = { page in written.withLock { $0 += page.decisions.isEmpty ? 0 : 1 } }
    let error = await #expect(throws: PluginError.self) { try await pipeline.run() }
    #expect(error == failure)
    #expect(written.withLock { $0 } == 10)
  }

  @Test("ends where its decisions cannot be written")
  func failingOutput() async throws {
    struct DiskFull: Error {}
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 0), language: "en", jobs: 3)
    settings.writesDecisions = true
    var pipeline = CheckPipeline(settings, store: MemoryStore(records(50), pageSize: 2))
    pipeline.report = { _ in throw DiskFull() }
    await #expect(throws: DiskFull.self) { try await pipeline.run() }
  }

  @Test("ends where a notifier gives up, with its error")
  func failingNotifier() async throws {
    let notifier = ScriptedNotifier { _, _ in .rejected(reason: "the room is closed") }
    let settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 0), language: "en", jobs: 2)
    let pipeline = CheckPipeline(
      settings, store: MemoryStore(records: [#"{"id": "A-1", "urgency": "low"}"#]), notifiers: [notifier])
    let error = await #expect(throws: PluginError.self) { try await pipeline.run() }
    #expect(
      error
        == PluginError(
          .permanent, "delivery A-1/F-1/description/finding/memory:1 was rejected: the room is closed"))
  }

  @Test("of nothing counts nothing")
  func empty() async throws {
    let run = try await run(MemoryStore(records: []), jobs: 4)
    #expect(run.lines.isEmpty)
    #expect(run.summary == ReportSummary())
    #expect(run.summary.worst == nil)
  }

  @Test("tells how far it is after each page, in order", arguments: [1, 4])
  func progress(jobs: Int) async throws {
    let seen = Mutex([Int]())
    var settings = CheckSettings(
      try SmallRulebook.load(), now: Instant(milliseconds: 0), language: "en", jobs: jobs)
    settings.writesDecisions = true
    var pipeline = CheckPipeline(settings, store: MemoryStore(records(30), pageSize: 10))
    pipeline.reportProgress = { progress in
      seen.withLock { $0.append(progress.summary.tickets + progress.summary.unreadable) }
    }
    _ = try await pipeline.run()
    #expect(seen.withLock { $0 } == [10, 20, 30])
  }
}
