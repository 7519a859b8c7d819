#if Curl
  import CCurl

  /// An address with a scheme, a host and the rest, read by libcurl's parser, so that what is checked is what is used.
  public struct WebAddress: Hashable, Sendable {
    /// The whole of it, which may hold a secret, as most webhook addresses do. Not for messages.
    public let text: String
    public let scheme: String
    public let host: String

    /// What is wrong about an address, in words that follow "the address …" and do not repeat it.
    public struct Problem: Error, Hashable, Sendable {
      public var message: String
    }

    /// - Parameter schemes: those that are accepted, in lower case.
    public init(_ text: String, schemes: [String]) throws(Problem) {
      guard schemes.contains(where: { text.lowercased().hasPrefix($0 + "://") }) else {
        throw Problem(message: "must begin with \(schemes.map { $0 + "://" }.joined(separator: " or "))")
      }
      guard let parts = AddressParts(text), let scheme = parts.text(CURLUPART_SCHEME) else {
        throw Problem(message: "cannot be read as one")
      }
      if parts.text(CURLUPART_USER) != nil || parts.text(CURLUPART_PASSWORD) != nil {
        throw Problem(message: "must not hold a user or a password")
      }
      guard let host = parts.text(CURLUPART_HOST), !host.isEmpty, let whole = parts.text(CURLUPART_URL) else {
        throw Problem(message: "names no host")
      }
      self.text = whole
      self.scheme = scheme
      self.host = host
    }

    private init(text: String, like other: WebAddress) {
      self.text = text
      scheme = other.scheme
      host = other.host
    }

    /// The address with more parameters at the end of its query, their values percent-encoded.
    public func appending(query: [(name: String, value: String)]) -> WebAddress {
      guard let parts = AddressParts(text) else { return self }
      for (name, value) in query { parts.append(query: "\(name)=\(value)") }
      return WebAddress(text: parts.text(CURLUPART_URL) ?? text, like: self)
    }

    /// The address with `path` behind its own path.
    public func appending(path: String) -> WebAddress {
      guard let parts = AddressParts(text) else { return self }
      var own = parts.text(CURLUPART_PATH) ?? ""
      while own.hasSuffix("/") { own.removeLast() }
      parts.set(CURLUPART_PATH, "\(own)/\(path)")
      return WebAddress(text: parts.text(CURLUPART_URL) ?? text, like: self)
    }

    /// Whether the host is this machine by its name or its number (RFC 6761, section 6.3; RFC 1122; RFC 4291).
    public var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether `host` is this machine by its name or its number.
    public static func isLoopback(_ host: String) -> Bool {
      let host = host.lowercased()
      if host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || host == "::1" {
        return true
      }
      let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
      return numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
    }
  }

  /// libcurl's parsed form of an address; freed when it goes.
  private final class AddressParts {
    private let handle: OpaquePointer

    init?(_ text: String) {
      guard let handle = curl_url() else { return nil }
      self.handle = handle
      guard !text.contains("\0"), curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK else {
        return nil
      }
    }

    deinit { curl_url_cleanup(handle) }

    func text(_ part: CURLUPart) -> String? {
      var value: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &value, 0) == CURLUE_OK, let value else { return nil }
      defer { curl_free(value) }
      return String(cString: value)
    }

    func set(_ part: CURLUPart, _ text: String) { _ = curl_url_set(handle, part, text, 0) }

    func append(query: String) {
      _ = curl_url_set(handle, CURLUPART_QUERY, query, UInt32(CURLU_APPENDQUERY | CURLU_URLENCODE))
    }
  }
#endif
