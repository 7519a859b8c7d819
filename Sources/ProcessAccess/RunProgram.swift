import Glibc
import Synchronization

/// What a program that ran to its end leaves.
public struct ProgramResult: Hashable, Sendable {
  /// Nil where it took too long and was killed.
  public var end: ProcessEnd?
  /// The last lines of stderr with something on them.
  public var lastErrors: [String]

  public init(end: ProcessEnd?, lastErrors: [String]) {
    self.end = end
    self.lastErrors = lastErrors
  }
}

/// Runs a program with `input` on its stdin until it ends, at most for this long; what it prints is dropped.
public func runProgram(
  _ launch: ProcessLaunch, input: [UInt8], milliseconds: Int64
) async throws(ChildProcess.SpawnError) -> ProgramResult {
  let outcome = ProgramOutcome()
  let channel = try ProcessChannel(launch, lineLimit: 64 << 10, longest: .milliseconds(milliseconds)) {
    outcome.receive($0)
  }
  channel.send(input)
  channel.closeInput()
  await withTaskCancellationHandler {
    await outcome.wait()
  } onCancel: {
    channel.signal(SIGKILL)
  }
  return outcome.result
}

private final class ProgramOutcome: Sendable {
  private struct State {
    var end: ProcessEnd?
    var isExpired = false
    var errors: [String] = []
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var result: ProgramResult {
    state.withLock { ProgramResult(end: $0.isExpired ? nil : $0.end, lastErrors: $0.errors) }
  }

  func receive(_ event: ProcessChannel.Event) {
    let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
      switch event {
      case .line, .unfinishedLine, .lineTooLong: break
      case .expired: state.isExpired = true
      case .errorLine(let line):
        if !line.allSatisfy(\.isWhitespace) { state.errors = state.errors.suffix(4) + [line] }
      case .end(let end):
        state.end = end
        defer { state.waiting = nil }
        return state.waiting
      }
      return nil
    }
    waiting?.resume()
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.end == nil { state.waiting = continuation }
        return state.end != nil
      }
      if isOver { continuation.resume() }
    }
  }
}
