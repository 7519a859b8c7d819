import CProcess
import Glibc
import Synchronization

/// A child process in a process group of its own, and the host's ends of its three streams.
///
/// Why not swift-subprocess: docs/plugin-measurements.md has the figures.
public struct ChildProcess: Sendable {
  public let pid: Int32
  /// Readable once the process has ended; -1 where the system does not offer that.
  public let handle: Int32
  public let input: Int32
  public let output: Int32
  public let error: Int32

  /// Why a program could not be started.
  public struct SpawnError: Error, Hashable {
    /// The system's number for it, from `errno`.
    public var code: Int32

    /// The system's word for it, such as "Permission denied".
    public var reason: String { String(cString: strerror(code)) }
  }

  /// Starts a program. The caller sees to it that `reap` is called once the process has ended.
  public static func spawn(_ launch: ProcessLaunch) throws(SpawnError) -> ChildProcess {
    BrokenPipes.areErrors()
    var child = cprocess()
    let words = [launch.path] + launch.arguments
    let variables = launch.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let code = withCStrings(words) { words in
      withCStrings(variables) { cprocess_spawn(launch.path, words, $0, &child) }
    }
    if code != 0 { throw SpawnError(code: code) }
    let process = ChildProcess(
      pid: child.pid, handle: child.handle, input: child.input, output: child.output, error: child.error)
    RunningProcesses.add(process.pid)
    return process
  }

  public var hasEnded: Bool { cprocess_has_ended(pid) != 0 }

  /// Sends a signal to the process and all that it started and that stayed in its group.
  public func signalGroup(_ number: Int32) { _ = kill(-pid, number) }

  /// To be called once, after the process has ended: ends what is left of its group and forgets the process.
  public func reap() -> ProcessEnd {
    signalGroup(SIGKILL)
    RunningProcesses.remove(pid)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    if handle >= 0 { close(handle) }
    // The macros WIFEXITED and so on are not imported.
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

/// A process that ends before it has read what was written to it is an error of the write, not our own end.
private enum BrokenPipes {
  private static let ignored: Void = {
    var current = sigaction()
    sigaction(SIGPIPE, nil, &current)
    // A handler that somebody else installed stays.
    if current.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
  }()

  static func areErrors() { ignored }
}

/// The processes that an interruption must end: Ctrl-C leaves no plugin behind, however it hangs.
public enum RunningProcesses {
  private static let pids = Mutex(Set<pid_t>())

  static func add(_ pid: pid_t) { pids.withLock { _ = $0.insert(pid) } }
  static func remove(_ pid: pid_t) { pids.withLock { _ = $0.remove(pid) } }

  /// Called by the command line when it is interrupted, before it exits.
  public static func killAll() {
    pids.withLock { pids in
      for pid in pids { kill(-pid, SIGKILL) }
    }
  }
}

extension ProcessEnd {
  /// The system's word for a signal, such as "Killed".
  static func name(of signal: Int32) -> String { strsignal(signal).map { String(cString: $0) } ?? "unknown" }
}

/// `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  return body(copies)
}
