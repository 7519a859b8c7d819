import PluginAPI
import PluginProtocol
import ProcessAccess
import Synchronization

/// A plugin's process, kept alive: started, asked, started again after a crash with the same request, and ended.
///
/// Requests are self-contained, so a restart is a replay of `initialize` and a retry. A process that fails before it was ever
/// ready is not started again: that would only make the same message late.
final class SupervisedPlugin: Sendable {
  private struct State {
    var configuration: PluginConfiguration?
    var session: PluginSession?
    var capabilities: Capabilities?
    var policy = RestartPolicy()
    /// The last session that ended by a fault, and how; several requests may hear of one end.
    var lastFailed: PluginSession?
    var lastEnd: SessionEnd?
    var wasReady = false
    var isClosed = false
  }

  let manifest: PluginManifest
  private let environment: PluginEnvironment
  private let state = Mutex(State())
  private let redaction = Mutex(Redaction())
  private let turnstile: Turnstile
  /// One at a time starts the process.
  private let starting = Turnstile(1)
  let changes = ChangeHints()

  init(_ manifest: PluginManifest, _ environment: PluginEnvironment) {
    self.manifest = manifest
    self.environment = environment
    turnstile = Turnstile(manifest.concurrency)
  }

  /// The process's number; nil while there is none.
  var pid: Int32? { state.withLock { $0.session?.pid } }

  /// Kills the process, as a crash would end it: the next request starts another one.
  func kill() { state.withLock { $0.session }?.kill() }

  var capabilities: Capabilities? { state.withLock { $0.capabilities } }

  /// Whether it takes two requests at once and knows what the second one is about.
  var isAskedAhead: Bool { manifest.concurrency > 1 && capabilities?.isAskedAhead == true }

  /// Checks the settings against the manifest, resolves secrets, starts the process and makes it ready.
  func open(_ configuration: PluginConfiguration) async throws(PluginError) {
    let (configuration, secrets) = try manifest.resolve(configuration, environment)
    redaction.withLock { $0 = Redaction(secrets) }
    state.withLock { $0.configuration = configuration }
    _ = try await session()
  }

  /// One request with its answer, whatever happens to the process meanwhile.
  ///
  /// - Parameter asked: opened when the request was sent.
  func call(
    _ method: WireMethod, asked: Gate? = nil,
    _ parameters: @escaping @Sendable (inout [UInt8]) -> Void = { _ in }
  ) async throws(PluginError) -> WireMessage {
    await turnstile.enter()
    defer { turnstile.leave() }
    while true {
      let session = try await session()
      do throws(SessionFailure) {
        let message = try await session.request(method, asked: asked, parameters)
        state.withLock { $0.policy.recordSuccess() }
        return message
      } catch {
        try await handle(error, session)
      }
    }
  }

  /// Returns where another try with a new process is in order; throws otherwise.
  private func handle(_ failure: SessionFailure, _ session: PluginSession) async throws(PluginError) {
    switch failure {
    case .refused(let error):
      let error = redacted(error.pluginError)
      if error.kind == .internal { try recordFault(error) }
      throw error
    case .tooSlow(let method, let milliseconds):
      throw PluginError(.transient, Wording.tooSlow(manifest.name, method.rawValue, milliseconds))
    case .ended(let end):
      let error = Wording.ended(manifest.name, end)
      guard end.mayRestart, !state.withLock({ $0.isClosed }) else { throw error }
      try await recover(from: end, of: session, error)
    }
  }

  /// An error of the kind `internal` counts toward the breaker, but the process that gave it is sound enough to go on.
  private func recordFault(_ error: PluginError) throws(PluginError) {
    let verdict = state.withLock { $0.policy.recordFailure(at: environment.timing.now(), chance: 0) }
    if verdict == .giveUp { throw Wording.givenUp(manifest.name, error) }
  }

  private func recover(
    from end: SessionEnd, of session: PluginSession, _ error: PluginError
  ) async throws(PluginError) {
    let timing = environment.timing
    let (verdict, wasReady) = state.withLock { state in
      if state.lastFailed === session { return (RestartPolicy.Verdict.restart(afterMilliseconds: 0), true) }
      state.lastFailed = session
      state.lastEnd = end
      return (state.policy.recordFailure(at: timing.now(), chance: timing.chance()), state.wasReady)
    }
    guard wasReady else { throw error }
    guard case .restart(let wait) = verdict else { throw Wording.givenUp(manifest.name, error) }
    environment.log(manifest.name, Wording.restarts(error.message, afterMilliseconds: wait))
    if wait > 0, (try? await timing.sleep(wait)) == nil { throw error }
  }

  // MARK: Secrets

  /// Whatever a plugin says that somebody may see: its secrets are its own.
  func redacted(_ text: String) -> String { redaction.withLock { $0 }.apply(text) }

  private func redacted(_ error: PluginError) -> PluginError { redaction.withLock { $0 }.apply(error) }

  // MARK: Starting

  /// The session in use, or a new one.
  private func session() async throws(PluginError) -> PluginSession {
    await starting.enter()
    defer { starting.leave() }
    while true {
      let (current, isOpen, configuration) = state.withLock {
        ($0.session, $0.policy.isOpen, $0.configuration)
      }
      if let current, current.isAlive { return current }
      await current?.untilGone()
      guard let configuration else { throw PluginError(.internal, Wording.notOpen(manifest.name)) }
      if isOpen {
        let end = state.withLock { $0.lastEnd }
        let cause = end.map { Wording.ended(manifest.name, $0) } ?? PluginError(.internal, "")
        throw Wording.givenUp(manifest.name, cause)
      }
      if let session = try await start(configuration) { return session }
    }
  }

  /// Nil where the process failed and another try is in order.
  private func start(_ configuration: PluginConfiguration) async throws(PluginError) -> PluginSession? {
    let launch = try manifest.launch(environment)
    let session: PluginSession
    do throws(ChildProcess.SpawnError) {
      session = try PluginSession.start(
        launch, name: configuration.instance, context: context, listener: listener)
    } catch {
      throw PluginError(.configuration, Wording.cannotStart(launch.path, error), hint: Wording.commandHint)
    }
    do throws(SessionFailure) {
      let message = try await session.request(.initialize) { self.appendParameters(configuration, to: &$0) }
      try accept(message, session)
      return session
    } catch {
      if session.isAlive { try? await session.shutDown() }
      try await handle(error, session)
      return nil
    }
  }

  private var context: SessionContext {
    SessionContext(
      deadlines: environment.deadlines, timing: environment.timing, redaction: redaction.withLock { $0 },
      transcript: environment.transcript)
  }

  private var listener: PluginSession.Listener {
    let (name, log, changes) = (manifest.name, environment.log, changes)
    return PluginSession.Listener(log: { log(name, $0) }, changed: { changes.tell() })
  }

  private func appendParameters(_ configuration: PluginConfiguration, to line: inout [UInt8]) {
    line.appendKey("protocol")
    line.appendJSON(.number(Double(WireLimits.version)))
    line.appendKey("host")
    line.appendJSON(.object(["name": .text("docket"), "version": .text(environment.hostVersion)]))
    line.appendKey("instance")
    line.appendJSONString(configuration.instance)
    line.appendKey("config")
    line.appendJSON(.object(configuration.values.mapValues { JSONValue($0) }))
    line.appendKey("limits")
    line.appendJSON(.object(["lineBytes": .number(Double(WireLimits.lineBytes))]))
  }

  /// Reads what `initialize` was answered with.
  private func accept(_ message: WireMessage, _ session: PluginSession) throws(SessionFailure) {
    let version = (try? message.value("protocol"))?.integer
    guard version == WireLimits.version else {
      throw .refused(WireError(PluginError(.configuration, Wording.otherProtocol(manifest.name, version))))
    }
    let capabilities = (try? message.value("capabilities")).flatMap { Capabilities($0) }
    state.withLock { state in
      state.session = session
      state.capabilities = capabilities ?? Capabilities([] as StoreCapabilities)
      state.wasReady = true
    }
  }

  // MARK: The end

  /// Ends the process; throws what the plugin answered to `shutdown`.
  func close() async throws(PluginError) {
    let session = state.withLock { state in
      state.isClosed = true
      return state.session
    }
    changes.finish()
    guard let session else { return }
    do throws(SessionFailure) { try await session.shutDown() } catch {
      if case .refused(let error) = error { throw redacted(error.pluginError) }
    }
  }
}
