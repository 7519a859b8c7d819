import PluginAPI
import Synchronization
import Testing

@testable import PluginKit

@Suite("Reading ahead")
struct ReadAheadTests {
  /// Pages one by one; the count of pulls is known, and the last pull gives `end`.
  private final class Source: Sendable {
    let pulls = Mutex(0)
    let cancelled = Mutex(false)

    func pages(_ count: Int, end: @escaping @Sendable () async throws(PluginError) -> TicketPage?)
      -> TicketPages
    {
      TicketPages {
        { () async throws(PluginError) in
          let number = self.pulls.withLock { pulls in
            pulls += 1
            return pulls
          }
          if number > count { return try await end() }
          return TicketPage(source: "\(number)", buffer: [], records: [])
        }
      }
    }

    /// Whether there were `count` pulls, now or soon.
    func reaches(_ count: Int) async throws -> Bool {
      for _ in 0..<1000 where pulls.withLock({ $0 }) < count { try await Task.sleep(for: .milliseconds(5)) }
      return pulls.withLock { $0 } == count
    }
  }

  @Test("has two pages ready and no more")
  func two() async throws {
    let source = Source()
    let ahead = ReadAhead(source.pages(4) { () in nil })
    #expect(source.pulls.withLock { $0 } == 0)
    #expect(try await ahead.next()?.source == "1")
    #expect(try await source.reaches(3))
    #expect(try await ahead.next()?.source == "2")
    #expect(try await source.reaches(4))
    #expect(try await ahead.next()?.source == "3")
    #expect(try await ahead.next()?.source == "4")
    #expect(try await ahead.next() == nil)
    #expect(source.pulls.withLock { $0 } == 5)
  }

  @Test("asks for nothing behind the page with a watermark")
  func watermark() async throws {
    let source = Source()
    let last = TicketPage(source: "last", buffer: [], records: [], watermark: Watermark("w"))
    let ahead = ReadAhead(source.pages(1) { () in last })
    #expect(try await ahead.next()?.source == "1")
    #expect(try await ahead.next()?.source == "last")
    try await Task.sleep(for: .milliseconds(20))
    #expect(source.pulls.withLock { $0 } == 2)
  }

  @Test("throws what a page failed with where that page would have come")
  func failure() async throws {
    let source = Source()
    let error = PluginError(.transient, "gone")
    let ahead = ReadAhead(source.pages(1) { () throws(PluginError) in throw error })
    #expect(try await ahead.next()?.source == "1")
    await #expect(throws: error) { try await ahead.next() }
  }

  @Test("ends the reading of a page that nobody wants any more")
  func abandoned() async throws {
    let source = Source()
    do {
      let ahead = ReadAhead(
        source.pages(1) { () in
          try? await Task.sleep(for: .seconds(60))
          source.cancelled.withLock { $0 = Task.isCancelled }
          return nil
        })
      #expect(try await ahead.next()?.source == "1")
      #expect(try await source.reaches(2))
    }
    for _ in 0..<1000 where !source.cancelled.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    #expect(source.cancelled.withLock { $0 })
  }
}
