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
      var problem: String?
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

    /// Why the rules on disk are not those in force; nil where they are.
    var problem: String? { state.withLock { $0.problem } }

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
      let rulebook: Rulebook
      do {
        rulebook = try usableRulebook()
      } catch {
        state.withLock { $0.problem = "\(error.summary)\(error.place); those in force go on" }
        return log.error("\(reason), but \(error.summary); those in force go on\(error.details)")
      }
      let isNew = state.withLock { state in
        defer { (state.identity, state.problem) = (rulebook.identity, nil) }
        return state.identity != rulebook.identity
      }
      if !isNew { return log.info("\(reason); the rules are the same") }
      log.info("\(reason); loaded \(rulebook.identity)")
      log.noteWaivers(of: rulebook, at: .now)
      replace(rulebook)
    }

    private func usableRulebook() throws(Refusal) -> Rulebook {
      let loaded: LoadedRulebook
      do {
        loaded = try LoadedRulebook(path)
      } catch {
        throw Refusal(
          summary: "the rules cannot be read", place: ": \(error.message)", details: ": \(error.message)")
      }
      guard let rulebook = loaded.rulebook else {
        let messages = TextRenderer(sources: loaded.sources).render(loaded.diagnostics)
        let first = loaded.diagnostics.first { $0.severity == .error }?.place
        throw Refusal(
          summary: "the rules have errors", place: first.map { ", the first in \($0.lineReference)" } ?? "",
          details: "\n\(messages)")
      }
      if let failure = channels.failure(of: rulebook) {
        throw Refusal(summary: "the rules cannot be used", details: "\n\(failure.text)")
      }
      return rulebook
    }

    /// Why rules do not come into force.
    private struct Refusal: Error {
      var summary: String
      /// Where, for the page of health, which has one line for it.
      var place = ""
      /// As they stand behind the summary in the log.
      var details: String
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
