import PluginAPI
import PluginProtocol
import ProcessAccess

/// Why a request has no result.
enum SessionFailure: Error, Hashable {
  /// The plugin answered with an error: the session goes on.
  case refused(WireError)
  /// The plugin gave up in time when asked to; the session goes on.
  case tooSlow(WireMethod, milliseconds: Int64)
  /// The session is over.
  case ended(SessionEnd)
}

/// Why a session is over, and what the plugin said last.
struct SessionEnd: Error, Hashable {
  enum Reason: Hashable {
    case process(ProcessEnd)
    /// A line that is not of the protocol: the plugin has a fault that a restart does not mend.
    case garbage(quotation: String, reason: String)
    case lineTooLong(Int, limit: Int, quotation: String)
    /// No answer, not even to `$/cancel`.
    case hung(milliseconds: Int64)
    case unknownAnswer(id: String)
    case closed
  }

  var reason: Reason
  /// What was being asked.
  var method: String?
  /// Redacted.
  var errors: ErrorQuotation

  struct ErrorQuotation: Hashable { var text: String }

  /// Whether it is worth another try with a new process.
  var mayRestart: Bool {
    switch reason {
    case .process, .hung: true
    case .garbage, .lineTooLong, .unknownAnswer, .closed: false
    }
  }
}
