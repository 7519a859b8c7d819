#if Service
  import Engine
  import HTTPTypes
  import Hummingbird
  import Logging
  import PluginAPI
  import Telemetry
  import WorkingTime

  /// The pages that tell how the service is: `/health` for people and probes, `/metrics` for Prometheus.
  struct StatusPages: Sendable {
    let service: Engine.Service
    let registry: MetricsRegistry
    let rules: RuleWatch

    /// The application that serves the pages at an address such as `127.0.0.1:9464`.
    func application(
      at address: ListenAddress, log: Logger, onListening: @escaping @Sendable () -> Void
    ) -> some ApplicationProtocol {
      let router = Router()
      router.get("/health") { _, _ in try await health() }
      router.get("/metrics") { _, _ in try await metrics() }
      return Application(
        router: router,
        configuration: ApplicationConfiguration(
          address: .hostname(address.host, port: address.port), serverName: "docket"),
        onServerRunning: { _ in onListening() }, logger: log)
    }

    /// 200 where everything works, 503 where something fails and is tried again.
    private func health() async throws -> Response {
      let problems = problems
      let status: HTTPResponse.Status = problems.isEmpty ? .ok : .serviceUnavailable
      var object = [#""status":"\#(problems.isEmpty ? "ok" : "degraded")""#]
      object.append(#""rulebook":\#(rules.identity.jsonText)"#)
      if let counts = try? await service.counts() {
        object.append(#""tickets":\#(counts.tickets)"#)
        object.append(#""outbox":\#(counts.outbox.values.reduce(0, +))"#)
        object.append(#""next_due":\#(counts.nextDue?.text(in: .utc).jsonText ?? "null")"#)
      }
      let list = problems.map {
        #"{"source":\#($0.source.jsonText),"message":\#($0.message.jsonText)}"#
      }
      object.append(#""problems":[\#(list.joined(separator: ","))]"#)
      return Self.page("{\(object.joined(separator: ","))}\n", "application/json", status)
    }

    /// What fails at the moment: of the service's, and rules that were refused.
    private var problems: [(source: String, message: String)] {
      service.problems.map { ($0.source.text, $0.message) } + (rules.problem.map { [("rules", $0)] } ?? [])
    }

    private func metrics() async throws -> Response {
      if let counts = try? await service.counts() {
        registry.setGauge("docket_tickets", counts.tickets)
        for (notifier, count) in counts.outbox {
          registry.setGauge("docket_outbox", count, [("notifier", notifier)])
        }
        let seconds = (counts.nextDue?.milliseconds ?? 0) / 1000
        registry.setGauge("docket_next_due_timestamp_seconds", Int(seconds))
      }
      registry.setGauge("docket_problems", problems.count)
      return Self.page(registry.text(), "text/plain; version=0.0.4; charset=utf-8", .ok)
    }

    private static func page(
      _ text: String, _ type: String, _ status: HTTPResponse.Status
    ) -> Response {
      Response(
        status: status, headers: [.contentType: type],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
  }

  extension String {
    /// The text as a JSON string.
    fileprivate var jsonText: String {
      var bytes = [UInt8]()
      bytes.appendJSONString(self)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
#endif
