#if Curl
  import PluginAPI
  import TestServers
  import Testing
  import WebhookNotifier

  @Suite(
    "The webhook notifier, where the receiver does not take a post,", .serialized,
    .enabled(if: Programs.python != nil, "python3 is not here"))
  struct WebhookFailureTests {
    private typealias Answer = HTTPReceiver.Answer

    @Test("says so, and how long the receiver wants to be left alone, where nothing got through before")
    func busyAtOnce() async throws {
      let receiver = try HTTPReceiver([Answer(429, headers: ["Retry-After": "3"])])
      let error = await PluginError.thrown(
        by: try await openNotifier(receiver), [delivery("1"), delivery("2")])
      #expect(error == PluginError(.rateLimited, "127.0.0.1 answers 429", retryAfterMilliseconds: 3_000))
      #expect(try receiver.requests().count == 1)
    }

    @Test(
      "puts off what is left where it got through before",
      arguments: [
        (Answer(429, headers: ["Retry-After": "3"]), 3_000), (Answer(503), 5_000),
        (Answer(503, headers: ["Retry-After": "120"]), 120_000),
        (Answer(delay: 30), 5_000),
      ] as [(Answer, Int64)])
    func busyLater(answer: HTTPReceiver.Answer, pause: Int64) async throws {
      let receiver = try HTTPReceiver([Answer(), answer, Answer()])
      let notifier = try await openNotifier(receiver, ["timeout": .number(answer.delay > 0 ? 5 : 25)])
      let deliveries = (1...4).map { delivery("\($0)") }
      let putOff = Receipt.Status.retry(afterMilliseconds: pause)
      #expect(
        try await notifier.deliver(deliveries).map(\.status) == [.delivered, putOff, putOff, putOff])
      #expect(try receiver.requests().count == 2)
      // The next call goes on where this one ended.
      #expect(try await notifier.deliver(deliveries).map(\.status) == Array(repeating: .delivered, count: 4))
      #expect(
        try receiver.requests().compactMap { $0.headers["idempotency-key"] } == ["1", "2", "2", "3", "4"])
    }

    @Test("posts again, with the same key, where a kept connection was closed without an answer")
    func keptConnection() async throws {
      let receiver = try HTTPReceiver([Answer(), Answer(close: true), Answer()])
      let notifier = try await openNotifier(receiver)
      #expect(
        try await notifier.deliver([delivery("1"), delivery("2")]).map(\.status) == [.delivered, .delivered])
      let requests = try receiver.requests()
      #expect(requests.compactMap { $0.headers["idempotency-key"] } == ["1", "2", "2"])
      #expect(requests.map(\.connection) == [1, 1, 2])
    }

    @Test("tries later what one post fails at, and goes on with the next", arguments: [500, 502, 504, 408])
    func failure(status: Int) async throws {
      let receiver = try HTTPReceiver([Answer(status), Answer()])
      let notifier = try await openNotifier(receiver)
      #expect(
        try await notifier.deliver([delivery("1"), delivery("2")]).map(\.status)
          == [.retry(afterMilliseconds: 10_000), .delivered])
    }

    @Test("rejects what is refused, and goes on with the next", arguments: [400, 404, 409, 410, 413, 422])
    func refusal(status: Int) async throws {
      let receiver = try HTTPReceiver([Answer(status, body: "somebody@desk.example"), Answer()])
      let notifier = try await openNotifier(receiver)
      let statuses = try await notifier.deliver([delivery("1"), delivery("2")]).map(\.status)
      #expect(statuses == [.rejected(reason: "127.0.0.1 answers \(status)"), .delivered])
      // What was rejected may come again.
      #expect(try await notifier.deliver([delivery("1")]).map(\.status) == [.delivered])
    }

    @Test("stops for credentials that are refused", arguments: [401, 403])
    func credentials(status: Int) async throws {
      let receiver = try HTTPReceiver([Answer(status)])
      let error = await PluginError.thrown(by: try await openNotifier(receiver, ["token": .text("T0KEN")]))
      #expect(error == PluginError(.authorization, "127.0.0.1 answers \(status)"))
    }

    @Test("stops for a receiver that moved, and follows it where it is told to")
    func redirect() async throws {
      let receiver = try HTTPReceiver([Answer(307, headers: ["Location": "/elsewhere"]), Answer()])
      let error = await PluginError.thrown(by: try await openNotifier(receiver))
      #expect(
        error
          == PluginError(
            .configuration, "127.0.0.1 answers 307, and redirects are not followed", pointer: "/url"))
      #expect(try receiver.requests().map(\.path) == ["/hook?key=T0KEN"])

      let second = try HTTPReceiver([Answer(307, headers: ["Location": "/elsewhere"]), Answer()])
      let follower = try await openNotifier(second, ["follow_redirects": .boolean(true)])
      #expect(try await follower.deliver([delivery()]).map(\.status) == [.delivered])
      #expect(try second.requests().map(\.path) == ["/hook?key=T0KEN", "/elsewhere"])
      #expect(Set(try second.requests().map(\.body)).count == 1)
    }

    @Test("tells nothing of its address but the host, whatever goes wrong")
    func secrets() async throws {
      for answer in [
        Answer(400), Answer(401), Answer(429), Answer(302), Answer(close: true), Answer(delay: 9),
      ] {
        let receiver = try HTTPReceiver([answer])
        let notifier = try await openNotifier(
          receiver, ["token": .text("T0KEN-2"), "secret": .text("T0KEN-3"), "timeout": .number(1)])
        let error = await PluginError.thrown(by: notifier)
        #expect(!"\(error)".contains("T0KEN"))
        #expect(!"\(try await notifier.check())".contains("T0KEN"))
      }
    }
  }
#endif
