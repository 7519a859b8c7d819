#if Curl
  import TestServers
  import Testing

  @Suite(
    "The programs over libcurl", .serialized,
    .enabled(
      if: Programs.python != nil && Programs.pythonWithSMTP != nil && Programs.alertmanager != nil,
      "python3, aiosmtpd or alertmanager is not here"))
  struct ProgramTests {
    @Test("pass every scenario of the protocol", arguments: BuiltPrograms.names)
    func check(name: String) throws {
      let result = try BuiltPrograms().docket(["plugin", "check", "plugins/notifiers/\(name)"])
      #expect(result.status == 0)
      #expect(result.output.hasSuffix(" passed, 0 failed, 0 skipped\n"), "\(result.output)")
    }

    @Test("deliver what a check finds, each the same, and show no secret")
    func delivery() async throws {
      let programs = try BuiltPrograms()
      let (receiver, mail, alerts) = (try HTTPReceiver(), try SMTPReceiver(), try AlertmanagerServer())
      try programs.write(
        """
        rules: rules/technical-service
        store: {plugin: files, path: rules/technical-service/samples}
        notify:
          - {plugin: webhook, secret_url: {env: HOOK}, secret: {env: SECRET}, token: {file: token}}
          - {plugin: email, host: 127.0.0.1, port: \(mail.port), from: docket@desk.example, default: all@desk.example}
          - {plugin: alertmanager, url: '\(alerts.address)'}
        """, to: "docket.yaml")
      try programs.write("T0KEN-three\n", to: "token")
      let result = try programs.docket(
        ["check", "--as-of", "2026-10-12T10:00:00+08:00", "--trace", "trace"],
        environment: ["HOOK": receiver.address + "/T0KEN-one", "SECRET": "T0KEN-two"])
      #expect(result.status == 1, "\(result.output)")

      let requests = try receiver.requests()
      let keys = requests.compactMap { $0.headers["webhook-id"] }
      #expect(requests.count >= 10 && Set(keys).count == requests.count)
      #expect(
        requests.allSatisfy { $0.path == "/T0KEN-one" && $0.headers["authorization"] == "Bearer T0KEN-three" }
      )
      let mails = try mail.mails()
      #expect(Set(mails.compactMap { $0.headers["message-id"] }).count == requests.count)
      #expect(mails.count == requests.count)
      #expect(Set(try await alerts.alerts().compactMap { $0.labels["docket_key"] }).count == requests.count)

      let trace = try programs.text("trace")
      #expect(trace.contains("notifier/deliver") && !trace.contains("T0KEN"))
      #expect(!result.output.contains("T0KEN"))
    }
  }
#endif
