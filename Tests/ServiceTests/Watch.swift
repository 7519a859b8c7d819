#if Service
  import Engine
  import Foundation
  import PluginAPI
  import RuleEvaluator
  import SQLiteState
  import Synchronization
  import TestSupport
  import Testing
  import WorkingTime

  /// A state file, a clock, tickets and notifiers, over which services start and end.
  final class Watch: Sendable {
    let folder: String
    let clock: TestClock
    let store: WorldStore
    let notifiers: [(name: String, inbox: Inbox)]
    private let log = Mutex([ServiceEvent]())

    /// More fields may follow.
    static let fields = """
      language: en
      time_zone: UTC
      fields:
        id: {type: string}
        opened_at: {type: instant}
        done_at: {type: instant}
        kind: {type: string, max_length: 20}

      """
    /// Four hours to answer, with a warning at half of them.
    static let rules =
      fields + """
        windows:
          answer: {start: opened_at, stop: done_at, target: 4 hours, warn: [50%]}
        """
    /// The same, with warnings of one kind that go out together.
    static let batches =
      rules + """

        notifications:
          - {id: N-1, on: [window.warning], to: [lead], group_by: [kind], group_wait: 5 minutes, message: {en: "{id} soon"}}
        """

    init(
      _ now: String = "2026-03-02T08:00:00Z", store: WorldStore = WorldStore(),
      notifiers: [(String, Inbox)] = [("desk", Inbox())], clock: TestClock? = nil
    ) throws {
      folder = NSTemporaryDirectory() + "docket-service-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      self.clock = try clock ?? TestClock(try instant(now))
      self.store = store
      self.notifiers = notifiers
    }

    /// With the same state, clock and tickets, and other notifiers.
    convenience init(copying other: Watch, notifiers: [(String, Inbox)]) throws {
      try self.init(store: other.store, notifiers: notifiers, clock: other.clock)
      try FileManager.default.copyItem(atPath: other.path, toPath: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var inbox: Inbox { notifiers[0].inbox }
    var events: [ServiceEvent] { log.withLock { $0 } }
    var problems: [ServiceProblem] {
      events.compactMap { if case .problem(let problem) = $0 { problem } else { nil } }
    }
    var path: String { "\(folder)/state.db" }

    /// A ticket that was opened then, and perhaps answered.
    func put(_ id: String, opened: String, done: String? = nil, kind: String = "x") {
      let answered = done.map { ", \"done_at\": \"2026-03-02T\($0):00Z\"" } ?? ""
      let day = opened.contains("T") ? opened : "2026-03-02T\(opened):00Z"
      store.put(id, "{\"id\": \"\(id)\", \"opened_at\": \"\(day)\", \"kind\": \"\(kind)\"\(answered)}")
    }

    /// Runs a service while `body` does what happens meanwhile, and ends it gracefully.
    ///
    /// - Parameter isPatient: whether a delivery may take as long as it likes: the test moves the clock by hours while a
    ///   delivery may wait for its thread, and would else find it timed out, and made twice.
    func run(
      rules: String = Watch.rules, path: String? = nil, settings: ServiceSettings = ServiceSettings(),
      with others: [Service.NamedNotifier]? = nil, isPatient: Bool = true,
      _ body: (Service) async throws -> Void
    ) async throws {
      var settings = settings
      if isPatient { settings.deliveryTimeout = 10_000 * .day }
      let state = SQLiteState(path: path ?? self.path)
      let service = Service(
        rulebook: try compile(rules), store: store,
        notifiers: others ?? notifiers.map { Service.NamedNotifier($0.name, $0.inbox) }, state: state,
        clock: clock, settings: settings, events: { [self] event in log.withLock { $0.append(event) } })
      let work = Task { try await service.run() }
      do {
        try await body(service)
      } catch {
        work.cancel()
        _ = await work.result
        state.close()
        throw error
      }
      service.stop()
      // Whoever waits for a second of this clock wakes up.
      let ticking = Task { [clock] in
        while !Task.isCancelled {
          clock.set(to: clock.now())
          try? await Task.sleep(for: .milliseconds(1))
        }
      }
      let result = await work.result
      ticking.cancel()
      state.close()
      try result.get()
    }

    /// Waits until no timer is due at this instant.
    func settle(_ service: Service, sourceLocation: SourceLocation = #_sourceLocation) async throws {
      try await until(sourceLocation: sourceLocation) {
        let counts = try await service.counts()
        let now = self.clock.now()
        return counts.nextDue.map { $0 > now } ?? true
      }
    }
  }

  /// Looks again and again, for up to 20 seconds, which only a failure takes.
  func until(
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    for _ in 0..<4000 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it did not come to pass", sourceLocation: sourceLocation)
    throw DidNotHappen()
  }

  struct DidNotHappen: Error {}
#endif
