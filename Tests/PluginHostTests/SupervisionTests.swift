import FileAccess
import Foundation
import PluginAPI
import Testing

@testable import PluginHost

@Suite("A plugin's process", .enabled(if: FaultyStore.isThere))
struct SupervisionTests {
  private static let all = (0..<100).map { #"{"id": "T-\#($0)"}"# }

  @Test("hands over what it has, with versions, and a watermark at the end")
  func sound() async throws {
    let store = try await FaultyStore().opened()
    var versions = [String]()
    var watermark: Watermark?
    for try await page in store.pages(since: nil, limit: 7) {
      versions += page.versions
      watermark = page.watermark
      #expect(page.source == "faulty")
    }
    #expect(versions == (0..<100).map(String.init))
    #expect(watermark == Watermark("w"))
    #expect(await store.capabilities == [.changes, .write])
    #expect(try await store.check() == [PluginProblem("half full", pointer: "/count", hint: "fill it")])
    #expect(
      try await store.describe() == [StoreField(name: "state", type: "choice", values: ["open", "closed"])])
    #expect(try await store.get(["a"]).missing == ["a"])
    let pid = try #require(store.pid)
    await store.close()
    #expect(!isAlive(pid))
  }

  @Test("writes decisions back, and tells of changes")
  func write() async throws {
    let store = try await FaultyStore().opened()
    var changes = try await store.changes().makeAsyncIterator()
    let decisions = [DecisionRecord(ticket: "T-1", version: "3", json: Array(#"{"a":1.50}"#.utf8))]
    #expect(try await store.write(decisions) == [WriteResult(ticket: "T-1", status: .written)])
    #expect(await changes.next() != nil)
    await store.close()
    #expect(await changes.next() == nil)
  }

  @Test(
    "is started again after its end and goes on where it was",
    arguments: ["crash", "abort", "child", "cut", "mute"])
  func restart(fault: String) async throws {
    let faulty = try FaultyStore(fault, once: true)
    defer { faulty.scratch.remove() }
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
    #expect(faulty.logged.all.contains { $0.contains("it is started again") })
  }

  @Test("is asked for the page behind the next one, where it knows how", arguments: [1, 7, 50, 100, 500])
  func ahead(limit: Int) async throws {
    var faulty = try FaultyStore()
    faulty.isAskedAhead = true
    let store = try await faulty.opened()
    #expect(try await records(of: store, limit: limit) == Self.all)
    #expect(try await records(of: store, limit: limit) == Self.all)
    await store.close()
    #expect(faulty.logged.all == [])
  }

  @Test(
    "loses no page where one that was asked for ahead fails, or begins elsewhere",
    arguments: ["crash", "cut", "transient", "elsewhere", "sizes"])
  func aheadFailure(fault: String) async throws {
    var faulty = try FaultyStore(fault, at: "ahead", once: true)
    defer { faulty.scratch.remove() }
    faulty.isAskedAhead = true
    let store = try await faulty.opened()
    if fault == "sizes" {
      await #expect(throws: PluginError.self) { try await records(of: store) }
    } else {
      #expect(try await records(of: store) == Self.all)
    }
    await store.close()
  }

  @Test("is killed and started again where it hangs", .timeLimit(.minutes(15)))
  func hang() async throws {
    var faulty = try FaultyStore("hang", once: true)
    defer { faulty.scratch.remove() }
    faulty.environment.deadlines.listIdle = 3_000
    faulty.environment.deadlines.cancellation = 1_000
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
    let note = try #require(faulty.logged.all.first)
    #expect(note.contains("did not answer within"))
    #expect(note.contains("ms during store/list, nor when asked to give up"))
  }

  @Test("may take longer than its idle time as long as it tells of progress")
  func progress() async throws {
    var faulty = try FaultyStore("progress", once: true)
    defer { faulty.scratch.remove() }
    // Less than the fixture takes, and far more than from one word to the next.
    faulty.environment.deadlines.listIdle = 5_000
    faulty.environment.deadlines.cancellation = 1_000
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
    #expect(faulty.logged.all == [])
  }

  @Test("may not take longer than its deadline, whatever it tells")
  func endlessProgress() async throws {
    var faulty = try FaultyStore("endless-progress", once: true)
    defer { faulty.scratch.remove() }
    faulty.environment.deadlines.list = 3_000
    faulty.environment.deadlines.cancellation = 1_000
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
    let note = try #require(faulty.logged.all.first)
    #expect(note.contains("ms during store/list, nor when asked to give up"))
  }

  @Test("that fails five times within ten minutes is left alone, and the message says how it ended")
  func breaker() async throws {
    var faulty = try FaultyStore("crash")
    faulty.environment.timing = .quick
    let store = try await faulty.opened()
    let expected = PluginError(
      .internal,
      "faulty failed five times within ten minutes and is left alone; the last time: "
        + "faulty ended with exit status 3 during store/list; its stderr ends: about to crash")
    await #expect(throws: expected) { try await records(of: store) }
    await #expect(throws: expected) { try await store.describe() }
    let waits = faulty.logged.all.filter { $0.contains("started again") }.map {
      $0.split(separator: ";").last ?? ""
    }
    #expect(
      waits == [
        " it is started again", " it is started again in 1000 ms", " it is started again in 2000 ms",
        " it is started again in 4000 ms",
      ])
    // Another plugin goes on.
    let other = try await FaultyStore().opened()
    #expect(try await records(of: other) == Self.all)
    await other.close()
    await store.close()
  }

  @Test("that ends before it was ever ready is not started again", arguments: ["crash", "hang"])
  func neverReady(fault: String) async throws {
    var faulty = try FaultyStore(fault, at: "initialize")
    if fault == "hang" { faulty.environment.deadlines.initialize = 500 }
    faulty.environment.deadlines.cancellation = 50
    let store = try faulty.make()
    let error = await #expect(throws: PluginError.self) {
      try await store.open(PluginConfiguration(instance: "faulty", values: faulty.values))
    }
    #expect(error?.kind == .internal)
    #expect(
      error?.message.contains(fault == "hang" ? "during initialize, nor" : "exit status 3 during initialize")
        == true)
    #expect(faulty.logged.all.allSatisfy { $0 == "[faulty] about to crash" })
  }

  @Test(
    "that breaks the protocol ends with a message that quotes it",
    arguments: [
      (
        "garbage",
        "faulty wrote to stdout what is not of the protocol during store/list: 'connecting to tracker' (an object was expected at byte 0)",
        "write logs to stderr: stdout carries the protocol alone"
      ),
      (
        "request",
        #"faulty wrote to stdout what is not of the protocol during store/list: '{"jsonrpc": "2.0", "id": "p1", "method": "host/please", "params": {}}' (plugins do not make requests)"#,
        "write logs to stderr: stdout carries the protocol alone"
      ),
      (
        "unknown-id", "faulty answered request 'nobody', which nobody made or which was answered before",
        "every request gets exactly one response"
      ),
    ])
  func breach(fault: String, message: String, hint: String) async throws {
    let faulty = try FaultyStore(fault)
    let store = try await faulty.opened()
    await #expect(throws: PluginError(.internal, message, hint: hint)) { try await records(of: store) }
    await store.close()
  }

  @Test("that writes a line longer than the limit ends with the size and the limit")
  func longLine() async throws {
    let store = try await FaultyStore("long").opened()
    let error = await #expect(throws: PluginError.self) { try await records(of: store) }
    let message = try #require(error?.message)
    #expect(message.contains("; the limit is 8388608 bytes; it begins '{\"jsonrpc\":"))
    await store.close()
  }

  @Test(
    "that answers with the wrong shape is told what is wrong",
    arguments: [
      ("too-many", "2000 tickets for a limit of 7"), ("no-tickets", "'tickets' must be a list"),
      ("versions", "'versions' has 2 items for 1 tickets"),
      (
        "sizes",
        "'sizes' must hold the size of each ticket in bytes, and nothing stand between tickets but a comma"
      ),
      ("position", "'malformed' must hold {position, line, message}, positions from 0 to 0"),
    ])
  func shape(fault: String, problem: String) async throws {
    let store = try await FaultyStore(fault).opened()
    let expected = PluginError(.internal, "faulty answered store/list with the wrong shape: \(problem)")
    await #expect(throws: expected) { try await records(of: store) }
    await store.close()
  }

  @Test("that hands out the same cursor for ever is stopped")
  func sameCursor() async throws {
    let store = try await FaultyStore("same-cursor").opened()
    let expected = PluginError(
      .internal,
      "faulty answered store/list with the wrong shape: 'nextCursor' is the cursor that was asked for")
    await #expect(throws: expected) { try await records(of: store) }
    await store.close()
  }

  @Test("is not stalled by 1 MiB of stderr, and all of it is logged")
  func flood() async throws {
    let faulty = try FaultyStore("flood", once: true)
    defer { faulty.scratch.remove() }
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
    #expect(faulty.logged.all.count == 10486)
  }

  @Test("may write byte by byte")
  func slow() async throws {
    var faulty = try FaultyStore("slow", at: "nothing")
    faulty.values["count"] = .number(20)
    let store = try await faulty.opened()
    #expect(try await records(of: store).count == 20)
    await store.close()
  }

  @Test("leaves no process behind that it started itself")
  func child() async throws {
    let faulty = try FaultyStore("child", once: true)
    defer { faulty.scratch.remove() }
    let store = try await faulty.opened()
    _ = try await records(of: store)
    await store.close()
    let pid = try #require(Int32(try faulty.note()))
    #expect(try await isGone(pid))
  }

  @Test("that hears neither the end of stdin nor SIGTERM is killed")
  func deaf() async throws {
    var faulty = try FaultyStore("deaf", at: "shutdown")
    faulty.environment.deadlines.shutdown = 100
    faulty.environment.deadlines.cancellation = 50
    let store = try await faulty.opened()
    let pid = try #require(store.pid)
    await store.close()
    #expect(!isAlive(pid))
  }

  @Test("is asked again where it says that its trouble will pass", arguments: ["transient", "rate-limited"])
  func passing(kind: String) async throws {
    let faulty = try FaultyStore(kind, once: true)
    defer { faulty.scratch.remove() }
    let store = try await faulty.opened()
    #expect(try await records(of: store) == Self.all)
    await store.close()
  }

  @Test("is asked five times in all where its trouble does not pass")
  func lasting() async throws {
    let store = try await FaultyStore("transient").opened()
    await #expect(
      throws: PluginError(.transient, "no: why (5 attempts)", hint: "ask for it", retryAfterMilliseconds: 1)
    ) {
      try await records(of: store)
    }
    await store.close()
  }

  @Test("whose own faults are five is left alone")
  func faults() async throws {
    let store = try await FaultyStore("internal").opened()
    for _ in 1...4 {
      await #expect(throws: PluginError(.internal, "no: why", hint: "ask for it", retryAfterMilliseconds: 1))
      {
        try await records(of: store)
      }
    }
    let expected = PluginError(
      .internal, "faulty failed five times within ten minutes and is left alone; the last time: no: why",
      hint: "ask for it")
    await #expect(throws: expected) { try await records(of: store) }
    await store.close()
  }

  @Test("gives up when nobody waits any more")
  func cancelled() async throws {
    var faulty = try FaultyStore("hang")
    faulty.environment.deadlines.cancellation = 50
    let store = try await faulty.opened()
    let reading = Task { try await records(of: store) }
    try await Task.sleep(for: .milliseconds(300))
    reading.cancel()
    await #expect(throws: (any Error).self) { try await reading.value }
    await store.close()
  }
}
