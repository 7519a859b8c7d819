#if Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import Foundation
  import PluginAPI
  import PluginConformance
  import TestServers
  import Testing

  @Suite(
    "The alertmanager notifier, where something is wrong,", .serialized,
    .enabled(if: Programs.python != nil, "python3 is not here"))
  struct AlertmanagerFailureTests {
    private typealias Answer = HTTPReceiver.Answer

    @Test("rejects what is refused, and keeps the rest of a call")
    func refused() async throws {
      let receiver = try HTTPReceiver([Answer(400), Answer(), Answer(400), Answer()])
      let notifier = try await openNotifier(receiver)
      let receipts = try await notifier.deliver(["1", "2", "3"].map { delivery($0) })
      #expect(
        receipts == [
          Receipt(key: "1", status: .delivered),
          Receipt(key: "2", status: .rejected(reason: "127.0.0.1 answers 400")),
          Receipt(key: "3", status: .delivered),
        ])
      #expect(try receiver.requests().count == 4)
    }

    @Test(
      "tells what the engine can do about it",
      arguments: [
        (Answer(429, headers: ["Retry-After": "2"]), PluginError.Kind.rateLimited, nil, 2_000),
        (Answer(500), .transient, nil, nil),
        (Answer(503, headers: ["Retry-After": "9"]), .transient, nil, 9_000),
        (Answer(404), .configuration, "/url", nil), (Answer(302), .configuration, "/url", nil),
        (Answer(403), .authorization, "/token", nil),
      ] as [(Answer, PluginError.Kind, String?, Int64?)])
    func kinds(answer: HTTPReceiver.Answer, kind: PluginError.Kind, pointer: String?, pause: Int64?)
      async throws
    {
      let receiver = try HTTPReceiver([answer])
      let notifier = try await openNotifier(receiver, ["token": .text("S3CRET")])
      let error = PluginError(
        kind, "127.0.0.1 answers \(answer.status)", pointer: pointer, retryAfterMilliseconds: pause)
      await #expect(throws: error) { try await notifier.deliver([delivery("1")]) }
      await #expect(throws: error) { try await notifier.resolve(["1"]) }
      #expect(try receiver.requests().map(\.path).count == 2)
      #expect(try receiver.requests()[0].headers["authorization"] == "Bearer S3CRET")
    }

    @Test("knows a server that is none", arguments: ["ok", "{}", "[]"])
    func stranger(body: String) async throws {
      let receiver = try HTTPReceiver([Answer(body: body)])
      let notifier = try await openNotifier(receiver)
      let problem = PluginProblem(
        "what answers is no Alertmanager with version 2 of the API", pointer: "/url")
      #expect(try await notifier.check() == [problem])
      #expect(try receiver.requests().map(\.path) == ["/hook/api/v2/status"])
    }

    @Test("reports that nobody is there")
    func absent() async throws {
      let notifier = AlertmanagerNotifier(now: systemTime)
      try await notifier.open(configuration("http://127.0.0.1:1"))
      let error = await #expect(throws: PluginError.self) { try await notifier.deliver([delivery("1")]) }
      #expect(error?.kind == .transient)
      #expect(try await notifier.check().map(\.pointer) == ["/url"])
      #expect(try await notifier.deliver([]) == [])
    }

    @Test(
      "refuses wrong settings with the pointer, the reason and the way out",
      arguments: [
        (["url": nil], "/url", "is missing: it says where Alertmanager is", nil),
        (["url": .text("alerts:9093")], "/url", "is no address: it must begin with http:// or https://", nil),
        (["user": .text("a")], "/password", "is missing: 'user' and 'password' belong together", nil),
        (["password": .text("a")], "/user", "is missing: 'user' and 'password' belong together", nil),
        (
          ["token": .text("t"), "user": .text("a")], "/token", "stands beside a password: write one of them",
          nil
        ),
        (["labels": .text("a")], "/labels", "must be a mapping of names and texts", nil),
        (["labels": .object(["a": .number(1)])], "/labels", "must be a mapping of names and texts", nil),
        (
          ["labels": .object(["team": .text("x")])], "/labels", "sets 'team', which comes from the delivery",
          nil
        ),
        (
          ["labels": .object(["1a": .text("x")])], "/labels",
          "has the label '1a', whose name may have letters, digits and '_' only, and no digit in front", nil
        ),
        (
          ["generator_url": .text("https://a/{tickt}")], "/generator_url",
          "has '{tickt}', which means nothing here", "did you mean 'ticket'?"
        ),
        (
          ["generator_url": .text("{body}")], "/generator_url", "has '{body}', which means nothing here",
          "the parts are {key}, {rule}, {ticket}"
        ),
        (
          ["generator_url": .text("desk/{ticket}")], "/generator_url",
          "makes no address: it must begin with http:// or https://", nil
        ),
        (
          ["expires_after_hours": .number(0)], "/expires_after_hours",
          "must be a whole number from 1 to 8760", nil
        ),
      ] as [([String: PluginConfiguration.Value?], String, String, String?)])
    func settings(
      changes: [String: PluginConfiguration.Value?], pointer: String, problem: String, hint: String?
    ) async {
      var settings = configuration("http://127.0.0.1:1")
      for (key, value) in changes { settings.values[key] = value }
      let expected = PluginError(
        .configuration, "'\(pointer.dropFirst())' of alerts \(problem)", pointer: pointer, hint: hint)
      await #expect(throws: expected) { try await AlertmanagerNotifier(now: systemTime).open(settings) }
      let conformance = NotifierConformance(settings) { AlertmanagerNotifier(now: systemTime) }
      #expect(await conformance.violations(refusing: settings, at: pointer) == [])
    }

    @Test("must be opened before its first use")
    func notOpen() async {
      await #expect(throws: PluginError(.internal, "the notifier was used before it was opened")) {
        try await AlertmanagerNotifier(now: systemTime).deliver([delivery("1")])
      }
    }

    @Test("is what its manifest and its sample settings say")
    func manifest() {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
      #expect(ManifestConformance(folder: folder).violations(against: AlertmanagerNotifier.description) == [])
    }
  }
#endif
