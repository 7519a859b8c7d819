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
    // How much of a line that is too long went by; nil outside of one.
    var dropped: Int?
    while fill(&lines) {
      while let line = lines.next() {
        let size = (dropped ?? 0) + line.count
        receive(size > lineLimit ? .tooLong(size) : .line(line))
        dropped = nil
      }
      if lines.isOverLimit || dropped != nil {
        dropped = (dropped ?? 0) + lines.pendingCount
        lines = LineAssembly(limit: lineLimit)
      }
    }
    receive(.end)
    endSoon()
  }

  /// False at the end of stdin.
  private func fill(_ lines: inout LineAssembly) -> Bool {
    lines.fill(64 << 10) { room in
      let count = Glibc.read(STDIN_FILENO, room.baseAddress, room.count)
      return (count, count > 0 || count < 0 && errno == EINTR)
    } ?? false
  }

  /// A plugin ends within two seconds of the end of stdin, whatever it is doing.
  private func endSoon() {
    usleep(1_500_000)
    _exit(0)
  }
}
