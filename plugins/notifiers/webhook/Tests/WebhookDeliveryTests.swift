#if Curl
  import PluginAPI
  import PluginConformance
  import TestServers
  import Testing
  import WebhookNotifier

  @Suite("The webhook notifier", .serialized, .enabled(if: Programs.python != nil, "python3 is not here"))
  struct WebhookDeliveryTests {
    @Test("posts the whole delivery, with its key")
    func generic() async throws {
      let receiver = try HTTPReceiver()
      let notifier = try await openNotifier(receiver)
      let delivery = delivery("工单 1/F-10%", to: ["network", "值班"], title: "缺少 \"错误信息\"", body: "a\nb")
      #expect(try await notifier.deliver([delivery]) == [Receipt(key: "工单 1/F-10%", status: .delivered)])
      let request = try #require(try receiver.requests().first)
      #expect(request.method == "POST" && request.path == "/hook?key=T0KEN")
      #expect(request.headers["content-type"] == "application/json; charset=utf-8")
      #expect(request.headers["idempotency-key"] == "%E5%B7%A5%E5%8D%95%201/F-10%25")
      #expect(request.headers["webhook-signature"] == nil && request.headers["authorization"] == nil)
      #expect(
        request.body
          == #"{"key":"工单 1/F-10%","notice":"finding","ticket":"INC-1","rule":"F-10","place":"rules/fields.yaml:12","#
          + #""to":["network","值班"],"title":"缺少 \"错误信息\"","body":"a\nb","severity":"error"}"#)
    }

    @Test(
      "signs as Standard Webhooks says, with the key as text or in Base64",
      arguments: ["whsec_c2VjcmV0", "secret"])
    func signature(secret: String) async throws {
      let receiver = try HTTPReceiver()
      let notifier = try await openNotifier(receiver, ["secret": .text(secret)])
      _ = try await notifier.deliver([delivery("k-1")])
      let request = try #require(try receiver.requests().first)
      #expect(request.headers["webhook-id"] == "k-1")
      #expect(request.headers["webhook-timestamp"] == "1791772200")
      let expected = try Programs.hmac(key: "secret", message: "k-1.1791772200.\(request.body)")
      #expect(request.headers["webhook-signature"] == "v1,\(expected)")
    }

    @Test("sends the token and the headers that it is told to")
    func headers() async throws {
      let receiver = try HTTPReceiver()
      let headers: [PluginConfiguration.Value] = [
        .object(["name": .text("X-Source"), "value": .text("docket 服务台")]),
        .object(["name": .text("X-Api-Key"), "secret": .text("k3y")]),
      ]
      let notifier = try await openNotifier(receiver, ["token": .text("t0k"), "headers": .list(headers)])
      _ = try await notifier.deliver([delivery()])
      let request = try #require(try receiver.requests().first)
      #expect(request.headers["authorization"] == "Bearer t0k")
      #expect(request.headers["x-api-key"] == "k3y")
      // The receiver reads headers as Latin-1.
      #expect(request.headers["x-source"]?.hasPrefix("docket ") == true)
    }

    @Test("posts all of a call over one connection, in order, and a repeated key once")
    func batch() async throws {
      let receiver = try HTTPReceiver()
      let notifier = try await openNotifier(receiver)
      let keys = ["1", "2", "1", "3"]
      let receipts = try await notifier.deliver(keys.map { delivery($0) })
      #expect(receipts == keys.map { Receipt(key: $0, status: .delivered) })
      _ = try await notifier.deliver([delivery("2"), delivery("4")])
      let requests = try receiver.requests()
      #expect(requests.compactMap { $0.headers["idempotency-key"] } == ["1", "2", "3", "4"])
      #expect(Set(requests.map(\.connection)) == [1])
    }

    @Test("fills in a template of the user's own, and nothing in a delivery leaves its place")
    func template() async throws {
      let receiver = try HTTPReceiver()
      let template: [String: PluginConfiguration.Value] = [
        "text": .text("{{{severity}}} {title}: {body} ({ticket}, {rule}, {place}, {to}, {key}, {notice})"),
        "list": .list([.text("{ticket}"), .number(3), .boolean(true)]), "{ticket}": .text("plain"),
        "nested": .object(["empty": .text("")]),
      ]
      let notifier = try await openNotifier(receiver, ["template": .object(template)])
      let title = #"","x":"{body}\u0000" </script>"#
      _ = try await notifier.deliver([
        delivery("k", to: ["a", "b"], title: title, body: "\u{1}\n\\\u{2028}")
      ])
      let request = try #require(try receiver.requests().first)
      #expect(
        try request.text(at: "text")
          == "{error} \(title): \u{1}\n\\\u{2028} (INC-1, F-10, rules/fields.yaml:12, a, b, k, finding)")
      #expect(try request.text(at: "list", "0") == "INC-1")
      #expect(request.body.contains(#""list":["INC-1",3,true]"#))
      #expect(try request.text(at: "{ticket}") == "plain")
      #expect(try request.text(at: "nested", "empty") == "")
    }

    @Test("does what every notifier must")
    func conformance() async throws {
      let receiver = try HTTPReceiver()
      let notifier = NotifierConformance(configuration(receiver)) { WebhookNotifier { instant } }
      let violations = try await notifier.violations { title in
        ((try? receiver.requests()) ?? []).count { $0.body.contains("\"title\":\"\(title)\"") }
      }
      #expect(violations == [])
    }

    @Test("connects to check, and posts nothing")
    func check() async throws {
      let receiver = try HTTPReceiver()
      let notifier = try await openNotifier(receiver)
      #expect(try await notifier.check() == [])
      #expect(try receiver.requests().isEmpty)
      let absent = WebhookNotifier { instant }
      // Too long for a name: nobody is asked for it.
      let nobody = String(repeating: "x", count: 64)
      try await absent.open(
        PluginConfiguration(instance: "webhook", values: ["url": .text("http://\(nobody)/T0KEN")]))
      #expect(
        try await absent.check() == [
          PluginProblem("the address is http: everybody on the way can read what is posted", pointer: "/url"),
          PluginProblem("\(nobody): Could not resolve host: \(nobody)", pointer: "/url"),
        ])
    }
  }
#endif
