#if Service && Curl
  import AlertmanagerNotifier
  import CurlTransfer
  import Engine
  import PluginAPI
  import SQLiteState
  import TestServers
  import TestSupport
  import Testing
  import WorkingTime

  @Suite(
    "The service and Alertmanager", .serialized,
    .enabled(
      if: Programs.alertmanager != nil && Programs.python != nil, "alertmanager or python3 is not here"))
  struct AlertmanagerTests {
    @Test("have an alert while a window is late, and none once it has ended, over a restart")
    func alert() async throws {
      let server = try AlertmanagerServer()
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      watch.put("T-2", opened: "08:00")
      try await run(watch, server) { service in
        try await until { try await service.counts().tickets == 2 }
        watch.clock.advance(2 * .hour)
        try await until { try await server.alerts().count == 2 }
        try await until { try await service.counts().outbox.isEmpty }
      }
      watch.put("T-1", opened: "08:00", done: "10:00")
      try await run(watch, server) { service in
        try await until { try await server.alerts().map { $0.labels["ticket"] } == ["T-2"] }
        try await until { try await service.counts().outbox.isEmpty }
      }
    }

    private func run(
      _ watch: Watch, _ server: AlertmanagerServer, _ body: (Service) async throws -> Void
    ) async throws {
      let notifier = AlertmanagerNotifier(now: systemTime)
      try await notifier.open(
        PluginConfiguration(instance: "alerts", values: ["url": .text(server.address)]))
      try await watch.run(with: [Service.NamedNotifier("alerts", notifier)], body)
      await notifier.close()
    }
  }
#endif
