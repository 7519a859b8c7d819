import FileAccess
import Glibc

/// Reads stdin on a thread of its own, so that `$/cancel` and the end of input are seen while a request is worked on.
final class InputThread: Sendable {
  private let lineLimit: Int
  private let receive: @Sendable (Event) -> Void

  enum Event: Sendable {
    case line([UInt8])
    case tooLong(Int)
    case end
  }

  init(lineLimit: Int, receive: @escaping @Sendable (Event) -> Void) {
    self.lineLimit = lineLimit
    self.receive = receive
  }

  /// Starts the thread, which lives until the end of stdin and a little longer: see `endSoon`.
  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<InputThread>.fromOpaque(context).takeRetainedValue().read()
        return nil
      }, context)
  }

  private func read() {
    var lines = LineAssembly(limit: lineLimit)
    while true {
      let count = lines.fill(64 << 10) { room in
        let count = Glibc.read(STDIN_FILENO, room.baseAddress, room.count)
        return (count, count < 0 && errno == EINTR ? -1 : max(0, count))
      }
      if count == 0 { break }
      while let line = lines.next() { receive(.line(line)) }
      if lines.isOverLimit {
        receive(.tooLong(lines.pendingCount))
        break
      }
    }
    receive(.end)
    endSoon()
  }

  /// A plugin ends within two seconds of the end of stdin, whatever it is doing.
  private func endSoon() {
    usleep(1_500_000)
    _exit(0)
  }
}
