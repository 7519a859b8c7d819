import PluginAPI
import PluginProtocol
import Synchronization

/// Takes requests from stdin and answers each of them once, in order, one at a time.
final class RequestLoop: Sendable {
  private struct State {
    /// What is being worked on.
    var current: (id: [UInt8], task: Task<[UInt8], Never>)?
    /// Ids that were cancelled before their turn, no more than wait.
    var cancelled = Set<[UInt8]>()
    var waiting = Set<[UInt8]>()
    var hasEnded = false
  }

  /// The loop that a task works for, for `reportProgress`.
  @TaskLocal private static var loop: RequestLoop?

  private let requests: any PortRequests
  private let description: PluginDescription
  private let output: OutputStream
  private let state = Mutex(State())

  init(_ requests: any PortRequests, _ description: PluginDescription, output: OutputStream) {
    self.requests = requests
    self.description = description
    self.output = output
  }

  func run() async {
    let (messages, continuation) = AsyncStream.makeStream(of: WireMessage.self)
    InputThread(lineLimit: WireLimits.lineBytes) { event in
      switch event {
      case .line(let line): self.receive(line, continuation)
      case .tooLong(let size): self.refuse(size)
      case .end: self.end(continuation)
      }
    }.start()
    let session = PluginSession(requests, description, output: output)
    for await message in messages { await answer(message, in: session) }
    await session.abandon()
  }

  /// Tells of progress with the request that waits: what a store reads ahead began with an earlier one.
  static func reportProgress() {
    guard let loop, let current = loop.state.withLock({ $0.current?.id }),
      let id = try? JSONValue(reading: current)
    else { return }
    loop.output.write(WireWriter.notification(.progress, .object(["id": id])))
  }

  /// Called by the input's thread.
  private func receive(_ line: [UInt8], _ continuation: AsyncStream<WireMessage>.Continuation) {
    let message: WireMessage
    do throws(WireSyntaxError) { message = try WireMessage(line: line) } catch {
      let code = error.id == nil ? WireErrorCode.parseError : WireErrorCode.invalidRequest
      return output.write(WireWriter.failure(id: error.id, WireError(code, error.reason)))
    }
    switch message.kind {
    case .request(let id, _):
      state.withLock { _ = $0.waiting.insert(id) }
      continuation.yield(message)
    case .notification(WireMethod.cancel.rawValue): cancel(message)
    case .notification, .response, .failure: break
    }
  }

  private func refuse(_ size: Int) {
    let message = WireWording.lineTooLong(size, limit: WireLimits.lineBytes)
    output.write(WireWriter.failure(id: nil, WireError(WireErrorCode.invalidRequest, message)))
  }

  private func end(_ continuation: AsyncStream<WireMessage>.Continuation) {
    continuation.finish()
    state.withLock { state in
      state.hasEnded = true
      state.current?.task.cancel()
    }
  }

  private func cancel(_ message: WireMessage) {
    guard let range = message.range(of: "id") else { return }
    let id = Array(message.bytes[range])
    state.withLock { state in
      if let current = state.current, current.id == id {
        current.task.cancel()
      } else if state.waiting.contains(id) {
        state.cancelled.insert(id)
      }
    }
  }

  private func answer(_ message: WireMessage, in session: PluginSession) async {
    guard case .request(let id, _) = message.kind else { return }
    let task: Task<[UInt8], Never>? = state.withLock { state in
      state.waiting.remove(id)
      if state.cancelled.remove(id) != nil || state.hasEnded { return nil }
      let task = Task { await Self.$loop.withValue(self) { await session.answer(message, id: id) } }
      state.current = (id, task)
      return task
    }
    let line = await task?.value ?? WireWriter.failure(id: id, .cancelled)
    state.withLock { $0.current = nil }
    output.write(line)
  }
}

extension WireError {
  /// The answer to a request that nobody waits for any more.
  static let cancelled = WireError(WireErrorCode.cancelled, "the request was cancelled")
}
