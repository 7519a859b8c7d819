import PluginAPI
import PluginProtocol
import ProcessAccess
import Synchronization

/// One run of a plugin's process: requests go out, each gets its answer, and the end of the process is everybody's answer.
final class PluginSession: Sendable {
  typealias Answer = Result<WireMessage, SessionFailure>

  private struct Pending {
    var method: WireMethod
    var continuation: CheckedContinuation<Answer, Never>
    /// How long it had taken when it was asked to give up.
    var expired: Int64?
  }

  private struct State {
    /// Nil before the start and after the end of the process.
    var channel: ProcessChannel?
    var pending: [String: Pending] = [:]
    /// Each request from before it is pending until it is answered, and who watches over them.
    var vigil: Vigil
    var watch: Task<Void, Never>?
    var nextID = 1
    /// Why no further request is taken; set before the process is gone.
    var end: SessionEnd?
    var processEnd: ProcessEnd?
    var tail = ErrorTail()
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []
  }

  /// What the outside hears of while nobody asks.
  struct Listener: Sendable {
    /// A line of stderr or `$/log`, redacted.
    var log: @Sendable (String) -> Void = { _ in }
    var changed: @Sendable () -> Void = {}
  }

  private let name: String
  private let context: SessionContext
  private let listener: Listener
  private let state: Mutex<State>

  private init(name: String, context: SessionContext, listener: Listener) {
    self.name = name
    self.context = context
    self.listener = listener
    state = Mutex(State(vigil: Vigil(context.deadlines)))
  }

  /// Starts the process. The session lives as long as it, whoever else holds it.
  static func start(
    _ launch: ProcessLaunch, name: String, context: SessionContext, listener: Listener = Listener()
  ) throws(ChildProcess.SpawnError) -> PluginSession {
    let session = PluginSession(name: name, context: context, listener: listener)
    let channel = try ProcessChannel(
      launch, lineLimit: context.lineLimit, longestSilent: .seconds(2)
    ) { session.receive($0) }
    let isOver = session.state.withLock { state in
      if state.processEnd == nil { state.channel = channel }
      return state.end != nil
    }
    if isOver { channel.signal(EndSignal.kill) }
    return session
  }

  private var channel: ProcessChannel? { state.withLock { $0.channel } }

  var pid: Int32? { channel?.pid }

  func kill() { channel?.signal(EndSignal.kill) }

  /// Whether requests can be made.
  var isAlive: Bool { state.withLock { $0.end == nil } }

  /// Sends a request and waits for its answer, its deadline or the end of the session.
  func request(
    _ method: WireMethod, asked: Gate? = nil,
    _ parameters: @Sendable (inout [UInt8]) -> Void = { _ in }
  ) async throws(SessionFailure) -> WireMessage {
    let id = begin(method)
    defer { state.withLock { $0.vigil.end(id) } }
    let line = WireWriter.request(
      id: id, method.rawValue, deadlineMilliseconds: context.deadlines.hard(method), parameters)
    if line.count > context.lineLimit {
      let message = WireWording.lineTooLong(line.count, limit: context.lineLimit)
      throw .refused(WireError(PluginError(.permanent, message)))
    }
    let answer: Answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(id, method, line, continuation)
        asked?.open()
      }
    } onCancel: {
      Task { await self.giveUp(id, after: 0) }
    }
    return try answer.get()
  }

  /// The id of a new request, which is watched over from now on.
  private func begin(_ method: WireMethod) -> String {
    let now = context.timing.now()
    let (id, needsWatch) = state.withLock { state in
      let id = String(state.nextID)
      state.nextID += 1
      return (id, state.vigil.begin(id, method, now: now))
    }
    if needsWatch { watch() }
    return id
  }

  private func start(
    _ id: String, _ method: WireMethod, _ line: [UInt8], _ continuation: CheckedContinuation<Answer, Never>
  ) {
    let end = state.withLock { state in
      if state.end == nil {
        state.pending[id] = Pending(method: method, continuation: continuation)
      }
      return state.end
    }
    if let end { return continuation.resume(returning: .failure(.ended(end))) }
    send(line)
  }

  private func send(_ line: [UInt8]) {
    trace(Array(line.dropLast()), .host)
    channel?.send(line)
  }

  private func sendCancel(_ id: String) {
    guard state.withLock({ $0.pending[id] != nil }) else { return }
    send(WireWriter.notification(.cancel, .object(["id": .text(id)])))
  }

  // MARK: Deadlines

  /// Watches instead of who did.
  private func watch() {
    let task = Task { await self.watchOver() }
    let before = state.withLock { state in
      defer { state.watch = task }
      return state.watch
    }
    before?.cancel()
  }

  /// Waits for as long as requests may take, then asks the plugin to give up, then gives up on the plugin.
  private func watchOver() async {
    while !Task.isCancelled {
      let now = context.timing.now()
      let (expired, wake) = state.withLock { $0.vigil.look(now: now) }
      for request in expired { Task { await giveUp(request.id, after: request.elapsed) } }
      guard let wake, (try? await context.timing.sleep(wake - now)) != nil else { return }
    }
  }

  /// Cancels a request and, where not even that is answered, ends the session.
  private func giveUp(_ id: String, after elapsed: Int64) async {
    state.withLock { $0.pending[id]?.expired = elapsed }
    sendCancel(id)
    guard (try? await context.timing.sleep(context.deadlines.cancellation)) != nil,
      state.withLock({ $0.pending[id] != nil })
    else { return }
    end(.hung(milliseconds: elapsed))
  }

  // MARK: What arrives

  private func receive(_ event: ProcessChannel.Event) {
    switch event {
    case .line(let line): receive(line)
    case .lineTooLong(let size, let beginning):
      end(.lineTooLong(size, limit: context.lineLimit, quotation: WireSyntaxError.quotation(of: beginning)))
    case .errorLine(let line): log(line)
    case .expired: break
    // A crash in the middle of a line is a crash: the end that follows says more.
    case .unfinishedLine(let line): trace(line, .plugin)
    case .end(let processEnd):
      trace(Array(processEnd.text.utf8), .end)
      state.withLock { state in
        state.processEnd = processEnd
        state.channel = nil
      }
      end(.process(processEnd))
      let waiting = state.withLock { state in
        defer { state.waitingForEnd = [] }
        return state.waitingForEnd
      }
      for continuation in waiting { continuation.resume() }
    }
  }

  private func receive(_ line: [UInt8]) {
    trace(line, .plugin)
    let message: WireMessage
    do throws(WireSyntaxError) { message = try WireMessage(line: line) } catch {
      return end(.garbage(quotation: error.quotation, reason: error.reason))
    }
    switch message.kind {
    case .response(let id): answer(id, .success(message))
    case .failure(let id?, let error): answer(id, .failure(.refused(error)))
    case .failure(nil, let error):
      end(.garbage(quotation: WireSyntaxError.quotation(of: line), reason: error.message))
    case .notification(let method): receiveNotification(method, message)
    case .request:
      end(.garbage(quotation: WireSyntaxError.quotation(of: line), reason: "plugins do not make requests"))
    }
  }

  private func answer(_ id: String, _ answer: Answer) {
    // Whoever answers one request is at work on the next one.
    noteProgress(nil)
    guard let pending = state.withLock({ $0.pending.removeValue(forKey: id) }) else {
      return end(.unknownAnswer(id: id))
    }
    if let elapsed = pending.expired, case .failure(.refused(let error)) = answer,
      error.code == WireErrorCode.cancelled
    {
      return pending.continuation.resume(
        returning: .failure(.tooSlow(pending.method, milliseconds: elapsed)))
    }
    pending.continuation.resume(returning: answer)
  }

  private func receiveNotification(_ method: String, _ message: WireMessage) {
    switch WireMethod(rawValue: method) {
    case .progress: noteProgress((try? message.value("id"))?.text)
    case .log: log((try? message.value("message"))?.text ?? "")
    case .changed: listener.changed()
    default: break
    }
  }

  /// Progress of one request, or of all where it names none.
  private func noteProgress(_ id: String?) {
    let now = context.timing.now()
    state.withLock { $0.vigil.noteSign(id, now: now) }
  }

  private func log(_ line: String) {
    let line = context.redaction.apply(line)
    trace(Array(line.utf8), .stderr)
    state.withLock { $0.tail.append(line) }
    listener.log(line)
  }

  private func trace(_ line: [UInt8], _ speaker: Transcript.Speaker) {
    context.transcript?.write(line, from: speaker, plugin: name, redaction: context.redaction)
  }

  // MARK: The end

  /// Ends the session for everybody; the first reason counts. A process that is still there is killed.
  private func end(_ reason: SessionEnd.Reason) {
    let (pending, isFirst, isGone) = state.withLock { state in
      defer { state.pending = [:] }
      let isFirst = state.end == nil
      if isFirst {
        let method = state.pending.values.map(\.method.rawValue).min()
        state.end = SessionEnd(
          reason: redacted(reason), method: method, errors: .init(text: state.tail.quotation))
      }
      return (state.pending.values.map(\.continuation), isFirst, state.processEnd != nil)
    }
    if isFirst { state.withLock { $0.watch }?.cancel() }
    if isFirst, !isGone { channel?.signal(EndSignal.kill) }
    guard let end = state.withLock({ $0.end }) else { return }
    for continuation in pending { continuation.resume(returning: .failure(.ended(end))) }
  }

  private func redacted(_ reason: SessionEnd.Reason) -> SessionEnd.Reason {
    switch reason {
    case .garbage(let quotation, let reason):
      .garbage(quotation: context.redaction.apply(quotation), reason: context.redaction.apply(reason))
    case .lineTooLong(let size, let limit, let quotation):
      .lineTooLong(size, limit: limit, quotation: context.redaction.apply(quotation))
    default: reason
    }
  }

  /// Asks the plugin to finish, and sees to it that its process is gone when this returns. Throws what `shutdown` was
  /// answered with.
  func shutDown() async throws(SessionFailure) {
    var failure: SessionFailure?
    do throws(SessionFailure) { _ = try await request(.shutdown) } catch { failure = error }
    await finish()
    if let failure, case .refused = failure { throw failure }
  }

  /// Closes stdin and waits; then SIGTERM to the group and a wait; then SIGKILL.
  private func finish() async {
    state.withLock { state in
      if state.end == nil { state.end = SessionEnd(reason: .closed, method: nil, errors: .init(text: "")) }
    }
    channel?.closeInput()
    let escalation = Task {
      for number in [EndSignal.terminate, EndSignal.kill] {
        try await context.timing.sleep(context.deadlines.shutdown)
        channel?.signal(number)
      }
    }
    await untilGone()
    escalation.cancel()
  }

  /// Returns when the process is gone.
  func untilGone() async {
    await withCheckedContinuation { continuation in
      let isGone = state.withLock { state in
        if state.processEnd == nil { state.waitingForEnd.append(continuation) }
        return state.processEnd != nil
      }
      if isGone { continuation.resume() }
    }
  }
}

/// What all sessions of one plugin share.
struct SessionContext: Sendable {
  var deadlines = Deadlines()
  var timing = Timing.system
  var lineLimit = WireLimits.lineBytes
  var redaction = Redaction()
  var transcript: Transcript?
}
