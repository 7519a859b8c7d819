#if Curl
  import EmailNotifier
  import PluginAPI
  import PluginConformance
  import Testing
  import TestServers

  @Suite(
    "The email notifier", .serialized, .enabled(if: Programs.pythonWithSMTP != nil, "aiosmtpd is not here"))
  struct EmailDeliveryTests {
    @Test("sends what a reader shows: sender, recipient, date, subject, text and HTML")
    func mail() async throws {
      let receiver = try SMTPReceiver()
      let notifier = try await openNotifier(receiver, ["from_name": .text("服务台")])
      let delivery = delivery(title: "缺少 <错误信息>", body: "第一行\n.第二行 & 第三行\n")
      #expect(try await notifier.deliver([delivery]) == [Receipt(key: "INC-1/F-10", status: .delivered)])
      let mail = try #require(try receiver.mails().first)
      #expect(mail.sender == "docket@desk.example" && mail.recipients == ["all@desk.example"])
      #expect(mail.headers["from"] == "服务台 <docket@desk.example>")
      #expect(mail.headers["to"] == "all@desk.example")
      #expect(mail.headers["subject"] == "[INC-1] 缺少 <错误信息>")
      #expect(mail.date == "2026-10-12T02:30:00+00:00")
      #expect(mail.headers["auto-submitted"] == "auto-generated")
      #expect(mail.type == "multipart/alternative" && mail.defects == [])
      let text = "缺少 <错误信息>\n\n第一行\n.第二行 & 第三行\n\n\nINC-1 · F-10 · rules/fields.yaml:12\n"
      #expect(mail.text == text)
      let html = try #require(mail.html)
      #expect(html.contains("<strong>缺少 &lt;错误信息&gt;</strong>"))
      #expect(html.contains("<p>第一行<br>\n.第二行 &amp; 第三行<br>\n</p>"))
    }

    @Test("keeps all lines of a header within 76 characters and whole characters within a word")
    func longSubject() async throws {
      let receiver = try SMTPReceiver()
      let notifier = try await openNotifier(receiver)
      let titles = [
        String(repeating: "响应时间已超过八小时，", count: 20), String(repeating: "a long subject in ASCII ", count: 9),
        "1️⃣👩‍👩‍👧‍👦" + String(repeating: "👨‍👩‍👧‍👦é𠮷", count: 9), "=?UTF-8?B?aGk=?=", "short", "",
        "z" + String(repeating: "\u{301}", count: 100),
      ]
      for (index, title) in titles.enumerated() {
        _ = try await notifier.deliver([delivery("k\(index)", title: title)])
      }
      let mails = try receiver.mails()
      try #require(mails.count == titles.count)
      for (mail, title) in zip(mails, titles) {
        #expect(mail.headers["subject"] == "[INC-1] \(title)")
        #expect(mail.lines.allSatisfy { $0.utf8.count <= 76 })
      }
      #expect(mails[4].lines.contains("Subject: [INC-1] short"))
      let first = mails[0].lines.drop { !$0.hasPrefix("Subject:") }
      #expect(first.dropFirst().first?.hasPrefix(" =?UTF-8?B?") == true)
    }

    @Test(
      "lets nobody write headers", arguments: ["\r\n", "\n", "\r", "\r\n\r\n", "\u{85}", "\u{2028}", "\0"])
    func injection(lineEnd: String) async throws {
      let receiver = try SMTPReceiver()
      let evil = "a\(lineEnd)Bcc: victim@desk.example\(lineEnd)b"
      let notifier = try await openNotifier(receiver, ["from_name": .text(evil)])
      let delivery = delivery(evil, ticket: evil, title: evil, body: "\(lineEnd).\(lineEnd)MAIL FROM:<x@y>")
      #expect(try await notifier.deliver([delivery]).first?.status == .delivered)
      let mails = try receiver.mails()
      #expect(mails.count == 1)
      let mail = try #require(mails.first)
      #expect(mail.headers["bcc"] == nil && mail.defects == [])
      #expect(mail.recipients == ["all@desk.example"])
      #expect(mail.headers["subject"]?.contains("Bcc: victim@desk.example") == true)
      #expect(!mail.lines.contains { $0.lowercased().hasPrefix("bcc") })
    }

    @Test("gives a key the same Message-ID, and all mail about a ticket one ancestor")
    func threads() async throws {
      let receiver = try SMTPReceiver()
      for _ in 1...2 {
        let notifier = try await openNotifier(receiver)
        _ = try await notifier.deliver([
          delivery("工单-1/P-1", ticket: "工单-1"), delivery("工单-1/P-2", ticket: "工单-1"),
          delivery("INC-2/P-1", ticket: "INC-2"),
        ])
      }
      let mails = try receiver.mails()
      try #require(mails.count == 6)
      let ids = mails.map { $0.headers["message-id"] ?? "" }
      #expect(Array(ids[..<3]) == Array(ids[3...]))
      #expect(Set(ids).count == 3)
      #expect(ids[2] == "<notice.INC-2=2FP-1@desk.example>")
      let threads = mails.map { $0.headers["references"] ?? "" }
      #expect(threads == mails.map { $0.headers["in-reply-to"] ?? "" })
      #expect(threads[0] == threads[1] && threads[0] != threads[2])
      #expect(threads[2] == "<ticket.INC-2@desk.example>")
    }

    @Test("writes to the addresses behind the names, once to each, and to the default for others")
    func recipients() async throws {
      let receiver = try SMTPReceiver()
      let addresses: [String: PluginConfiguration.Value] = [
        "network": .list([.text("net@desk.example"), .text("lead@desk.example")]),
        "值班": .text("lead@desk.example"),
      ]
      let notifier = try await openNotifier(receiver, ["addresses": .object(addresses)])
      let names = [["network"], ["network", "值班"], ["somebody"], [], ["值班", "somebody"]]
      _ = try await notifier.deliver(names.enumerated().map { delivery("k\($0)", to: $1) })
      #expect(
        try receiver.mails().map(\.recipients) == [
          ["net@desk.example", "lead@desk.example"], ["net@desk.example", "lead@desk.example"],
          ["all@desk.example"], ["all@desk.example"], ["lead@desk.example", "all@desk.example"],
        ])
      #expect(try receiver.mails()[0].headers["to"] == "net@desk.example, lead@desk.example")
    }

    @Test("rejects what nobody can be found for")
    func nobody() async throws {
      let receiver = try SMTPReceiver()
      let notifier = EmailNotifier { instant }
      var settings = configuration(receiver.port, ["addresses": .object(["a": .text("a@desk.example")])])
      settings.values["default"] = nil
      try await notifier.open(settings)
      let receipts = try await notifier.deliver([delivery("1", to: ["a", "b"]), delivery("2", to: ["a"])])
      #expect(
        receipts.map(\.status) == [
          .rejected(reason: "a recipient has no address, and there is no default"), .delivered,
        ])
    }

    @Test("sends all mail of a call, and of the next one, over one connection")
    func connection() async throws {
      let receiver = try SMTPReceiver()
      let notifier = try await openNotifier(receiver)
      _ = try await notifier.deliver((1...3).map { delivery("k\($0)") })
      _ = try await notifier.deliver([delivery("k4")])
      #expect(Set(try receiver.mails().map(\.peer)).count == 1)
      await notifier.close()
    }

    @Test("does what every notifier must")
    func conformance() async throws {
      let receiver = try SMTPReceiver()
      let notifier = NotifierConformance(configuration(receiver.port)) { EmailNotifier { instant } }
      let violations = try await notifier.violations { title in
        ((try? receiver.mails()) ?? []).count { $0.headers["subject"]?.hasSuffix(title) == true }
      }
      #expect(violations == [])
    }
  }
#endif
