import CommandStore
import Foundation
import PluginAPI
import PluginConformance
import ProcessAccess
import Testing

@Suite("The command store")
struct CommandStoreTests {
  private static let environment = ProgramEnvironment {
    ["PATH": "/usr/bin:/bin", "HOME": "/h", "TOKEN": "t"][$0]
  }

  private func configuration(_ values: [String: PluginConfiguration.Value]) -> PluginConfiguration {
    PluginConfiguration(instance: "command", values: values)
  }

  private func shell(_ script: String, _ more: [String: PluginConfiguration.Value] = [:])
    -> PluginConfiguration
  {
    configuration(
      more.merging(["command": .list([.text("sh"), .text("-c"), .text(script)])]) { first, _ in first })
  }

  private func open(_ configuration: PluginConfiguration) async throws -> CommandStore {
    let store = CommandStore(environment: Self.environment)
    try store.open(configuration)
    return store
  }

  /// What a reading hands over, an error last.
  private func read(_ script: String, limit: Int = 2) async throws -> [String] {
    var found = [String]()
    do {
      for try await page in try await open(shell(script)).pages(since: nil, limit: limit) {
        found += page.records.map { "\($0.line) \(String(decoding: page.buffer[$0.range], as: UTF8.self))" }
        found += page.malformed.map { "\($0.line) \($0.message)" }
      }
    } catch let error as PluginError {
      found.append("\(error.kind.rawValue): \(error.message)")
    }
    return found
  }

  @Test(
    "hands over what a program prints, and says how it failed",
    arguments: [
      (
        #"printf '{"id":"a"}\n\n  \n{"id":"b"}\n{"id":"c"}'"#,
        [#"1 {"id":"a"}"#, #"4 {"id":"b"}"#, #"5 {"id":"c"}"#]
      ),
      ("true", []), ("echo oops", ["1 oops"]),
      (
        "echo a; echo b; echo no >&2; exit 3",
        ["1 a", "2 b", "permanent: /bin/sh ended with exit status 3; its stderr ends: no"]
      ),
      ("exit 75", ["transient: /bin/sh ended with exit status 75"]),
      ("kill -9 $$", ["permanent: /bin/sh ended with signal 9 (Killed)"]),
      (
        "head -c 9000000 /dev/zero | tr '\\0' x; echo; echo b",
        ["2 b", "1 the line is longer than the limit of 8388608 bytes"]
      ),
    ])
  func reading(script: String, expected: [String]) async throws {
    let found = try await read(script)
    #expect(found.map { $0.replacing("/usr/bin/sh", with: "/bin/sh") } == expected)
  }

  @Test("is read no faster than pages are asked for, and ends with its reader")
  func backPressure() async throws {
    let store = try await open(shell(#"echo "{\"pid\":$$}"; exec yes '{"id":"x"}'"#))
    var pages: TicketPages.AsyncIterator? = store.pages(since: nil, limit: 1).makeAsyncIterator()
    let page = try #require(try await pages?.next())
    let text = String(decoding: page.buffer, as: UTF8.self)
    let pid = try #require(Int32(text.filter(\.isNumber)))
    #expect(kill(pid, 0) == 0)
    pages = nil
    #expect(kill(pid, 0) != 0)
  }

  @Test("gives its program the environment that is named, and no more")
  func environment() async throws {
    let store = try await open(
      configuration(["command": .list([.text("env")]), "environment": .list([.text("TOKEN")])]))
    var lines = [String]()
    for try await page in store.pages(since: nil, limit: 10) {
      lines += page.records.map { String(decoding: page.buffer[$0.range], as: UTF8.self) }
    }
    #expect(lines == ["HOME=/h", "PATH=/usr/bin:/bin", "TOKEN=t"])
  }

  @Test("finds tickets by their ids")
  func get() async throws {
    let script = #"printf '{"key":"a"}\n{"key":"b"}\nno\n{"key":"a","x":1}\n'"#
    let store = try await open(shell(script, ["id_field": .text("key")]))
    let (tickets, missing) = try await store.get(["a", "z"])
    let texts = tickets.flatMap { page in
      page.records.map { String(decoding: page.buffer[$0.range], as: UTF8.self) }
    }
    #expect(texts == [#"{"key":"a"}"#, #"{"key":"a","x":1}"#])
    #expect(missing == ["z"])
  }

  @Test("does what every store must")
  func conformance() async throws {
    let script = #"i=0; while [ $i -lt 1203 ]; do echo "{\"id\":\"T-$i\"}"; i=$((i+1)); done"#
    let store = StoreConformance(shell(script)) { CommandStore(environment: Self.environment) }
    #expect(try await store.violations() == [])
  }

  @Test(
    "refuses wrong settings with the pointer and the reason",
    arguments: [
      ([:], "/command", "'command' of command is missing: it says which program prints the tickets", nil),
      (
        ["command": .list([])], "/command",
        "'command' of command is missing: it says which program prints the tickets", nil
      ),
      (
        ["command": .text("no-such")], "/command/0",
        "'command' of command names 'no-such', and there is no such program", nil
      ),
      (
        ["command": .text("./no")], "/command/0",
        "'command' of command names './no', and there is no such program", nil
      ),
      (
        ["command": .text("sh"), "shell": .boolean(true)], "/shell", "'shell' is not a setting of command",
        "the settings are command, environment, id_field"
      ),
    ] as [([String: PluginConfiguration.Value], String, String, String?)])
  func refused(values: [String: PluginConfiguration.Value], pointer: String, message: String, hint: String?) {
    #expect(throws: PluginError(.configuration, message, pointer: pointer, hint: hint)) {
      try CommandStore(environment: Self.environment).open(configuration(values))
    }
  }

  @Test("must be opened before its first use")
  func notOpen() async {
    await #expect(throws: PluginError(.internal, "the store was used before it was opened")) {
      try await CommandStore(environment: Self.environment).get([])
    }
  }

  @Test("is what its manifest and its sample settings say")
  func manifest() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    #expect(ManifestConformance(folder: folder).violations(against: CommandStore.description) == [])
  }
}
