#if Curl
  import CurlTransfer
  import Testing

  @Suite("An address")
  struct WebAddressTests {
    @Test(
      "is taken as it is",
      arguments: [
        ("https://hooks.example/services/T0/B0/x", "hooks.example"),
        ("http://127.0.0.1:9093", "127.0.0.1"),
        ("https://[::1]:8443/a?b=c", "[::1]"), ("HTTPS://hooks.example/", "hooks.example"),
        ("https://服务台.example/", "服务台.example"),
      ])
    func accepted(text: String, host: String) throws {
      let address = try WebAddress(text, schemes: ["http", "https"])
      #expect(address.host == host)
      #expect(address.text.lowercased().hasPrefix(text.lowercased()))
      #expect(["http", "https"].contains(address.scheme))
    }

    @Test(
      "is refused with the reason and without itself",
      arguments: [
        ("ftp://files.example/", "must begin with http:// or https://"),
        ("file:///etc/passwd", "must begin with http:// or https://"),
        ("hooks.example/x", "must begin with http:// or https://"),
        ("https://", "cannot be read as one"),
        ("https://a b/", "cannot be read as one"),
        ("https://a\0b/", "cannot be read as one"),
        ("https://desk:pass@hooks.example/", "must not hold a user or a password"),
        ("", "must begin with http:// or https://"),
      ])
    func refused(text: String, message: String) {
      let error = #expect(throws: WebAddress.Problem.self) {
        try WebAddress(text, schemes: ["http", "https"])
      }
      #expect(error?.message == message)
    }

    @Test("takes parameters and paths, and encodes them")
    func appending() throws {
      let address = try WebAddress("https://oapi.example/robot/send?access_token=a", schemes: ["https"])
      #expect(
        address.appending(query: [("timestamp", "1"), ("sign", "a+b/c=")]).text
          == "https://oapi.example/robot/send?access_token=a&timestamp=1&sign=a%2bb%2fc%3d")
      let base = try WebAddress("http://127.0.0.1:9093/prefix/", schemes: ["http"])
      #expect(base.appending(path: "api/v2/alerts").text == "http://127.0.0.1:9093/prefix/api/v2/alerts")
    }

    @Test(
      "knows this machine",
      arguments: [
        ("localhost", true), ("LOCALHOST", true), ("a.localhost", true), ("127.0.0.1", true),
        ("127.9.9.9", true), ("::1", true), ("[::1]", true), ("127.0.0.1.example", false),
        ("128.0.0.1", false),
        ("localhost.example", false), ("127.0.0.256", false),
      ])
    func loopback(host: String, isLoopback: Bool) { #expect(WebAddress.isLoopback(host) == isLoopback) }
  }
#endif
