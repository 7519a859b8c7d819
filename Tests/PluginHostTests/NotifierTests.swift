import Foundation
import PluginAPI
import Testing

@testable import PluginHost

@Suite("A notifier's process", .enabled(if: FaultyStore.isThere))
struct NotifierTests {
  private let logged = Log()

  private func opened(_ values: [String: PluginConfiguration.Value] = [:]) async throws -> ProcessNotifier {
    let logged = logged
    var environment = PluginEnvironment(
      variable: { $0 == "DESK_TOKEN" ? "t0ken" : ProcessInfo.processInfo.environment[$0] },
      log: { logged.append($1) })
    environment.deadlines.initialize = 120_000
    let found = PluginCatalog(linked: [], roots: [FaultyStore.folder]).find("desk", .notifier)
    let notifier = ProcessNotifier(try #require(found.entry?.manifest), environment)
    try await notifier.open(PluginConfiguration(instance: "desk", values: values))
    return notifier
  }

  static func delivery(_ key: String, body: String = "") -> Delivery {
    Delivery(key: key, notice: "finding", ticket: "T-1", rule: "R", title: "t", body: body, severity: .info)
  }

  @Test("gets deliveries, and its receipts come back")
  func deliver() async throws {
    let notifier = try await opened()
    #expect(await notifier.capabilities == .resolve)
    #expect(try await notifier.check() == [])
    let receipts = try await notifier.deliver(["a", "b/no", "c/later"].map { Self.delivery($0) })
    #expect(
      receipts == [
        Receipt(key: "a", status: .delivered),
        Receipt(key: "b/no", status: .rejected(reason: "no such desk")),
        Receipt(key: "c/later", status: .retry(afterMilliseconds: 40)),
      ])
    #expect(try await notifier.resolve(["a"]) == [Receipt(key: "a", status: .delivered)])
    try await notifier.close()
  }

  @Test("gets many or large deliveries in lines that stay within the limit")
  func batches() async throws {
    let notifier = try await opened()
    let many = (0..<1203).map { Self.delivery("\($0)") }
    #expect(try await notifier.deliver(many).map(\.key) == many.map(\.key))
    let large = (0..<5).map { Self.delivery("\($0)", body: String(repeating: "x", count: 1 << 20)) }
    #expect(try await notifier.deliver(large).count == 5)
    #expect(try await notifier.deliver([]) == [])
    try await notifier.close()
    #expect(logged.all.prefix(3) == ["500 deliveries", "500 deliveries", "203 deliveries"])
    #expect(logged.all.dropFirst(3).count > 1)
  }

  @Test("does not get its secrets into reasons and problems")
  func secrets() async throws {
    let notifier = try await opened(["token": .object(["env": .text("DESK_TOKEN")])])
    let receipts = try await notifier.deliver([Self.delivery("a/secret")])
    #expect(receipts == [Receipt(key: "a/secret", status: .rejected(reason: "no: [redacted]"))])
    #expect(try await notifier.check() == [PluginProblem("[redacted] is old", hint: "renew [redacted]")])
    try await notifier.close()
  }

  @Test("is told where a single delivery is larger than a line may be")
  func tooLarge() async throws {
    let notifier = try await opened()
    let error = await #expect(throws: PluginError.self) {
      try await notifier.deliver([Self.delivery("k", body: String(repeating: "x", count: 9 << 20))])
    }
    #expect(error?.kind == .permanent)
    #expect(error?.message.hasSuffix("exceeds the limit of 8388608 bytes") == true)
    try await notifier.close()
  }
}
