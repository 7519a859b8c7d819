package import FileAccess
import Glibc
package import PluginAPI

/// What ends a command early: the words for standard error, and the exit code.
package struct Failure: Error {
  package var status: ExitStatus
  /// Ends in a newline.
  package var text: String
  /// The reader of our output went away: no reason for noise.
  package var isBrokenPipe = false

  package init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    text = "error: \(message)\n" + (hint.map { "  = \($0)\n" } ?? "")
  }

  package init(_ error: FileError, status: ExitStatus = .usage) {
    self.init(status, error.message)
    isBrokenPipe = error.code == EPIPE && error.path == "-"
  }

  /// - Parameter plugin: the plugin's name; nil where the error may be that of any.
  package init(_ error: PluginError, of plugin: String? = nil) {
    let isOurs = error.kind == .configuration || error.kind == .authorization
    let pointer = error.pointer.map { " (at \($0))" } ?? ""
    let name = plugin.map { "\($0): " } ?? ""
    self.init(isOurs ? .usage : .failure, "\(name)\(error.message)\(pointer)", hint: error.hint)
    // A plugin's error does not tell; the stream does.
    isBrokenPipe = !isOurs && StandardOutput.hasLostItsReader
  }
}
