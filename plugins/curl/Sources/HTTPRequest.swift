#if Curl
  /// One HTTP request.
  public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
      case get = "GET"
      case post = "POST"
    }

    public var method: Method
    public var address: WebAddress
    /// Names and values; a value with a line break or another control character is refused when the request is sent.
    public var headers: [(name: String, value: String)]
    /// Sent with `.post` only.
    public var body: [UInt8]

    public init(
      _ method: Method, _ address: WebAddress, headers: [(name: String, value: String)] = [],
      body: [UInt8] = []
    ) {
      self.method = method
      self.address = address
      self.headers = headers
      self.body = body
    }
  }

  /// What a server answered.
  public struct HTTPResponse: Sendable {
    /// From 100 to 599.
    public var status: Int
    /// At most 1 MiB: a longer one is an error of the transfer.
    public var body: [UInt8]
    /// What the header `Retry-After` says, whether it holds seconds or a date (RFC 9110, section 10.2.3).
    public var retryAfterMilliseconds: Int64?
  }
#endif
