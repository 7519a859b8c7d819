#if Service
  /// `host:port`
  struct ListenAddress: Hashable {
    var host: String
    var port: Int

    /// Nil where the text is no address; the host of an IPv6 address stands in brackets.
    init?(_ text: String) {
      guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
        0...65_535 ~= port
      else { return nil }
      var host = text[..<colon]
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      guard !host.isEmpty else { return nil }
      self.host = String(host)
      self.port = port
    }

    /// As people write it.
    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  }
#endif
