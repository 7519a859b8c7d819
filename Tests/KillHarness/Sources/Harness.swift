import Foundation

#if Service
  import Engine
  import SQLiteState
  import TestSupport
  import WorkingTime
#endif

/// A service over a world of tickets that change, to be killed at any moment:
///
///     killharness run FOLDER SEED LIFE FROM FACTOR
///     killharness judge FOLDER SEED FACTOR
///
/// FROM is the instant of the world, in milliseconds, at which this life begins; time passes FACTOR times as fast. It ends by
/// itself when everything that ever falls due has been sent. The judge says as JSON what arrived, and what should have.
@main
struct Harness {
  static func main() async throws {
    #if Service
      let words = CommandLine.arguments
      guard words.count >= 4, let seed = Int(words[3]) else { return usage() }
      let rulebook = try compile(World.rules)
      let world = World(seed: seed)
      if words[1] == "judge" {
        let verdict = Judge(
          world: world, rulebook: rulebook, folder: words[2],
          sight: Int64(5_000 * (words.count > 4 ? Double(words[4]) ?? 1 : 1))
        ).verdict()
        return print(String(decoding: try JSONEncoder().encode(verdict), as: UTF8.self))
      }
      guard words.count == 7, let life = Int(words[4]), let from = Int64(words[5]),
        let factor = Double(words[6])
      else { return usage() }
      let clock = WorldClock(start: Instant(milliseconds: from), factor: factor)
      var settings = ServiceSettings()
      settings.watchingSince = World.start
      let chance = seed &* 1_000_003 &+ life
      let folder = words[2]
      let store = WorldStore(world, clock, seed: chance)
      let service = Service(
        rulebook: rulebook, store: store,
        notifiers: ["desk", "board"].enumerated().map { index, name in
          Service.NamedNotifier(name, Receiver(folder: folder, name: name, seed: chance &* 2 &+ index))
        }, state: SQLiteState(path: "\(folder)/state.db"), clock: ScaledClock(clock: clock),
        settings: settings, events: { log($0) })
      let watching = Task { try await end(service, store, clock) }
      try await service.run()
      _ = try await watching.value
      print("done")
    #else
      usage()
    #endif
  }

  private static func usage() {
    print("killharness run FOLDER SEED LIFE FROM FACTOR | judge FOLDER SEED FACTOR")
  }

  #if Service
    /// What should never happen here.
    @Sendable private static func log(_ event: ServiceEvent) {
      switch event {
      case .rejected, .unknownNotifier, .unreadable, .decisionRejected: print(event)
      case .problem(let problem) where problem.source == .state: print(event)
      default: break
      }
    }

    private static func end(_ service: Service, _ store: WorldStore, _ clock: WorldClock) async throws {
      var quiet = 0
      while quiet < 5 {
        try await Task.sleep(for: .milliseconds(20))
        guard clock.now() > World.judgement, store.isReadToTheEnd, let counts = try? await service.counts()
        else { continue }
        let isQuiet = counts.outbox.isEmpty && (counts.nextDue.map { $0 > clock.now() } ?? true)
        quiet = isQuiet ? quiet + 1 : 0
      }
      service.stop()
    }
  #endif
}

#if Service
  /// The world's time for the service.
  struct ScaledClock: ServiceClock {
    let clock: WorldClock

    func now() -> Instant { clock.now() }

    func wait(milliseconds: Int64) async {
      try? await Task.sleep(for: .milliseconds(Double(milliseconds) / clock.factor))
    }
  }
#endif
