import Glibc
import PluginAPI

/// What becomes of the process's own streams.
enum StandardStreams {
  /// Moves stdout aside for the protocol and points it at stderr, so that a stray `print` does no harm. Answers the stream
  /// for the protocol, or nil where there is none.
  static func takeOutput() -> OutputStream? {
    // A host that went away is an error of the write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { return nil }
    return OutputStream(descriptor)
  }

  /// What a person sees who runs the plugin by hand.
  static func introduce(_ description: PluginDescription) {
    let text = """
      \(description.name) \(description.version), a \(description.role.rawValue) plugin for Docket: \(description.summary).
      It speaks the plugin protocol over stdin and stdout; docket starts it. To check it:
        docket plugin check <the folder with its plugin.yaml>

      """
    OutputStream(STDERR_FILENO).write(Array(text.utf8))
  }
}
