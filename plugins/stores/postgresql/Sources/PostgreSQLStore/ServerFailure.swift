#if PostgreSQL
  import PluginAPI

  /// An error that the server reports (https://www.postgresql.org/docs/current/errcodes-appendix.html).
  struct ServerFailure {
    private let state: String
    private let message: String

    init(state: String, message: String) {
      self.state = state
      self.message = message
    }

    /// Reads "… FATAL:  28P01: message" of a verbose text; nil where the server said nothing. The severity may be translated.
    init?(connecting text: String) {
      guard let match = text.firstMatch(of: #/:  ([0-9A-Z]{5}): ([^\n]*)/#) else { return nil }
      self.init(state: String(match.1), message: String(match.2))
    }

    func pluginError(_ parameters: ConnectionParameters) -> PluginError {
      switch state {
      case "28P01", "28000":
        PluginError(
          .authorization, Messages.refusedLogin(parameters.place), pointer: "/password",
          hint: Messages.refusedLoginHint)
      case "3D000":
        PluginError(.configuration, Messages.noDatabase(parameters.place), pointer: "/database")
      case "42501":
        PluginError(
          .authorization, Messages.notAllowed(message), pointer: "/user", hint: Messages.notAllowedHint)
      case "42P01", "42703", "3F000", "42809":
        PluginError(.configuration, Messages.refused(message), pointer: "/table")
      default: PluginError(kind, Messages.refused(message))
      }
    }

    private var kind: PluginError.Kind {
      // 55P03 and 57014: a lock or a statement took too long. 40: serialization and deadlocks. 25P03, 57P05: we were idle.
      if ["55P03", "57014", "25P03"].contains(state) { return .transient }
      return ["08", "40", "53", "57", "58"].contains(state.prefix(2)) ? .transient : .permanent
    }
  }
#endif
