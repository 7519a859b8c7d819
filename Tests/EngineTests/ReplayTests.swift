import Engine
import PluginAPI
import RuleDifference
import Synchronization
import TestSupport
import Testing
import WorkingTime

@Suite("A replay")
struct ReplayTests {
  private static let rules = """
    fields:
      id: {type: string}
      impact: {type: choice, values: [some, all]}
    priorities:
      levels: [high, low]
      hit: first
      inputs: [impact]
      rows:
        - {id: P-1, impact: all, priority: high}
      otherwise: {priority: low}

    """

  private static let records = (0..<100).map {
    #"{"id": "T-\#($0)", "impact": "\#($0 % 4 == 0 ? "all" : "some")"}"#
  }

  private func replay(
    _ items: [MemoryStore.Item], jobs: Int = 1, limit: Int = 5, newRules: String? = nil
  ) async throws -> (replay: Replay, lines: String) {
    let old = try compile(Self.rules)
    let new = try compile(newRules ?? Self.rules.replacing("priority: high", with: "priority: low"))
    var pipeline = ReplayPipeline(
      DecisionComparison(old: old, new: new), store: MemoryStore(items, pageSize: 7), now: .earliest,
      language: "en", exampleLimit: limit, jobs: jobs)
    let written = Mutex([UInt8]())
    pipeline.writeChanges = { bytes in written.withLock { $0 += bytes } }
    let replay = try await pipeline.run()
    return (replay, String(decoding: written.withLock { $0 }, as: UTF8.self))
  }

  @Test("counts what changes, and writes it in the order of the store whatever the number of jobs")
  func order() async throws {
    let items = Self.records.map { MemoryStore.Item.record($0) }
    let (first, lines) = try await replay(items)
    #expect(first.summary.tickets == 100 && first.summary.changed == 25)
    let count = try #require(first.summary.decisions["priority"])
    #expect(count.sorted.map(\.count) == [25])
    #expect(count.sorted[0].transition.before == "high" && count.sorted[0].transition.after == "low")
    #expect(first.examples.map(\.ticket) == ["T-0", "T-4", "T-8", "T-12", "T-16"])
    #expect(lines.split(separator: "\n").count == 25)
    let (second, others) = try await replay(items, jobs: 4)
    #expect(others == lines && second.summary.changed == 25)
    #expect(second.examples.map(\.ticket) == first.examples.map(\.ticket))
  }

  @Test("of a rulebook with itself changes nothing")
  func same() async throws {
    let (found, lines) = try await replay(Self.records.map { .record($0) }, newRules: Self.rules)
    #expect(found.summary.tickets == 100 && found.summary.changed == 0 && lines == "")
  }

  @Test("counts records that cannot be read, and names the first")
  func unreadable() async throws {
    let items: [MemoryStore.Item] =
      [.record(Self.records[0])] + (0..<30).map { _ in .malformed("no ticket") } + [.record("{")]
    let (found, _) = try await replay(items)
    #expect(found.summary.tickets == 1 && found.summary.unreadable == 31 && found.unreadable.count == 20)
    #expect(found.unreadable.first?.message == "no ticket")
  }

  @Test("passes on what the store says of its failure")
  func failure() async throws {
    await #expect(throws: PluginError.self) {
      try await replay([.record(Self.records[0]), .failure(PluginError(.transient, "gone"))])
    }
  }
}
