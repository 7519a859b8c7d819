#if Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import PluginAPI
  import PluginConformance
  import TestServers
  import Testing

  @Suite(
    "The alertmanager notifier", .serialized,
    .enabled(
      if: Programs.alertmanager != nil && Programs.python != nil, "alertmanager or python3 is not here"))
  struct AlertmanagerDeliveryTests {
    @Test("posts an alert with labels, annotations, a beginning, an end and a link")
    func alert() async throws {
      let server = try AlertmanagerServer()
      let notifier = try await openNotifier(
        server,
        [
          "labels": .object(["site": .text("上海"), "empty": .text("")]),
          "generator_url": .text("https://desk.example/{rule}?t={ticket}&k={key}"),
          "expires_after_hours": .number(2),
        ])
      let before = systemTime()
      let receipts = try await notifier.deliver([delivery("工单 1/a&b", ticket: "工单 1", body: "第一行\n\"二\"")])
      #expect(receipts == [Receipt(key: "工单 1/a&b", status: .delivered)])
      let alerts = try await server.alerts()
      #expect(alerts.count == 1)
      let alert = try #require(alerts.first)
      #expect(
        alert.labels == [
          "alertname": "window.breached", "ticket": "工单 1", "rule": "P-1", "severity": "error",
          "team": "network",
          "docket_key": "工单 1/a&b", "site": "上海",
        ])
      #expect(
        alert.annotations == [
          "summary": "响应超时", "description": "第一行\n\"二\"", "place": "rules/windows.yaml:3",
        ])
      #expect(
        alert.generatorURL
          == "https://desk.example/P-1?t=%E5%B7%A5%E5%8D%95%201&k=%E5%B7%A5%E5%8D%95%201%2Fa%26b")
      let hour = Int64(3_600_000)
      #expect(alert.startsAt >= CalendarTime(milliseconds: before).internetTimestamp)
      #expect(alert.endsAt >= CalendarTime(milliseconds: before + 2 * hour).internetTimestamp)
      #expect(alert.endsAt <= CalendarTime(milliseconds: systemTime() + 2 * hour).internetTimestamp)
    }

    @Test("has its alerts grouped by ticket, and one for each team")
    func groups() async throws {
      let server = try AlertmanagerServer()
      let notifier = try await openNotifier(server)
      _ = try await notifier.deliver([
        delivery("1", ticket: "A", to: ["network", "lead"]), delivery("2", ticket: "A", to: []),
        delivery("3", ticket: "B"),
      ])
      // A group is told of again when more alerts come into it.
      #expect(try await eventually { try server.told("firing").count == 4 })
      #expect(Set(try server.notifications().map(\.groupLabels)) == [["ticket": "A"], ["ticket": "B"]])
      let teams = try server.told("firing").filter { $0["ticket"] == "A" }.map { $0["team"] ?? "-" }
      #expect(teams.sorted() == ["-", "lead", "network"])
    }

    @Test("makes one alert of a key that is delivered twice, after a restart too")
    func repeats() async throws {
      let server = try AlertmanagerServer()
      for _ in 1...2 {
        let notifier = try await openNotifier(server)
        _ = try await notifier.deliver([delivery("1"), delivery("1")])
        await notifier.close()
      }
      #expect(try await server.alerts().count == 1)
      #expect(try await eventually { try !server.notifications().isEmpty })
      #expect(try server.notifications().map { $0.alerts.count } == [1])
    }

    @Test("takes back what it delivered before a restart, and tells nothing of keys that it does not know")
    func resolve() async throws {
      let server = try AlertmanagerServer()
      let key = #"INC-1/"P\1","# + "\n网"
      let first = try await openNotifier(server)
      _ = try await first.deliver([
        delivery(key, to: ["network", "lead"], body: "b"), delivery("2", ticket: "INC-2"),
      ])
      #expect(try await eventually { try server.told("firing").count == 3 })
      await first.close()

      let second = try await openNotifier(server)
      #expect(await second.capabilities == .resolve)
      #expect(
        try await second.resolve([key, "unknown"]) == [
          Receipt(key: key, status: .delivered), Receipt(key: "unknown", status: .delivered),
        ])
      #expect(try await server.alerts().map { $0.labels["docket_key"] } == ["2"])
      #expect(try await eventually { try server.told("resolved").count == 2 })
      let resolved = try server.told("resolved")
      #expect(resolved.map { $0["team"] ?? "" }.sorted() == ["lead", "network"])
      #expect(resolved.allSatisfy { $0["docket_key"] == key })
    }

    @Test("is silenced as Alertmanager is told to")
    func silence() async throws {
      let server = try AlertmanagerServer()
      try await server.silence("ticket", "INC-1")
      let notifier = try await openNotifier(server)
      _ = try await notifier.deliver([delivery("1", ticket: "INC-1"), delivery("2", ticket: "INC-2")])
      #expect(try await eventually { try !server.notifications().isEmpty })
      let states = Dictionary(
        try await server.alerts().map { ($0.labels["ticket"] ?? "", $0.status.state) },
        uniquingKeysWith: { $1 })
      #expect(states == ["INC-1": "suppressed", "INC-2": "active"])
      #expect(try server.notifications().map(\.groupLabels) == [["ticket": "INC-2"]])
    }

    @Test("shows its password where it is asked for, and stops where it is wrong")
    func password() async throws {
      // Of "door-key".
      let server = try AlertmanagerServer(
        passwordHash: "$2b$04$4tmrgwh4iE8OFKCJchRtJ.6JrCDUYbQEz62tf2CmNDp82m0q0nr2W")
      let right = try await openNotifier(server, ["user": .text("docket"), "password": .text("door-key")])
      #expect(try await right.check() == [])
      #expect(try await right.deliver([delivery("1")]).map(\.status) == [.delivered])
      let wrong = try await openNotifier(server, ["user": .text("docket"), "password": .text("S3CRET")])
      let refusal = PluginError(.authorization, "127.0.0.1 answers 401", pointer: "/password")
      await #expect(throws: refusal) { try await wrong.deliver([delivery("2")]) }
      #expect(try await wrong.check() == [PluginProblem("127.0.0.1 answers 401", pointer: "/password")])
    }

    @Test("does what every notifier must")
    func conformance() async throws {
      let server = try AlertmanagerServer()
      let notifier = NotifierConformance(configuration(server.address)) {
        AlertmanagerNotifier(now: systemTime)
      }
      let violations = try await notifier.violations { title in
        ((try? await server.alerts()) ?? []).count { $0.annotations["summary"] == title }
      }
      #expect(violations == [])
    }
  }
#endif
