#if PostgreSQL
  import CLibPQ
  import PluginAPI

  /// Why no connection came about. libpq has no code for that, but a text that is always English here: nobody calls `setlocale`.
  struct ConnectionFailure {
    private let text: String
    private let needsPassword: Bool
    private let parameters: ConnectionParameters

    init(_ handle: OpaquePointer, _ parameters: ConnectionParameters) {
      text = String(cString: PQerrorMessage(handle))
      needsPassword = PQconnectionNeedsPassword(handle) != 0
      self.parameters = parameters
    }

    var pluginError: PluginError {
      if needsPassword {
        return PluginError(
          .authorization, Messages.passwordNeeded, pointer: "/password", hint: Messages.passwordNeededHint)
      }
      if let failure = ServerFailure(connecting: text) { return failure.pluginError(parameters) }
      for (part, pointer, hint) in Self.faults where text.contains(part) {
        return PluginError(
          .configuration, Messages.noConnection(parameters.place, reason), pointer: pointer, hint: hint)
      }
      return PluginError(
        .transient, Messages.noConnection(parameters.place, reason), hint: Messages.noConnectionHint)
    }

    /// What will not mend itself.
    private static let faults = [
      ("does not match host name", "/host", Messages.certificateHostHint),
      ("server does not support SSL", "/sslmode", Messages.noEncryptionHint),
      ("certificate verify failed", "/sslrootcert", Messages.rootCertificateHint),
      ("root certificate file", "/sslrootcert", Messages.rootCertificateHint),
      ("private key file", "/sslkey", Messages.clientCertificateHint),
      ("certificate file", "/sslcert", Messages.clientCertificateHint),
    ]

    /// The end of the first line, such as "Connection refused".
    private var reason: String {
      let line = text.prefix { $0 != "\n" }
      guard let end = line.range(of: " failed: ") else { return String(line) }
      return String(line[end.upperBound...])
    }
  }

  extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
  }
#endif
