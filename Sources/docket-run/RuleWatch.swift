#if Service
  import CommandOptions
  import Diagnostics
  import Engine
  import FileAccess
  import Logging
  import RuleEvaluator
  import ServiceLifecycle
  import Synchronization
  import UnixSignals

  /// Looks after the rules' files: on SIGHUP, and when one of them has changed, they are loaded anew.
  ///
  /// Rules with an error are refused with their messages, and those in force go on.
  final class RuleWatch: ServiceLifecycle.Service {
    private let path: String
    private let channels: ChannelCheck
    private let log: Logger
    private let replace: @Sendable (Rulebook) -> Void
    private let state: Mutex<State>

    private struct State {
      var identity: String
      var seen: FolderFingerprint
    }

    init(
      _ rulebook: Rulebook, at path: String, seen: FolderFingerprint, channels: ChannelCheck, log: Logger,
      replace: @escaping @Sendable (Rulebook) -> Void
    ) {
      self.path = path
      self.channels = channels
      self.log = log
      self.replace = replace
      state = Mutex(State(identity: rulebook.identity, seen: seen))
    }

    /// The rulebook in force.
    var identity: String { state.withLock { $0.identity } }

    func run() async throws {
      await withGracefulShutdownHandler {
        await withTaskGroup(of: Void.self) { group in
          group.addTask { await self.watchFiles() }
          group.addTask {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
              self.reload(because: "SIGHUP came")
            }
          }
          await group.next()
          group.cancelAll()
        }
      } onGracefulShutdown: {
      }
    }

    /// Asks the folder twice a second: one system call for each file.
    private func watchFiles() async {
      while !Task.isShuttingDownGracefully, !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(500))
        let now = FolderFingerprint(path)
        let isNew = state.withLock { state in
          defer { state.seen = now }
          return state.seen != now
        }
        if isNew { reload(because: "a rule file has changed") }
      }
    }

    private func reload(because reason: String) {
      let loaded: LoadedRulebook
      do {
        loaded = try LoadedRulebook(path)
      } catch {
        return log.error("\(reason), but the rules cannot be read; those in force go on: \(error.message)")
      }
      let messages = TextRenderer(sources: loaded.sources).render(loaded.diagnostics)
      guard let rulebook = loaded.rulebook else {
        return log.error("\(reason), but the rules have errors; those in force go on\n\(messages)")
      }
      if let failure = channels.failure(of: rulebook) {
        return log.error("\(reason), but the rules cannot be used; those in force go on\n\(failure.text)")
      }
      if rulebook.identity == identity { return log.info("\(reason); the rules are the same") }
      state.withLock { $0.identity = rulebook.identity }
      log.info("\(reason); loaded \(rulebook.identity)")
      log.noteWaivers(of: rulebook, at: .now)
      replace(rulebook)
    }
  }

  /// What a folder's files look like from outside: a change of any of them changes it.
  struct FolderFingerprint: Hashable, Sendable {
    private let files: [FileFingerprint]

    init(_ path: String) {
      let paths = kindOfFile(path) == .folder ? (try? filesBelow(path)) ?? [] : [path]
      files = paths.map { FileFingerprint($0) }
    }
  }
#endif
