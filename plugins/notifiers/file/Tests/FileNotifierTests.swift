import FileNotifier
import Foundation
import PluginAPI
import PluginConformance
import Testing

@Suite("The file notifier")
final class FileNotifierTests {
  let folder: String
  var path: String { folder + "/out.ndjson" }

  init() throws {
    folder = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func configuration(_ values: [String: PluginConfiguration.Value]) -> PluginConfiguration {
    PluginConfiguration(instance: "file", values: values)
  }

  private func open(append: Bool = false) async throws -> FileNotifier {
    let notifier = FileNotifier()
    try await notifier.open(configuration(["path": .text(path), "append": .boolean(append)]))
    return notifier
  }

  private func delivery(_ key: String, title: String = "t") -> Delivery {
    Delivery(
      key: key, notice: "finding", ticket: "202310-001", rule: "F-10", place: "r.yaml:1", to: ["a", "b"],
      title: title, body: "", severity: .error)
  }

  private func written() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("writes every member of a delivery, in order, on one line of JSON")
  func line() async throws {
    let notifier = try await open()
    let delivery = Delivery(
      key: "k/1", notice: "finding", ticket: "202310-001", rule: "F-10", place: "rules/f.yaml:12",
      to: ["team.lead"],
      title: "缺少 \"错误信息\"", body: "line 1\nline 2\t\u{1}\\", severity: .warning)
    #expect(try await notifier.deliver([delivery]) == [Receipt(key: "k/1", status: .delivered)])
    try await notifier.close()
    let expected =
      #"{"key":"k/1","notice":"finding","ticket":"202310-001","rule":"F-10","place":"rules/f.yaml:12","to":["team.lead"],"#
      + #""title":"缺少 \"错误信息\"","body":"line 1\nline 2\t\u0001\\","severity":"warning"}"# + "\n"
    #expect(try written() == expected)
  }

  @Test("shows the file when it is closed, not before, and leaves the old one where it is not closed")
  func atomic() async throws {
    try "old".write(toFile: path, atomically: true, encoding: .utf8)
    var notifier: FileNotifier? = try await open()
    // More than what is buffered, so that some of it was written.
    _ = try await notifier?.deliver((0..<2000).map { delivery("\($0)") })
    #expect(try written() == "old")
    notifier = nil
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.ndjson"])
    #expect(try written() == "old")

    let second = try await open()
    _ = try await second.deliver((0..<2000).map { delivery("\($0)") })
    try await second.close()
    #expect(try written().split(separator: "\n").count == 2000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.ndjson"])
  }

  @Test("appends each call at once behind what was there, after the end of an unfinished line")
  func append() async throws {
    try "{\"cut".write(toFile: path, atomically: true, encoding: .utf8)
    let notifier = try await open(append: true)
    for number in 1...2 {
      _ = try await notifier.deliver([delivery("\(number)")])
      #expect(try written().split(separator: "\n").count == 1 + number)
    }
    try await notifier.close()
    #expect(try written().hasPrefix("{\"cut\n{\"key\":\"1\""))
  }

  @Test("writes into a device in place")
  func device() async throws {
    let notifier = FileNotifier()
    try await notifier.open(configuration(["path": .text("/dev/null")]))
    _ = try await notifier.deliver([delivery("1")])
    try await notifier.close()
  }

  @Test("tells what a full disk says, and tries the same keys again")
  func full() async throws {
    let notifier = FileNotifier()
    try await notifier.open(configuration(["path": .text("/dev/full")]))
    for _ in 1...2 {
      await #expect(throws: PluginError(.permanent, "/dev/full: No space left on device")) {
        try await notifier.deliver([delivery("1")])
      }
    }
  }

  @Test("does what every notifier must", arguments: [false, true])
  func conformance(append: Bool) async throws {
    let path = path
    let notifier = NotifierConformance(configuration(["path": .text(path), "append": .boolean(append)])) {
      FileNotifier()
    }
    let violations = try await notifier.violations { title in
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.components(separatedBy: title).count - 1
    }
    #expect(violations == [])
  }

  @Test(
    "refuses wrong settings with the pointer, the reason and the way out",
    arguments: [
      (
        [:], "/path", "'path' of file is missing: it says where to write",
        "write a file, or '-' for standard output"
      ),
      (
        ["path": .text("")], "/path", "'path' of file is missing: it says where to write",
        "write a file, or '-' for standard output"
      ),
      (["path": .boolean(true)], "/path", "'path' of file must be a text", nil),
      (["path": .text("$/missing/x")], "/path", "$/missing/x: No such file or directory", nil),
      (["path": .text("$")], "/path", "$: Is a directory", nil),
      (
        ["path": .text("$/missing/x"), "append": .boolean(true)], "/path",
        "$/missing/x: No such file or directory", nil
      ),
      (
        ["path": .text("x"), "append": .text("yes")], "/append", "'append' of file must be true or false", nil
      ),
      (
        ["path": .text("x"), "file": .text("y")], "/file", "'file' is not a setting of file",
        "the settings are path, append"
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], pointer: String, message: String, hint: String?)
    async
  {
    let values = values.mapValues(inFolder)
    let expected = PluginError(
      .configuration, message.replacing("$", with: folder), pointer: pointer, hint: hint)
    await #expect(throws: expected) { try await FileNotifier().open(configuration(values)) }
    let notifier = NotifierConformance(configuration(values)) { FileNotifier() }
    #expect(await notifier.violations(refusing: configuration(values), at: pointer) == [])
  }

  private func inFolder(_ value: PluginConfiguration.Value) -> PluginConfiguration.Value {
    guard case .text(let text) = value else { return value }
    return .text(text.replacing("$", with: folder))
  }

  @Test("must be opened before its first use")
  func notOpen() async {
    await #expect(throws: PluginError(.internal, "the notifier was used before it was opened")) {
      try await FileNotifier().deliver([])
    }
  }

  @Test("is what its manifest and its sample settings say")
  func manifest() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    #expect(ManifestConformance(folder: folder).violations(against: FileNotifier.description) == [])
  }
}
