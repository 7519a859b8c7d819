import PluginAPI
import Testing

@testable import Engine

@Suite("Deliveries")
struct DeliveryStageTests {
  private func deliver(_ keys: String..., to notifiers: ScriptedNotifier...) async throws {
    let all = keys.map {
      Delivery(key: $0, notice: "finding", ticket: "T", rule: "R", title: "", body: "", severity: .error)
    }
    try await DeliveryStage(notifiers: notifiers).deliver(all)
  }

  @Test("go to every notifier, in order")
  func all() async throws {
    let (first, second) = (ScriptedNotifier(), ScriptedNotifier())
    try await deliver("a", "b", to: first, second)
    #expect(first.calls == [["a", "b"]])
    #expect(second.calls == [["a", "b"]])
  }

  @Test("of which there is none wake no notifier")
  func none() async throws {
    let notifier = ScriptedNotifier()
    try await deliver(to: notifier)
    #expect(notifier.calls.isEmpty)
  }

  @Test("that shall be retried are retried alone and in order, until they are delivered")
  func retried() async throws {
    let notifier = ScriptedNotifier { key, attempt in
      key == "a" || attempt == 3 || key == "b" && attempt == 2 ? .delivered : .retry(afterMilliseconds: 0)
    }
    try await deliver("a", "b", "c", "d", to: notifier)
    #expect(notifier.calls == [["a", "b", "c", "d"], ["b", "c", "d"], ["c", "d"]])
  }

  @Test("that are accepted at the fifth attempt are delivered")
  func fifth() async throws {
    let notifier = ScriptedNotifier { _, attempt in attempt == 5 ? .delivered : .retry(afterMilliseconds: 0) }
    try await deliver("a", to: notifier)
    #expect(notifier.calls.count == 5)
  }

  @Test("that are not accepted in five attempts fail the check")
  func exhausted() async {
    let notifier = ScriptedNotifier { key, _ in key == "a" ? .delivered : .retry(afterMilliseconds: 0) }
    let error = await #expect(throws: PluginError.self) { try await deliver("a", "b", "c", to: notifier) }
    #expect(error == PluginError(.transient, "2 deliveries were not accepted in 5 attempts"))
    #expect(notifier.calls.count == 5)
  }

  @Test("that are rejected fail the check with the reason, and later notifiers hear nothing")
  func rejected() async {
    let first = ScriptedNotifier { key, _ in key == "b" ? .rejected(reason: "no such room") : .delivered }
    let second = ScriptedNotifier()
    let error = await #expect(throws: PluginError.self) { try await deliver("a", "b", to: first, second) }
    #expect(error == PluginError(.permanent, "delivery b was rejected: no such room"))
    #expect(second.calls.isEmpty)
  }

  @Test("of which a notifier loses sight fail the check")
  func withoutReceipt() async {
    let notifier = ScriptedNotifier { key, _ in key == "b" ? nil : .delivered }
    let error = await #expect(throws: PluginError.self) { try await deliver("a", "b", to: notifier) }
    #expect(error == PluginError(.internal, "the notifier gave no receipt for delivery b"))
  }

  @Test("that throw end the check with the notifier's own words")
  func throwing() async {
    let failure = PluginError(.authorization, "the token has expired", hint: "renew it")
    let notifier = ScriptedNotifier(failure: failure)
    let error = await #expect(throws: PluginError.self) { try await deliver("a", to: notifier) }
    #expect(error == failure)
  }
}
