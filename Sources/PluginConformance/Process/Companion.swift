import FileAccess
import PluginAPI
import PluginHost
import PluginProtocol
import ProcessAccess
import Synchronization

/// A program beside the plugin: its output is collected, and its process group ends with it.
final class Companion: Sendable {
  private struct State {
    var lines: [String] = []
    var errors: [String] = []
    var end: ProcessEnd?
  }

  private final class Inbox: Sendable { let state = Mutex(State()) }

  private let inbox = Inbox()
  private let channel: ProcessChannel

  init(_ launch: ProcessLaunch) throws(ScenarioEnd) {
    let inbox = inbox
    do throws(ChildProcess.SpawnError) {
      channel = try ProcessChannel(launch, lineLimit: 1 << 20) { event in
        inbox.state.withLock { state in
          switch event {
          case .line(let line), .unfinishedLine(let line):
            if state.lines.count < 10_000 { state.lines.append(String(decoding: line, as: UTF8.self)) }
          case .errorLine(let line): state.errors = state.errors.suffix(4) + [line]
          case .lineTooLong, .expired: break
          case .end(let end): state.end = end
          }
        }
      }
    } catch {
      throw .failed("\(launch.path) cannot be started: \(error.reason)")
    }
  }

  /// The first line, as settings.
  func settings() async throws(ScenarioEnd) -> [String: PluginConfiguration.Value] {
    let line = try await until("says its settings") { $0.lines.first }
    guard let object = try? JSONValue(reading: Array(line.utf8)).object else {
      throw .failed("the companion's first line is no JSON object: '\(line)'")
    }
    return object.compactMapValues(PluginConfiguration.Value.init)
  }

  /// All that it printed, once it has ended with status 0.
  func output() async throws(ScenarioEnd) -> String {
    channel.closeInput()
    let end = try await until("ends") { $0.end }
    let (lines, errors) = inbox.state.withLock { ($0.lines, $0.errors) }
    if end != .exited(0) { throw .failed("it ended with \(end.text): \(errors.joined(separator: " | "))") }
    return lines.joined(separator: "\n")
  }

  /// Ends it and waits until it is gone.
  func stop() async {
    channel.signal(EndSignal.terminate)
    if (try? await until("ends", within: 10, { $0.end })) == nil { channel.signal(EndSignal.kill) }
  }

  /// - Parameter seconds: enough to start a database of its own, say, on a machine that is busy.
  private func until<Value: Sendable>(
    _ what: String, within seconds: Int = 120, _ read: @Sendable (borrowing State) -> Value?
  ) async throws(ScenarioEnd) -> Value {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if let value = inbox.state.withLock({ read($0) }) { return value }
      let (end, errors) = inbox.state.withLock { ($0.end, $0.errors) }
      if let end { throw .failed("the companion ended with \(end.text): \(errors.joined(separator: " | "))") }
      try? await Task.sleep(for: .milliseconds(5))
    }
    throw .failed("the companion does not do what it must within \(seconds) s: it \(what)")
  }
}
