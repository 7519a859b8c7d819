import FileAccess
import Glibc

/// A program whose output is pulled line by line: what nobody pulls stays in the pipe, and the program waits.
///
/// Pulling blocks the thread until there is a line. Dropped before its end, the program's group is killed.
public final class PipedProgram {
  public enum Line {
    case line(ArraySlice<UInt8>)
    /// A line of more than the limit, which was left out.
    case tooLong
    case end(ProcessEnd)
  }

  private static let errorLines = 5

  private let child: ChildProcess
  private let limit: Int
  private var output: LineAssembly
  private var errors = LineAssembly(limit: 4096)
  private var (isOutputOpen, isErrorOpen) = (true, true)
  private var isWithinLongLine = false
  private var end: ProcessEnd?
  /// The last lines of stderr.
  public private(set) var lastErrors: [String] = []

  /// Starts the program with nothing to read.
  public init(_ launch: ProcessLaunch, lineLimit: Int) throws(ChildProcess.SpawnError) {
    child = try ChildProcess.spawn(launch)
    limit = lineLimit
    output = LineAssembly(limit: lineLimit)
    close(child.input)
  }

  deinit {
    if end == nil {
      child.signalGroup(SIGKILL)
      finish()
    }
  }

  /// The next line without its end; the end of the program when there are no more.
  public func nextLine() -> Line {
    if let end { return .end(end) }
    while true {
      if let line = output.next() {
        let isTooLong = isWithinLongLine || line.count > limit
        isWithinLongLine = false
        return isTooLong ? .tooLong : .line(line[...])
      }
      if output.isOverLimit || isWithinLongLine {
        output = LineAssembly(limit: limit)
        isWithinLongLine = true
      }
      if !isOutputOpen { return endOfOutput() }
      wait()
    }
  }

  private func endOfOutput() -> Line {
    if output.pendingCount > 0 || isWithinLongLine {
      let line = Array(output.pending)
      output = LineAssembly(limit: limit)
      defer { isWithinLongLine = false }
      return isWithinLongLine ? .tooLong : .line(line[...])
    }
    while isErrorOpen, !child.hasEnded { wait() }
    while !child.hasEnded { waitForEnd() }
    return .end(finish())
  }

  /// Waits until one of the streams has something, and reads it.
  private func wait() {
    var polled = [
      pollfd(fd: isOutputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isErrorOpen ? child.error : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.handle, events: Int16(POLLIN), revents: 0),
    ]
    poll(&polled, nfds_t(polled.count), 100)
    if polled[1].revents != 0 { readErrors() }
    if polled[0].revents != 0 { isOutputOpen = read(child.output, &output) }
    // What a process that is gone left behind is read; what its children keep open is not waited for.
    if polled[0].revents == 0, child.hasEnded, !hasInput(child.output) { isOutputOpen = false }
  }

  private func waitForEnd() {
    var polled = pollfd(fd: child.handle, events: Int16(POLLIN), revents: 0)
    poll(&polled, 1, 20)
  }

  private func readErrors() {
    isErrorOpen = read(child.error, &errors)
    while let line = errors.next() { keep(line[...]) }
    if errors.isOverLimit || !isErrorOpen && errors.pendingCount > 0 {
      keep(errors.pending)
      errors = LineAssembly(limit: 4096)
    }
  }

  private func keep(_ line: ArraySlice<UInt8>) {
    let text = String(decoding: line.prefix(4096), as: UTF8.self)
    if text.allSatisfy(\.isWhitespace) { return }
    lastErrors = lastErrors.suffix(Self.errorLines - 1) + [text]
  }

  private func hasInput(_ descriptor: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) > 0
  }

  private func read(_ descriptor: Int32, _ lines: inout LineAssembly) -> Bool {
    lines.fill(256 << 10) { room in
      let count = Glibc.read(descriptor, room.baseAddress, room.count)
      return (count, count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR))
    } ?? false
  }

  @discardableResult
  private func finish() -> ProcessEnd {
    while isErrorOpen, hasInput(child.error) { readErrors() }
    let end = child.reap()
    close(child.output)
    close(child.error)
    self.end = end
    return end
  }
}
