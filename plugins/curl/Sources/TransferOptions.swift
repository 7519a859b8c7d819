#if Curl
  /// How a transfer connects. Environment variables and files in the home folder have no say in it.
  public struct TransferOptions: Sendable {
    public enum Encryption: Sendable {
      /// What the address says: `https` and `smtps` from the first byte, others not at all.
      case fromAddress
      /// STARTTLS (RFC 3207), without which nothing is sent.
      case startTLS
    }

    public enum Credentials: Sendable {
      case password(user: String, password: String)
      /// RFC 6750.
      case bearer(String)
    }

    public var encryption = Encryption.fromAddress
    public var credentials: Credentials?
    /// A file of certificates, in PEM, which are trusted in place of the system's.
    public var certificates: String?
    /// The address of an HTTP or SOCKS proxy.
    public var proxy: String?
    public var followsRedirects = false
    /// How long one transfer may take with everything that belongs to it, in milliseconds.
    public var timeoutMilliseconds = 10_000

    public init() {}
  }
#endif
