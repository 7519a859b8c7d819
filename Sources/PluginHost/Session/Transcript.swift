public import FileAccess
import PluginAPI
import PluginProtocol
import Synchronization

/// Writes what plugins and the host say to each other, a JSON line each, without secrets:
///
///     {"ms":12,"plugin":"jira","from":"host","message":{"jsonrpc":"2.0",…}}
///     {"ms":15,"plugin":"jira","from":"stderr","text":"connected"}
///
/// `from` is `host`, `plugin`, `stderr` or `end`; a line of the plugin that is no message stands as `text`. A transcript of
/// each version of the protocol is kept as a fixture and replayed by tests.
public final class Transcript: Sendable {
  private struct State: ~Copyable {
    var writer: FileWriter
    var failure: FileError?
  }

  private let state: Mutex<State>
  private let timing: Timing

  /// Begins the file at `path`, in place: what was written before a crash is there.
  public init(_ path: String, timing: Timing = .system) throws(FileError) {
    state = Mutex(State(writer: try FileWriter(overwriting: path)))
    self.timing = timing
  }

  /// The first error that kept something from being written.
  public var failure: FileError? { state.withLock { $0.failure } }

  enum Speaker: String { case host, plugin, stderr, end }

  /// - Parameter line: a line without its end.
  func write(_ line: [UInt8], from speaker: Speaker, plugin: String, redaction: Redaction) {
    let line = redaction.apply(line)
    var bytes = Array(#"{"ms":\#(timing.now()),"plugin":"#.utf8)
    bytes.appendJSONString(plugin)
    bytes.append(contentsOf: #","from":"\#(speaker.rawValue)","#.utf8)
    let isMessage = (speaker == .host || speaker == .plugin) && isOneJSONValue(line, in: 0..<line.count)
    if isMessage, line.first == UInt8(ascii: "{") {
      bytes.append(contentsOf: #""message":"#.utf8)
      bytes.append(contentsOf: line)
    } else {
      bytes.append(contentsOf: #""text":"#.utf8)
      bytes.appendJSONString(String(decoding: line, as: UTF8.self))
    }
    bytes.append(contentsOf: "}\n".utf8)
    state.withLock { state in
      do throws(FileError) { try state.writer.write(bytes) } catch { state.failure = state.failure ?? error }
    }
  }
}
