#if Curl
  import CCurl
  import PluginAPI

  extension PluginError {
    /// What became of a transfer that brought no response.
    init(_ result: TransferResult, host: String) {
      self.init(Kind(result.code), Messages.failed(host, result))
    }

    /// What became of mail: a server's answer decides, where it gave one (RFC 5321, section 4.2.1; RFC 4954, section 6).
    init(mail result: TransferResult, host: String) {
      switch result.status {
      case 530, 534, 535, 538: self.init(.authorization, Messages.failed(host, result))
      case 400..<500: self.init(.transient, Messages.failed(host, result))
      case 500..<600: self.init(.permanent, Messages.failed(host, result))
      default: self.init(result, host: host)
      }
    }
  }

  extension PluginError.Kind {
    /// What the engine should do about a failure: mend the settings, mend the credentials, or try again.
    fileprivate init(_ code: CURLcode) {
      switch code {
      case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_PEER_FAILED_VERIFICATION,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED, CURLE_COULDNT_RESOLVE_PROXY,
        CURLE_TOO_MANY_REDIRECTS:
        self = .configuration
      case CURLE_LOGIN_DENIED, CURLE_AUTH_ERROR: self = .authorization
      case CURLE_WRITE_ERROR: self = .permanent
      case CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN,
        CURLE_OUT_OF_MEMORY:
        self = .internal
      default: self = .transient
      }
    }
  }

  /// Every sentence that transfers say.
  enum Messages {
    static let noHandle = "libcurl cannot be set up"

    static func controlCharacter(in name: String) -> String {
      "the header '\(name.filter { $0.isLetter || $0.isNumber || $0 == "-" })' holds a control character"
    }

    static func failed(_ host: String, _ result: TransferResult) -> String {
      switch result.code {
      case CURLE_WRITE_ERROR: "\(host) answers with more than \(IncomingBytes.limit >> 20) MiB"
      case CURLE_ABORTED_BY_CALLBACK: "the transfer to \(host) was cancelled"
      case _ where result.status >= 400: "\(host) answers \(result.status): \(result.detail)"
      default: "\(host): \(result.detail)"
      }
    }
  }
#endif
