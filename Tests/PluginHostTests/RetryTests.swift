import PluginAPI
import Synchronization
import Testing

@testable import PluginHost

@Suite("Retries")
struct RetryTests {
  private static func timing(_ waits: Log) -> Timing {
    Timing(now: { 0 }, sleep: { waits.append(String($0)) }, chance: { 0 })
  }

  @Test(
    "wait twice as long each time, or as long as the plugin asks, and not for ever",
    arguments: [
      (PluginError(.transient, "no"), ["500", "1000", "2000", "4000"]),
      (PluginError(.rateLimited, "no", retryAfterMilliseconds: 70), ["70", "70", "70", "70"]),
      (
        PluginError(.rateLimited, "no", retryAfterMilliseconds: 600_000),
        ["30000", "30000", "30000", "30000"]
      ),
      (PluginError(.permanent, "no"), []), (PluginError(.authorization, "no"), []),
      (PluginError(.configuration, "no"), []), (PluginError(.internal, "no"), []),
    ])
  func waits(error: PluginError, expected: [String]) async {
    let waits = Log()
    let retries = Retries(timing: Self.timing(waits))
    let thrown = await #expect(throws: PluginError.self) {
      try await retries.run { () throws(PluginError) -> Int in throw error }
    }
    #expect(waits.all == expected)
    #expect(thrown?.message == (expected.isEmpty ? "no" : "no (5 attempts)"))
  }

  @Test("spread the waits of several plugins by up to a quarter")
  func jitter() {
    let retries = Retries(timing: Timing(now: { 0 }, sleep: { _ in }, chance: { 0.99 }))
    #expect(retries.wait(3, PluginError(.transient, "")) == 2495)
  }

  /// Fails whenever a page has been handed over, as often as it is told to.
  private final class FlakyStore: TicketStore {
    let failures: Mutex<Int>
    init(failures: Int) { self.failures = Mutex(failures) }

    func open(_ configuration: PluginConfiguration) {}
    func check() -> [PluginProblem] { [] }
    func describe() -> [StoreField] { [] }
    func get(_ ids: [String]) -> (tickets: [TicketPage], missing: [String]) { ([], ids) }
    func close() {}

    func pages(since watermark: Watermark?, limit: Int) -> TicketPages {
      TicketPages { [self] in
        let number = Mutex(0)
        return { () throws(PluginError) in
          let next = number.withLock { number in
            number += 1
            return number
          }
          return try self.page(next, limit)
        }
      }
    }

    /// Pages of `limit` records, each but the last with a malformed one before its second record; 4 pages in all.
    private func page(_ number: Int, _ limit: Int) throws(PluginError) -> TicketPage? {
      let fails = failures.withLock { failures in
        if number > 1, failures > 0 { failures -= 1 } else { return false }
        return true
      }
      if fails { throw PluginError(.transient, "lost") }
      guard number <= 4 else { return nil }
      let records = (0..<limit).map { TicketPage.Record(range: $0..<$0 + 1, line: number * 10 + $0) }
      let malformed = number == 4 ? [] : [TicketPage.Malformed(position: 1, line: number, message: "m")]
      return TicketPage(
        source: "s", buffer: Array(repeating: 0x31, count: limit), records: records, malformed: malformed)
    }
  }

  @Test("read a store anew after an error and hand over every record once", arguments: [0, 1, 3])
  func resumes(failures: Int) async throws {
    let waits = Log()
    let store = RetryingStore(FlakyStore(failures: failures), Retries(timing: Self.timing(waits)))
    var lines = [Int]()
    var malformed = [Int]()
    for try await page in store.pages(since: nil, limit: 3) {
      lines += page.records.map(\.line)
      malformed += page.malformed.map(\.line)
    }
    #expect(lines == [10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42])
    #expect(malformed == [1, 2, 3])
    #expect(waits.all.count == failures)
  }
}

@Suite("The restart policy")
struct RestartPolicyTests {
  @Test("waits 0, 1, 2, 4 seconds and then leaves it")
  func waits() {
    var policy = RestartPolicy()
    let verdicts = (0..<5).map { policy.recordFailure(at: Int64($0), chance: 0) }
    let waits: [Int64] = [0, 1000, 2000, 4000]
    #expect(verdicts == waits.map { .restart(afterMilliseconds: $0) } + [.giveUp])
    #expect(policy.isOpen)
  }

  @Test("waits a minute at most, where failures are far enough apart")
  func longest() {
    var policy = RestartPolicy()
    let verdicts = (0..<12).map { policy.recordFailure(at: Int64($0) * 200_000, chance: 0) }
    #expect(verdicts.last == .restart(afterMilliseconds: 60_000))
  }

  @Test("begins anew after an answer, and still counts the failures of the last ten minutes")
  func success() {
    var policy = RestartPolicy()
    for time in [0, 100_000, 200_000, 300_000] as [Int64] {
      #expect(policy.recordFailure(at: time, chance: 0.5) == .restart(afterMilliseconds: 0))
      policy.recordSuccess()
    }
    #expect(policy.recordFailure(at: 599_999, chance: 0) == .giveUp)
    var other = RestartPolicy()
    for time in [0, 100_000, 200_000, 300_000, 600_000] as [Int64] {
      #expect(other.recordFailure(at: time, chance: 0) != .giveUp)
    }
  }
}
