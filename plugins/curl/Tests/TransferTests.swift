#if Curl
  import CurlTransfer
  import PluginAPI
  import Testing
  import TestServers

  @Suite("A transfer", .serialized)
  struct TransferTests {
    private func address(_ receiver: HTTPReceiver, _ path: String = "/hook") throws -> WebAddress {
      try WebAddress(receiver.address + path, schemes: ["http", "https"])
    }

    private func post(_ receiver: HTTPReceiver) throws -> HTTPRequest {
      HTTPRequest(
        .post, try address(receiver), headers: [("Content-Type", "application/json")], body: Array("{}".utf8))
    }

    private func error(
      _ request: HTTPRequest, _ options: TransferOptions = TransferOptions()
    ) async throws -> PluginError {
      do throws(PluginError) {
        let response = try await Transfer(options).send(request)
        throw PluginError(.internal, "answered \(response.status)")
      } catch {
        return error
      }
    }

    @Test("sends a body and headers, and hands over the answer")
    func post() async throws {
      let receiver = try HTTPReceiver([.init(201, body: "好")])
      let response = try await Transfer().send(try post(receiver))
      #expect(response.status == 201)
      #expect(String(decoding: response.body, as: UTF8.self) == "好")
      #expect(response.retryAfterMilliseconds == nil)
      let request = try #require(try receiver.requests().first)
      #expect(request.method == "POST" && request.path == "/hook" && request.body == "{}")
      #expect(request.headers["content-type"] == "application/json")
      #expect(request.headers["expect"] == nil)
    }

    @Test("keeps the connection for the next request")
    func connection() async throws {
      let receiver = try HTTPReceiver()
      let transfer = Transfer()
      for _ in 1...3 { _ = try await transfer.send(try post(receiver)) }
      #expect(try receiver.requests().map(\.connection) == [1, 1, 1])
      await transfer.close()
      _ = try await transfer.send(try post(receiver))
      #expect(try receiver.requests().map(\.connection) == [1, 1, 1, 2])
    }

    @Test("goes on with a new connection where the server closed the old one")
    func closedConnection() async throws {
      let receiver = try HTTPReceiver([.init(headers: ["Connection": "close"]), .init()])
      let transfer = Transfer()
      for _ in 1...2 { #expect(try await transfer.send(try post(receiver)).status == 200) }
      #expect(try receiver.requests().map(\.connection) == [1, 2])
    }

    @Test("reads how long to wait, in seconds")
    func retryAfter() async throws {
      let receiver = try HTTPReceiver([.init(429, headers: ["Retry-After": "7"])])
      let response = try await Transfer().send(try post(receiver))
      #expect(response.status == 429 && response.retryAfterMilliseconds == 7_000)
    }

    @Test("reads how long to wait from a date")
    func retryDate() async throws {
      // Far enough away that it stays in the future while this project lives.
      let receiver = try HTTPReceiver([.init(503, headers: ["Retry-After": "Fri, 31 Dec 2099 23:59:59 GMT"])])
      let response = try await Transfer().send(try post(receiver))
      #expect(try #require(response.retryAfterMilliseconds) > 86_400_000)
    }

    @Test("sends credentials as they are asked for")
    func credentials() async throws {
      let receiver = try HTTPReceiver()
      var options = TransferOptions()
      options.credentials = .bearer("t-1")
      _ = try await Transfer(options).send(try post(receiver))
      options.credentials = .password(user: "desk", password: "开门")
      _ = try await Transfer(options).send(try post(receiver))
      let headers = try receiver.requests().map { $0.headers["authorization"] }
      #expect(headers == ["Bearer t-1", "Basic " + Base64.encode("desk:开门".utf8)])
    }

    @Test("follows no redirect unless it is told to, and then posts again")
    func redirects() async throws {
      let receiver = try HTTPReceiver([.init(302, headers: ["Location": "/elsewhere"]), .init()])
      let transfer = Transfer()
      #expect(try await transfer.send(try post(receiver)).status == 302)
      #expect(try receiver.requests().count == 1)

      let second = try HTTPReceiver([.init(302, headers: ["Location": "/elsewhere"]), .init()])
      var options = TransferOptions()
      options.followsRedirects = true
      #expect(try await Transfer(options).send(try post(second)).status == 200)
      #expect(
        try second.requests().map { $0.method + $0.path + $0.body } == ["POST/hook{}", "POST/elsewhere{}"])
    }

    @Test("tells what the engine can do about a failure")
    func kinds() async throws {
      var options = TransferOptions()
      options.timeoutMilliseconds = 3_000
      let hanging = try HTTPReceiver([.init(delay: 30)])
      let late = try await error(try post(hanging), options)
      #expect(late.kind == .transient && late.message.hasPrefix("127.0.0.1: Operation timed out"))

      let closing = try HTTPReceiver([.init(close: true)])
      #expect(
        try await error(try post(closing)) == PluginError(.transient, "127.0.0.1: Empty reply from server"))

      let endless = try HTTPReceiver([.init(endless: true)])
      #expect(
        try await error(try post(endless))
          == PluginError(.permanent, "127.0.0.1 answers with more than 1 MiB"))

      let nobody = HTTPRequest(.get, try WebAddress("http://127.0.0.1:1/", schemes: ["http"]))
      let refused = try await error(nobody)
      #expect(refused.kind == .transient && refused.message.hasPrefix("127.0.0.1: Failed to connect"))

      // Too long for a name: nobody is asked for it.
      let name = String(repeating: "x", count: 64)
      let unknown = HTTPRequest(.get, try WebAddress("http://\(name)/", schemes: ["http"]))
      #expect(
        try await error(unknown)
          == PluginError(.transient, "\(name): Could not resolve host: \(name)"))
    }

    @Test("trusts the system's certificates, or those in a file", .enabled(if: Programs.openssl != nil))
    func certificates() async throws {
      let folder = try TestFolder()
      let certificate = try Certificate(in: folder)
      let receiver = try HTTPReceiver(certificate: certificate)
      let distrusted = try await error(try post(receiver))
      #expect(
        distrusted
          == PluginError(.configuration, "127.0.0.1: SSL certificate problem: self-signed certificate"))
      var options = TransferOptions()
      options.certificates = certificate.certificate
      #expect(try await Transfer(options).send(try post(receiver)).status == 200)
      options.certificates = folder.path + "/missing.pem"
      let missing = try await error(try post(receiver), options)
      #expect(missing.kind == .configuration)
    }

    @Test("ends soon after its task is cancelled")
    func cancellation() async throws {
      let receiver = try HTTPReceiver([.init(delay: 60)])
      let request = try post(receiver)
      let task = Task {
        var options = TransferOptions()
        options.timeoutMilliseconds = 60_000
        return try await error(request, options)
      }
      while try receiver.requests().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
      task.cancel()
      #expect(try await task.value == PluginError(.transient, "the transfer to 127.0.0.1 was cancelled"))
    }

    @Test("refuses a header that would begin another one")
    func headers() async throws {
      let receiver = try HTTPReceiver()
      var request = try post(receiver)
      request.headers.append(("X-Key", "1\r\nX-Other: 2"))
      #expect(
        try await error(request) == PluginError(.permanent, "the header 'X-Key' holds a control character"))
      #expect(try receiver.requests().isEmpty)
    }

    @Test("asks no environment for a proxy")
    func proxy() async throws {
      let receiver = try HTTPReceiver()
      var options = TransferOptions()
      options.proxy = receiver.address
      let request = HTTPRequest(.get, try WebAddress("http://nobody.invalid/through", schemes: ["http"]))
      #expect(try await Transfer(options).send(request).status == 200)
      #expect(try receiver.requests().map(\.path) == ["http://nobody.invalid/through"])
    }

    @Test("connects without sending anything")
    func connect() async throws {
      let receiver = try HTTPReceiver()
      let transfer = Transfer()
      try await transfer.connect(to: try address(receiver))
      #expect(try receiver.requests().isEmpty)
      _ = try await transfer.send(try post(receiver))
      #expect(try receiver.requests().count == 1)
    }

    @Test("holds up no other task while it waits")
    func waiting() async throws {
      let receiver = try HTTPReceiver([.init(delay: 2)])
      let request = try post(receiver)
      // More of them than there are threads for tasks: one after the other they would outlast the time-out.
      var options = TransferOptions()
      options.timeoutMilliseconds = 40_000
      let fixed = options
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 1...24 { group.addTask { try await Transfer(fixed).send(request).status } }
        for try await status in group { #expect(status == 200) }
      }
    }
  }
#endif
