import FileAccess
import Foundation
import PluginAPI
import Testing

@testable import PluginHost

/// Transcripts of sessions of version 1, kept for as long as that version is spoken. `DOCKET_RECORD=1` writes them anew.
@Suite("A transcript of version 1", .enabled(if: FaultyStore.isThere))
struct TranscriptTests {
  private static let isRecording = ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1"
  private static let folder =
    URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/transcripts"

  private func environment(_ name: String) throws -> PluginEnvironment {
    var environment = PluginEnvironment(variable: { ProcessInfo.processInfo.environment[$0] })
    if Self.isRecording {
      environment.transcript = try Transcript(
        "\(Self.folder)/\(name).ndjson", timing: Timing(now: { 0 }, sleep: { _ in }, chance: { 0 }))
    }
    return environment
  }

  /// The plugin that was recorded while recording, else the one that says what was recorded.
  private func manifest(_ recorded: String, _ role: PluginDescription.Role) throws -> PluginManifest {
    let name = Self.isRecording ? recorded : "replayed"
    return try #require(
      PluginCatalog(linked: [], roots: [FaultyStore.folder]).find(name, role).entry?.manifest)
  }

  private func configuration(_ name: String, _ values: [String: PluginConfiguration.Value] = [:])
    -> PluginConfiguration
  {
    let transcript: [String: PluginConfiguration.Value] = [
      "transcript": .text("\(Self.folder)/\(name).ndjson")
    ]
    return PluginConfiguration(instance: "it", values: Self.isRecording ? values : transcript)
  }

  @Test("of a store is replayed without a difference")
  func store() async throws {
    let store = ProcessStore(try manifest("faulty", .store), try environment("store-1"))
    try await store.open(configuration("store-1", ["count": .number(20)]))
    #expect(try await store.check() == [PluginProblem("half full", pointer: "/count", hint: "fill it")])
    #expect(try await store.describe().map(\.name) == ["state"])
    #expect(try await records(of: store).count == 20)
    #expect(try await store.get(["x"]).missing == ["x"])
    let decision = DecisionRecord(
      ticket: "T-1", version: "1", json: Array(#"{"priority":{"level":"P1"}}"#.utf8))
    #expect(try await store.write([decision]) == [WriteResult(ticket: "T-1", status: .written)])
    await store.close()
  }

  @Test("of a notifier is replayed without a difference")
  func notifier() async throws {
    let notifier = ProcessNotifier(try manifest("desk", .notifier), try environment("notifier-1"))
    try await notifier.open(configuration("notifier-1"))
    let receipts = try await notifier.deliver(
      ["a", "b/no", "c/later"].map { NotifierTests.delivery($0, body: "字\n") })
    #expect(receipts.count == 3)
    #expect(try await notifier.resolve(["a"]).count == 1)
    try await notifier.close()
  }

  @Test("shows where a host says something else", .disabled(if: isRecording))
  func difference() async throws {
    let store = ProcessStore(try manifest("faulty", .store), try environment("store-1"))
    try await store.open(configuration("store-1"))
    let error = await #expect(throws: PluginError.self) { try await store.describe() }
    #expect(
      error?.message.contains("ended with exit status 9 during store/describe; its stderr ends: expected")
        == true)
    await store.close()
  }
}
