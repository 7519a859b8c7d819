import CommandNotifier
import Foundation
import PluginAPI
import PluginConformance
import ProcessAccess
import Testing

@Suite("The command notifier")
final class CommandNotifierTests {
  private static let environment = ProgramEnvironment { ["PATH": "/usr/bin:/bin", "TOKEN": "t"][$0] }
  private let folder: String
  private var path: String { folder + "/notices" }

  init() throws {
    folder = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func configuration(_ values: [String: PluginConfiguration.Value]) -> PluginConfiguration {
    PluginConfiguration(instance: "command", values: values)
  }

  private func shell(_ script: String, _ more: [String: PluginConfiguration.Value] = [:])
    -> PluginConfiguration
  {
    let words = ["sh", "-c", script, path].map { PluginConfiguration.Value.text($0) }
    return configuration(more.merging(["command": .list(words)]) { first, _ in first })
  }

  private func open(_ configuration: PluginConfiguration) async throws -> CommandNotifier {
    let notifier = CommandNotifier(environment: Self.environment)
    try await notifier.open(configuration)
    return notifier
  }

  private func delivery(_ key: String, title: String = "t") -> Delivery {
    Delivery(
      key: key, notice: "finding", ticket: "T-1", rule: "F-10", place: "r.yaml:1", to: ["a"], title: title,
      body: "b",
      severity: .error)
  }

  @Test("hands each delivery to a run of the program as one line of JSON, whatever is in it")
  func input() async throws {
    let notifier = try await open(shell(#"cat >> "$0""#))
    let title = "$(touch x); `id` \"quoted\" '字'\n"
    #expect(
      try await notifier.deliver([delivery("k", title: title)]) == [Receipt(key: "k", status: .delivered)])
    let line = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      line == #"{"key":"k","notice":"finding","ticket":"T-1","rule":"F-10","place":"r.yaml:1","to":["a"],"#
        + #""title":"$(touch x); `id` \"quoted\" '字'\n","body":"b","severity":"error"}"# + "\n")
  }

  @Test(
    "goes by the exit status",
    arguments: [
      ("exit 0", .delivered), ("exit 75", .retry(afterMilliseconds: 1000)),
      (
        "echo first >&2; echo 'no such desk' >&2; exit 3",
        .rejected(reason: "/bin/sh ended with exit status 3: no such desk")
      ),
      ("exit 1", .rejected(reason: "/bin/sh ended with exit status 1")),
      ("kill -15 $$", .rejected(reason: "/bin/sh ended with signal 15 (Terminated)")),
      ("yes | head -c 1000000; exit 0", .delivered),
    ] as [(String, Receipt.Status)])
  func status(script: String, expected: Receipt.Status) async throws {
    let receipts = try await open(shell(script)).deliver([delivery("k")])
    guard case .rejected(let reason)? = receipts.first?.status else {
      #expect(receipts == [Receipt(key: "k", status: expected)])
      return
    }
    #expect(.rejected(reason: reason.replacing("/usr/bin/sh", with: "/bin/sh")) == expected)
  }

  @Test("kills what takes too long, and asks for another try")
  func timeout() async throws {
    let notifier = try await open(shell("sleep 100", ["timeout": .number(1)]))
    #expect(
      try await notifier.deliver([delivery("k")]) == [
        Receipt(key: "k", status: .retry(afterMilliseconds: 1000))
      ])
  }

  @Test("delivers a key again that failed, and not one that arrived")
  func keys() async throws {
    let notifier = try await open(shell(#"cat >> "$0"; [ $(wc -l < "$0") -gt 1 ] || exit 75"#))
    for _ in 1...4 { _ = try await notifier.deliver([delivery("k")]) }
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 2)
  }

  @Test("does what every notifier must")
  func conformance() async throws {
    let path = path
    let notifier = NotifierConformance(shell(#"cat >> "$0""#)) {
      CommandNotifier(environment: Self.environment)
    }
    let violations = try await notifier.violations { title in
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.components(separatedBy: title).count - 1
    }
    #expect(violations == [])
  }

  @Test(
    "refuses wrong settings with the pointer and the reason",
    arguments: [
      ([:], "/command", "'command' of command is missing: it says which program delivers", nil),
      (
        ["command": .text("no-such")], "/command/0",
        "'command' of command names 'no-such', and there is no such program", nil
      ),
      (
        ["command": .text("sh"), "timeout": .number(0)], "/timeout",
        "'timeout' of command must be a whole number from 1 to 3600", nil
      ),
      (
        ["command": .text("sh"), "shell": .boolean(true)], "/shell", "'shell' is not a setting of command",
        "the settings are command, environment, timeout"
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], pointer: String, message: String, hint: String?)
    async
  {
    await #expect(throws: PluginError(.configuration, message, pointer: pointer, hint: hint)) {
      try await CommandNotifier(environment: Self.environment).open(configuration(values))
    }
  }

  @Test("must be opened before its first use")
  func notOpen() async {
    await #expect(throws: PluginError(.internal, "the notifier was used before it was opened")) {
      try await CommandNotifier(environment: Self.environment).deliver([])
    }
  }

  @Test("is what its manifest and its sample settings say")
  func manifest() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    #expect(ManifestConformance(folder: folder).violations(against: CommandNotifier.description) == [])
  }
}
