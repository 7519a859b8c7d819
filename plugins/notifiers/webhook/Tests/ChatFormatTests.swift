#if Curl
  import PluginAPI
  import TestServers
  import Testing
  import WebhookNotifier

  @Suite("Posts for chats", .serialized, .enabled(if: Programs.python != nil, "python3 is not here"))
  struct ChatFormatTests {
    static let taken = [
      "slack": "ok", "teams": "", "dingtalk": #"{"errcode":0,"errmsg":"ok"}"#,
      "feishu": #"{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}"#,
      "wecom": #"{"errcode":0,"errmsg":"ok"}"#,
    ]

    private func request(
      _ template: String, _ delivery: Delivery, _ more: [String: PluginConfiguration.Value] = [:]
    ) async throws -> HTTPReceiver.Request {
      let receiver = try HTTPReceiver([.init(body: Self.taken[template] ?? "")])
      let settings = more.merging(["template": .text(template)]) { $1 }
      let notifier = try await openNotifier(receiver, settings)
      #expect(try await notifier.deliver([delivery]).map(\.status) == [.delivered])
      return try #require(try receiver.requests().first)
    }

    @Test(
      "look as each of them wants", arguments: ["slack", "teams", "dingtalk", "feishu", "wecom"])
    func fixtures(template: String) async throws {
      let delivery = delivery(
        to: ["network", "值班"], title: "响应超时 <!channel> & \"more\"", body: "第一行 <@all>\n第二行 <at id=all></at>")
      let request = try await request(template, delivery)
      #expect(try json(request.body) == json(Fixture.text(template)))
    }

    @Test("to Slack have their circle, and no section without a text")
    func slack() async throws {
      let request = try await request("slack", delivery(severity: .warning))
      #expect(try request.text(at: "blocks", "0", "text", "text") == "🟠 [INC-1] the error text is missing")
      #expect(try request.text(at: "blocks", "1", "type") == "context")
    }

    @Test("to DingTalk are signed in the address")
    func dingTalkSignature() async throws {
      let request = try await request("dingtalk", delivery(), ["secret": .text("SEC1")])
      let sign = try Programs.hmac(key: "SEC1", message: "\(instant)\nSEC1")
      let encoded = sign.replacing("+", with: "%2b").replacing("/", with: "%2f").replacing("=", with: "%3d")
      #expect(request.path == "/hook?key=T0KEN&timestamp=\(instant)&sign=\(encoded)")
    }

    @Test("to Feishu are signed in the body")
    func feishuSignature() async throws {
      let request = try await request("feishu", delivery(), ["secret": .text("SEC1")])
      #expect(try request.text(at: "timestamp") == "1791772200")
      #expect(try request.text(at: "sign") == Programs.hmac(key: "1791772200\nSEC1", message: ""))
    }

    @Test(
      "are cut at whole characters, with a mark, so that they just fit",
      arguments: [
        ("teams", 21_000, 1), ("dingtalk", 20_000, 1), ("feishu", 20_000, 1), ("wecom", 4_096, 0),
        ("slack", 3_000, 2),
      ])
    func limits(template: String, limit: Int, kind: Int) async throws {
      for unit in ["超", "👨‍👩‍👧‍👦", "a<&>", "行\n", "\"\\"] {
        let request = try await request(
          template,
          delivery(title: String(repeating: "题", count: 999), body: String(repeating: unit, count: 9_999)))
        let size: Int
        switch kind {
        case 0: size = try request.text(at: "markdown", "content").utf8.count
        case 1: size = request.body.utf8.count
        default: size = try request.text(at: "blocks", "1", "text", "text").utf16.count
        }
        #expect(size <= limit && size > limit - 60, "\(template), \(unit): \(size)")
        #expect(request.body.contains("…") && !request.body.contains("\u{FFFD}"))
        #expect(!request.body.contains("👨‍👩…"))
        if template == "slack" {
          #expect(try request.text(at: "blocks", "0", "text", "text").utf16.count <= 150)
        }
      }
    }

    @Test(
      "are failures where the robot says so within a 200",
      arguments: [
        ("dingtalk", 130101, PluginError.Kind.rateLimited, 600_000),
        ("dingtalk", 310000, .authorization, nil),
        ("dingtalk", -1, .transient, nil), ("feishu", 11232, .rateLimited, 60_000),
        ("feishu", 19021, .authorization, nil), ("feishu", 19024, .authorization, nil),
        ("wecom", 45009, .rateLimited, 60_000), ("wecom", 93000, .authorization, nil),
        ("wecom", -1, .transient, nil),
      ] as [(String, Int, PluginError.Kind, Int64?)])
    func refused(template: String, code: Int, kind: PluginError.Kind, pause: Int64?) async throws {
      let names = template == "feishu" ? ("code", "msg") : ("errcode", "errmsg")
      let answer = "{\"\(names.0)\":\(code),\"\(names.1)\":\"说明\"}"
      let receiver = try HTTPReceiver([.init(body: answer)])
      let error = await PluginError.thrown(
        by: try await openNotifier(receiver, ["template": .text(template)]))
      #expect(
        error == PluginError(kind, "the receiver answers \(code): 说明", retryAfterMilliseconds: pause))
    }

    @Test(
      "are rejected one by one for other numbers",
      arguments: [("dingtalk", "errcode", 460101), ("feishu", "code", 9499), ("wecom", "errcode", 40058)])
    func rejected(template: String, name: String, code: Int) async throws {
      let taken = Self.taken[template] ?? ""
      let receiver = try HTTPReceiver([.init(body: "{\"\(name)\":\(code)}"), .init(body: taken)])
      let notifier = try await openNotifier(receiver, ["template": .text(template)])
      #expect(
        try await notifier.deliver([delivery("1"), delivery("2")]).map(\.status)
          == [.rejected(reason: "the receiver answers \(code)"), .delivered])
    }

    @Test(
      "come again where a 200 is not the robot's", arguments: ["dingtalk", "feishu", "wecom"],
      ["", "<html>Please log in</html>", "{}", "[]", "{\"errcode\":\"0\",\"code\":\"0\"}"])
    func foreign(template: String, body: String) async throws {
      let receiver = try HTTPReceiver([.init(body: body)])
      let error = await PluginError.thrown(
        by: try await openNotifier(receiver, ["template": .text(template)]))
      #expect(
        error
          == PluginError(.transient, "the receiver answers with something else than a robot's number"))
    }

    @Test("are failures with the robot's number under another status, too")
    func otherStatus() async throws {
      // As robots of Feishu say it; `StatusCode` is 0 whatever happens.
      let tooMany = #"{"StatusCode":0,"StatusMessage":"","code":9499,"msg":"too many request"}"#
      let malformed = #"{"code":9499,"msg":"Bad Request","data":{}}"#
      let taken = Self.taken["feishu"] ?? ""
      let receiver = try HTTPReceiver([
        .init(400, body: tooMany), .init(body: tooMany), .init(400, body: malformed),
        .init(400, body: "<html>"),
        .init(body: taken),
      ])
      let notifier = try await openNotifier(receiver, ["template": .text("feishu")])
      for _ in 1...2 {
        #expect(
          await PluginError.thrown(by: notifier)
            == PluginError(
              .rateLimited, "the receiver answers 9499: too many request", retryAfterMilliseconds: 10_000))
      }
      #expect(
        try await notifier.deliver(["1", "2", "3"].map { delivery($0) }).map(\.status) == [
          .rejected(reason: "the receiver answers 9499: Bad Request"),
          .rejected(reason: "127.0.0.1 answers 400"), .delivered,
        ])
    }

    @Test("to an old robot of Feishu are taken where it says so in its way")
    func oldFeishu() async throws {
      let receiver = try HTTPReceiver([.init(body: #"{"StatusCode":0,"StatusMessage":"success"}"#)])
      let notifier = try await openNotifier(receiver, ["template": .text("feishu")])
      #expect(try await notifier.deliver([delivery()]).map(\.status) == [.delivered])
    }

    @Test("stop, with the word that Slack says, where the address is no longer one")
    func gone() async throws {
      let receiver = try HTTPReceiver([.init(404, body: "no_service")])
      let error = await PluginError.thrown(by: try await openNotifier(receiver, ["template": .text("slack")]))
      #expect(
        error == PluginError(.configuration, "127.0.0.1 answers 404: no_service", pointer: "/secret_url"))
    }

    @Test("stop before a robot would punish more of them", arguments: [("dingtalk", 20), ("wecom", 20)])
    func pace(template: String, limit: Int) async throws {
      let receiver = try HTTPReceiver([.init(body: Self.taken[template] ?? "")])
      let notifier = try await openNotifier(receiver, ["template": .text(template)])
      let receipts = try await notifier.deliver((1...30).map { delivery("\($0)") })
      #expect(receipts.prefix(limit).allSatisfy { $0.status == .delivered })
      for receipt in receipts.dropFirst(limit) {
        guard case .retry(let pause) = receipt.status else { throw ServerProblem(message: "\(receipt)") }
        #expect((1...60_001).contains(pause))
      }
      #expect(try receiver.requests().count == limit)
      let error = await PluginError.thrown(by: notifier, [delivery("31")])
      #expect(error.kind == .rateLimited && error.message == "the receiver takes \(limit) messages a minute")
      #expect(try receiver.requests().count == limit)
    }
  }
#endif
