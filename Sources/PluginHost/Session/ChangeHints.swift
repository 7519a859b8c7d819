import Synchronization

/// Passes `store/changed` on to whoever listens; hints that nobody took are one.
final class ChangeHints: Sendable {
  private let continuations = Mutex<[AsyncStream<Void>.Continuation]>([])

  func stream() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    continuations.withLock { $0.append(continuation) }
    return stream
  }

  func tell() {
    for continuation in continuations.withLock({ $0 }) { continuation.yield() }
  }

  func finish() {
    for continuation in continuations.withLock({ $0 }) { continuation.finish() }
  }
}
