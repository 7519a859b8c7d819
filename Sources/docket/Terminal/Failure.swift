import FileAccess
import Glibc
import PluginAPI

/// What ends a command early: the words for standard error, and the exit code.
struct Failure: Error {
  var status: ExitStatus
  /// Ends in a newline.
  var text: String
  /// The reader of our output went away: no reason for noise.
  var isBrokenPipe = false

  init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    text = "error: \(message)\n" + (hint.map { "  = \($0)\n" } ?? "")
  }

  init(_ error: FileError, status: ExitStatus = .usage) {
    self.init(status, error.message)
    isBrokenPipe = error.code == EPIPE
  }

  /// - Parameter plugin: the plugin's name; nil where the error may be that of any.
  init(_ error: PluginError, of plugin: String? = nil) {
    let isOurs = error.kind == .configuration || error.kind == .authorization
    let pointer = error.pointer.map { " (at \($0))" } ?? ""
    let name = plugin.map { "\($0): " } ?? ""
    self.init(isOurs ? .usage : .failure, "\(name)\(error.message)\(pointer)", hint: error.hint)
    // A plugin's error does not tell; the stream does.
    isBrokenPipe = !isOurs && StandardOutput.hasLostItsReader
  }
}
