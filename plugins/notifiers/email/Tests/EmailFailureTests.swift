#if Curl
  import EmailNotifier
  import PluginAPI
  import Testing
  import TestServers

  @Suite(
    "The email notifier, where something is wrong,", .serialized,
    .enabled(if: Programs.pythonWithSMTP != nil && Programs.openssl != nil, "aiosmtpd or openssl is not here")
  )
  struct EmailFailureTests {
    private func secureOptions(_ certificate: Certificate) -> SMTPReceiver.Options {
      var options = SMTPReceiver.Options()
      options.certificate = certificate.certificate
      options.key = certificate.key
      return options
    }

    @Test(
      "sends mail and password with STARTTLS, or TLS from the first byte",
      arguments: ["starttls", "implicit"])
    func secure(tls: String) async throws {
      let folder = try TestFolder()
      let certificate = try Certificate(in: folder)
      var options = secureOptions(certificate)
      options.implicit = tls == "implicit"
      options.user = "desk"
      options.password = "开门 \" \\"
      let receiver = try SMTPReceiver(options)
      let settings: [String: PluginConfiguration.Value] = [
        "tls": .text(tls), "ca_file": .text(certificate.certificate), "user": .text("desk"),
        "password": .text("开门 \" \\"),
      ]
      let notifier = try await openNotifier(receiver, settings)
      #expect(try await notifier.check() == [])
      #expect(try await notifier.deliver([delivery()]).first?.status == .delivered)
      let mail = try #require(try receiver.mails().first)
      #expect(mail.secure && mail.user == "desk")
    }

    @Test("sends nothing in the clear to a server that has no STARTTLS")
    func noSTARTTLS() async throws {
      let receiver = try SMTPReceiver()
      let notifier = try await openNotifier(receiver, ["tls": .text("starttls")])
      let error = await #expect(throws: PluginError.self) { try await notifier.deliver([delivery()]) }
      #expect(error?.kind == .configuration)
      #expect(error?.message == "127.0.0.1: STARTTLS not supported.")
      #expect(try receiver.mails().isEmpty)
      #expect(
        try await notifier.check()
          == [PluginProblem("127.0.0.1: STARTTLS not supported.", pointer: "/host")])
    }

    @Test("sends nothing to a server whose certificate nobody vouches for")
    func certificate() async throws {
      let folder = try TestFolder()
      let receiver = try SMTPReceiver(secureOptions(try Certificate(in: folder)))
      let notifier = try await openNotifier(receiver, ["tls": .text("starttls")])
      let error = await #expect(throws: PluginError.self) { try await notifier.deliver([delivery()]) }
      #expect(
        error
          == PluginError(.configuration, "127.0.0.1: SSL certificate problem: self-signed certificate"))
      #expect(try receiver.mails().isEmpty)
    }

    @Test("stops and tells where the password is refused, without the password")
    func password() async throws {
      let folder = try TestFolder()
      let certificate = try Certificate(in: folder)
      var options = secureOptions(certificate)
      options.user = "desk"
      options.password = "right"
      let receiver = try SMTPReceiver(options)
      let notifier = try await openNotifier(
        receiver,
        [
          "tls": .text("starttls"), "ca_file": .text(certificate.certificate), "user": .text("desk"),
          "password": .text("S3CRET-wrong"),
        ])
      let error = await #expect(throws: PluginError.self) { try await notifier.deliver([delivery()]) }
      #expect(error == PluginError(.authorization, "127.0.0.1 answers 535: Login denied"))
      #expect(
        try await notifier.check()
          == [PluginProblem("127.0.0.1 answers 535: Login denied", pointer: "/password")])
      #expect(try receiver.mails().isEmpty)
    }

    @Test("tries later what the server puts off, rejects what it refuses, and goes on with the rest")
    func refusals() async throws {
      var options = SMTPReceiver.Options()
      options.refusals = [
        "busy@desk.example": "451 4.7.1 greylisted, try again later",
        "gone@desk.example": "550 5.1.1 no such user",
      ]
      let receiver = try SMTPReceiver(options)
      let names = ["busy", "gone", "here"]
      let addresses = Dictionary(uniqueKeysWithValues: names.map { ($0, "\($0)@desk.example") })
      let notifier = try await openNotifier(
        receiver, ["addresses": .object(addresses.mapValues(PluginConfiguration.Value.text))])
      let receipts = try await notifier.deliver(names.map { delivery($0, to: [$0]) })
      #expect(
        receipts.map(\.status) == [
          .retry(afterMilliseconds: 60_000), .rejected(reason: "127.0.0.1 answers 550: RCPT failed: 550"),
          .delivered,
        ])
      #expect(try receiver.mails().count == 1)
    }

    @Test(
      "heeds what the server says of the message itself",
      arguments: [
        ("452 4.3.1 insufficient storage", Receipt.Status.retry(afterMilliseconds: 60_000)),
        (
          "554 5.7.1 spam",
          .rejected(reason: "127.0.0.1 answers 554: Weird server reply")
        ),
      ])
    func content(answer: String, status: Receipt.Status) async throws {
      var options = SMTPReceiver.Options()
      options.data = answer
      let receiver = try SMTPReceiver(options)
      let notifier = try await openNotifier(receiver)
      #expect(try await notifier.deliver([delivery()]).map(\.status) == [status])
      #expect(try receiver.mails().isEmpty)
    }

    @Test("tries all of it later where no server is there")
    func absent() async throws {
      let notifier = EmailNotifier { instant }
      try await notifier.open(configuration(1))
      let error = await #expect(throws: PluginError.self) { try await notifier.deliver([delivery()]) }
      #expect(error?.kind == .transient)
      #expect(try await notifier.check().count == 1)
    }
  }
#endif
