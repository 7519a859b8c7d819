import FileAccess
import Glibc
import Synchronization

/// The streams of one process: lines come in, lines go out, and neither waits for the other.
///
/// One thread waits for all of them, so that a full pipe in one direction never keeps the other from moving. Whoever sends
/// writes at once as far as the pipe has room, and leaves the rest to the thread.
public final class ProcessChannel: Sendable {
  /// What comes out of the process, told one at a time by the channel's thread.
  public enum Event: Sendable {
    /// A line of stdout, without its end.
    case line([UInt8])
    /// What stood behind the last line end when the process ended.
    case unfinishedLine([UInt8])
    /// An unfinished line of stdout that is longer than any may be, and how it begins.
    case lineTooLong(Int, beginning: [UInt8])
    /// A line of stderr, at most 4 KiB of it.
    case errorLine(String)
    /// The process took longer than it may and is being killed.
    case expired
    /// The last event.
    case end(ProcessEnd)
  }

  private struct State {
    /// What is to be written, from `written` on.
    var outgoing = [UInt8]()
    var written = 0
    var isInputOpen = true
    /// The input is closed when everything is written.
    var closesInput = false
    var isOver = false
  }

  private static let longestErrorLine = 4096
  /// How long the thread sleeps at most where the system does not tell of a process's end.
  private static let pollMilliseconds: Int32 = 50

  private let child: ChildProcess
  private let wake: (read: Int32, write: Int32)
  private let lineLimit: Int
  private let deadline: ContinuousClock.Instant?
  private let longestSilent: Duration?
  private let receive: @Sendable (Event) -> Void
  private let state = Mutex(State())

  /// Starts `launch`. `receive` is called on the channel's thread and must not wait.
  ///
  /// - Parameters:
  ///   - longest: after how long the process's group is killed; nil for never.
  ///   - longestSilent: for how long it may go on after it closed its stdout; nil for as long as it likes.
  public init(
    _ launch: ProcessLaunch, lineLimit: Int, longest: Duration? = nil, longestSilent: Duration? = nil,
    receive: @escaping @Sendable (Event) -> Void
  ) throws(ChildProcess.SpawnError) {
    deadline = longest.map { ContinuousClock.now + $0 }
    self.longestSilent = longestSilent
    child = try ChildProcess.spawn(launch)
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wake = (ends[0], ends[1])
    self.lineLimit = lineLimit
    self.receive = receive
    startThread()
  }

  public var pid: Int32 { child.pid }

  /// Writes `line`, which ends in a newline, behind what was sent before. What a process that ended does not read is dropped.
  public func send(_ line: [UInt8]) {
    let isDone = state.withLock { state in
      guard state.isInputOpen, !state.isOver else { return true }
      if state.outgoing.isEmpty {
        let count = write(line, from: 0)
        if count == line.count { return true }
        state.outgoing = line
        state.written = max(0, count)
      } else {
        state.outgoing += line
      }
      return false
    }
    if !isDone { wakeThread() }
  }

  /// Closes the process's stdin once everything is written.
  public func closeInput() {
    state.withLock { $0.closesInput = true }
    wakeThread()
  }

  /// Sends a signal to the process's group; does nothing after its end.
  public func signal(_ number: Int32) {
    state.withLock { state in
      if !state.isOver { child.signalGroup(number) }
    }
  }

  private func wakeThread() {
    var byte: UInt8 = 0
    Glibc.write(wake.write, &byte, 1)
  }

  /// How many bytes the pipe took; -1 where it takes none now.
  private func write(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return Glibc.write(child.input, base + start, bytes.count - start)
    }
  }

  private func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<ProcessChannel>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    pthread_detach(thread)
  }

  // MARK: On the thread

  private func run() {
    var output = LineAssembly(limit: lineLimit)
    var errors = LineAssembly(limit: Self.longestErrorLine)
    var (isOutputOpen, isErrorOpen) = (true, true)
    var killAt = deadline
    var hasEnded = child.hasEnded
    while !hasEnded {
      if let due = killAt, ContinuousClock.now >= due {
        killAt = nil
        receive(.expired)
        child.signalGroup(SIGKILL)
      }
      var polled = [
        pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOutputOpen ? child.output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isErrorOpen ? child.error : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.handle, events: Int16(POLLIN), revents: 0),
        pollfd(fd: hasOutgoing ? child.input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      poll(&polled, nfds_t(polled.count), patience(until: killAt))
      if polled[0].revents != 0 { drainWake() }
      if polled[2].revents != 0 { isErrorOpen = readErrors(&errors) }
      if polled[1].revents != 0 {
        isOutputOpen = readOutput(&output)
        if !isOutputOpen, let longestSilent { killAt = killAt ?? ContinuousClock.now + longestSilent }
      }
      pushOutgoing()
      if polled[3].revents != 0 || child.handle < 0 { hasEnded = child.hasEnded }
    }
    // What it wrote last is still in the pipes; what others keep open is not waited for.
    while isErrorOpen, hasInput(child.error) { isErrorOpen = readErrors(&errors) }
    while isOutputOpen, hasInput(child.output) { isOutputOpen = readOutput(&output) }
    if errors.pendingCount > 0 { receiveError(errors.pending) }
    finish(unfinishedLine: Array(output.pending))
  }

  /// For how long to wait at most, in milliseconds; -1 for as long as it takes.
  private func patience(until instant: ContinuousClock.Instant?) -> Int32 {
    let limit = child.handle >= 0 ? -1 : Self.pollMilliseconds
    guard let instant else { return limit }
    let left = (instant - ContinuousClock.now).components
    let milliseconds = Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1)
    return limit < 0 ? max(0, milliseconds) : min(limit, max(0, milliseconds))
  }

  private func finish(unfinishedLine: [UInt8]) {
    if !unfinishedLine.isEmpty { receive(.unfinishedLine(unfinishedLine)) }
    let end = state.withLock { state in
      state.isOver = true
      if state.isInputOpen { close(child.input) }
      state.isInputOpen = false
      return child.reap()
    }
    for descriptor in [child.output, child.error, wake.read] { close(descriptor) }
    receive(.end(end))
  }

  deinit { close(wake.write) }

  private var hasOutgoing: Bool {
    state.withLock { $0.isInputOpen && (!$0.outgoing.isEmpty || $0.closesInput) }
  }

  private func hasInput(_ descriptor: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) > 0
  }

  private func drainWake() {
    var bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]
    while read(wake.read, &bytes, bytes.count) > 0 {}
  }

  private func pushOutgoing() {
    state.withLock { state in
      guard state.isInputOpen else { return }
      if !state.outgoing.isEmpty {
        let count = write(state.outgoing, from: state.written)
        if count < 0, errno != EAGAIN, errno != EINTR { state.written = state.outgoing.count }
        state.written += max(0, count)
        guard state.written >= state.outgoing.count else { return }
        state.outgoing.removeAll()
        state.written = 0
      }
      if state.closesInput {
        close(child.input)
        state.isInputOpen = false
      }
    }
  }

  /// Reads once and hands on what is whole; false at the end of the stream.
  private func readOutput(_ lines: inout LineAssembly) -> Bool {
    let isOpen = readOnce(child.output, &lines, atMost: 256 << 10)
    while let line = lines.next() {
      receive(line.count > lineLimit ? tooLong(line.count, line[...]) : .line(line))
    }
    if lines.isOverLimit {
      receive(tooLong(lines.pendingCount, lines.pending))
      // Whoever hears of it ends the process; until then nothing more is kept of the line.
      lines = LineAssembly(limit: lineLimit)
    }
    return isOpen
  }

  private func tooLong(_ size: Int, _ line: ArraySlice<UInt8>) -> Event {
    .lineTooLong(size, beginning: Array(line.prefix(480)))
  }

  private func readErrors(_ lines: inout LineAssembly) -> Bool {
    let isOpen = readOnce(child.error, &lines, atMost: 64 << 10)
    while let line = lines.next() { receiveError(line[...]) }
    if lines.isOverLimit {
      receiveError(lines.pending)
      lines = LineAssembly(limit: Self.longestErrorLine)
    }
    return isOpen
  }

  private func receiveError(_ line: ArraySlice<UInt8>) {
    receive(.errorLine(String(decoding: line.prefix(Self.longestErrorLine), as: UTF8.self)))
  }

  private func readOnce(_ descriptor: Int32, _ lines: inout LineAssembly, atMost count: Int) -> Bool {
    lines.fill(count) { room in
      let count = read(descriptor, room.baseAddress, room.count)
      return (count, count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR))
    } ?? false
  }
}
