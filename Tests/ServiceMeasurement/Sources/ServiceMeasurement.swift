import Foundation

#if Service && SQLite
  import Engine
  import PluginAPI
  import RuleEvaluator
  import SQLiteState
  import SQLiteStore
  import Synchronization
  import WorkingTime
#endif

/// The service over tickets in SQLite, for Benchmarks/service/bench.py:
///
///     servicemeasurement make TICKETS.db
///     servicemeasurement run RULES TICKETS.db STATE.db
///     servicemeasurement say
///
/// While it runs it says ten times a second, as a line of JSON, what it has done, and once a second where that is nothing; it ends
/// with its standard input. The last one only says, and tells what that takes.
@main
struct ServiceMeasurement {
  static func main() async throws {
    #if Service && SQLite
      let words = CommandLine.arguments
      if words.dropFirst() == ["say"] {
        let saying = Task { await say(Tally()) }
        atEndOfInput { saying.cancel() }
        return await saying.value
      }
      guard words.count == 3 || words.count == 5 else { return usage() }
      let store = SQLiteStore()
      try await store.open(
        PluginConfiguration(
          instance: "sqlite",
          values: ["path": .text(words[words.count == 3 ? 2 : 3]), "create": .boolean(true)]))
      if words.count == 5 { try await run(store, rules: words[2], state: words[4]) }
      store.close()
    #else
      usage()
    #endif
  }

  private static func usage() {
    print("servicemeasurement make TICKETS.db | run RULES TICKETS.db STATE.db | say")
    print("It is built with --traits Service,SQLite.")
  }

  #if Service && SQLite
    private static func say(_ tally: Tally) async {
      var rounds = 0
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(100))
        rounds += 1
        if tally.hasNews || rounds.isMultiple(of: 10) { tally.say() }
      }
    }

    private static func atEndOfInput(_ body: @escaping @Sendable () -> Void) {
      Thread.detachNewThread {
        while readLine() != nil {}
        body()
      }
    }

    private static func run(_ store: SQLiteStore, rules: String, state path: String) async throws {
      guard let rulebook = try LoadedRulebook(rules).rulebook else { return print("the rules have errors") }
      let tally = Tally()
      let state = SQLiteState(path: path)
      let service = Service(
        rulebook: rulebook, store: store, notifiers: [Service.NamedNotifier("sink", Sink())], state: state,
        clock: WallClock(), events: { tally.count($0) })
      let saying = Task { await say(tally) }
      atEndOfInput { service.stop() }
      try await service.run()
      saying.cancel()
      tally.say()
      state.close()
    }
  #endif
}

#if Service && SQLite
  /// A notifier that takes everything at once.
  private struct Sink: Notifier {
    func open(_ configuration: PluginConfiguration) {}
    func check() -> [PluginProblem] { [] }
    func close() {}
    func deliver(_ deliveries: [Delivery]) -> [Receipt] {
      deliveries.map { Receipt(key: $0.key, status: .delivered) }
    }
  }

  private struct WallClock: ServiceClock {
    func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
    func wait(milliseconds: Int64) async { try? await Task.sleep(for: .milliseconds(milliseconds)) }
  }

  /// What has happened so far.
  private final class Tally: Sendable {
    private struct Counts: Codable {
      var seconds = 0.0
      /// Of this process, in seconds.
      var processor = 0.0
      /// The most memory so far, in bytes.
      var peak = 0
      var started = 0.0
      var swept = 0.0
      var evaluated = 0
      var unchanged = 0
      var written = 0
      var queued = 0
      var delivered = 0
      var late = 0
      /// The most milliseconds that a notice came after its time, since the last line.
      var lag: Int64 = 0
      var problems: [String] = []
    }

    private let news = Atomic(false)
    var hasNews: Bool { news.load(ordering: .relaxed) }

    private let counts = Mutex(Counts())
    private let begin = ContinuousClock.now

    private var seconds: Double { (ContinuousClock.now - begin) / .seconds(1) }

    func count(_ event: ServiceEvent) {
      let now = seconds
      news.store(true, ordering: .relaxed)
      counts.withLock { counts in
        switch event {
        case .started: counts.started = now
        case .swept: counts.swept = now
        case .evaluated(let tickets, let unchanged):
          counts.evaluated += tickets - unchanged
          counts.unchanged += unchanged
        case .decisions(let written, _): counts.written += written
        case .queued(let number): counts.queued += number
        case .delivered(_, let number, let late, let lag):
          counts.delivered += number
          counts.late += late
          counts.lag = max(counts.lag, lag)
        case .problem(let problem): counts.problems.append(problem.message)
        default: break
        }
      }
    }

    func say() {
      news.store(false, ordering: .relaxed)
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let line = counts.withLock { counts in
        counts.seconds = seconds
        counts.processor = usage.ru_utime.seconds + usage.ru_stime.seconds
        counts.peak = usage.ru_maxrss * 1024
        defer { (counts.lag, counts.problems) = (0, []) }
        return (try? JSONEncoder().encode(counts)) ?? Data()
      }
      FileHandle.standardOutput.write(line + Data("\n".utf8))
    }
  }

  extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
  }
#endif
