import Foundation
import Testing

@Suite("Plugins as processes, from the command line")
struct PluginTests {
  private static let secret = "s3cret-of-the-desk"

  /// A store whose program says its password wherever it can.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder(copyOf: Folders.workspace)
    let plugin = URL(filePath: "\(folder.path)/plugins/stores/leaky")
    try FileManager.default.createDirectory(at: plugin, withIntermediateDirectories: true)
    try Data(
      """
      name: leaky
      version: 1.0.0
      role: store
      protocol: [1]
      summary: says what it should not
      command: [sh, plugin.sh]
      config:
        type: object
        properties: {password: {type: string, secret: true}}

      """.utf8
    ).write(to: plugin.appending(path: "plugin.yaml"))
    try Data(
      """
      secret=\(Self.secret)
      say() { printf '%s\\n' "$1"; }
      while read -r line; do
        id=$(printf '%s' "$line" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
        case "$line" in
          *'"$/cancel"'*) ;;
          *'"initialize"'*)
            printf '%s\\n' "$line" >&2
            say '{"jsonrpc":"2.0","id":"'$id'","result":{"protocol":1,"plugin":{"name":"leaky","version":"1.0.0"},"capabilities":[]}}' ;;
          *'"store/list"'*)
            say '{"jsonrpc":"2.0","method":"$/log","params":{"message":"password '$secret'"}}'
            say '{"jsonrpc":"2.0","id":"'$id'","error":{"code":-32000,"message":"refused '$secret'","data":{"kind":"auth","hint":"not '$secret'"}}}' ;;
          *) say '{"jsonrpc":"2.0","id":"'$id'","result":{}}' ;;
        esac
      done

      """.utf8
    ).write(to: plugin.appending(path: "plugin.sh"))
    try Data("store: {plugin: leaky, password: {env: DESK_PASSWORD}}\nrules: small\n".utf8)
      .write(to: URL(filePath: "\(folder.path)/docket.yaml"))
    return folder
  }

  @Test("show an injected secret nowhere: not on stdout, stderr, in the transcript or in errors")
  func secrets() throws {
    let folder = try workspace()
    let command =
      "DESK_PASSWORD=\(Self.secret) docket check --as-of 2026-10-12T10:00:00+08:00 --trace trace.ndjson"
    let result = try Program.shell(command, in: folder.path)
    let trace = try String(contentsOfFile: "\(folder.path)/trace.ndjson", encoding: .utf8)
    let shown = [result.output, result.errors, trace].joined()
    #expect(shown.components(separatedBy: Self.secret).count - 1 == 0)
    #expect(result.errors.contains("[leaky] password [redacted]\n"))
    #expect(result.errors.contains("error: refused [redacted]\n  = not [redacted]\n"))
    #expect(result.status == 2)
    // It did reach the plugin: what the plugin was sent is in the transcript, without it.
    #expect(trace.contains(#""config":{"password":"[redacted]"}"#))
  }

  @Test("are gone when docket is interrupted, however they hang")
  func interrupted() async throws {
    let folder = try workspace()
    let script = """
      trap '' TERM
      read -r line
      printf '%s\\n' '{"jsonrpc":"2.0","id":"1","result":{"protocol":1,"plugin":{},"capabilities":[]}}'
      read -r line
      echo $$ > pid.partial && mv pid.partial pid
      while :; do sleep 1; done

      """
    try Data(script.utf8).write(to: URL(filePath: "\(folder.path)/plugins/stores/leaky/plugin.sh"))
    let docket = Program.process(
      Program.path,
      ["check", "--store", "leaky", "--rules", "small", "--as-of", "2026-10-12T10:00:00+08:00"],
      in: folder.path)
    docket.standardOutput = FileHandle.nullDevice
    docket.standardError = FileHandle.nullDevice
    try docket.run()
    var pid: Int32?
    for _ in 0..<9000 where pid == nil {
      try await Task.sleep(for: .milliseconds(10))
      pid = (try? String(contentsOfFile: "\(folder.path)/pid", encoding: .utf8)).flatMap {
        Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    let plugin = try #require(pid)
    #expect(kill(plugin, 0) == 0)
    docket.terminate()
    docket.waitUntilExit()
    #expect(docket.terminationStatus == 128 + SIGTERM)
    var isGone = false
    for _ in 0..<6000 where !isGone {
      isGone = kill(plugin, 0) != 0
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(isGone)
  }

  @Test("refuse a secret that is written out")
  func literal() throws {
    let folder = try workspace()
    let result = try Program.shell(
      "docket check --store leaky:password=\(Self.secret) --rules small --as-of 2026-10-12T10:00:00+08:00",
      in: folder.path)
    #expect(result.status == 2)
    #expect(
      result.errors == """
        error: leaky: 'password' is a secret and stands here for everybody to read (at /password)
          = write {env: NAME} or {file: path}

        """)
  }

  @Test("are listed without being started")
  func list() throws {
    let folder = try workspace()
    let result = try Program.shell("docket plugin list", in: folder.path)
    #expect(
      result.output.contains("store     leaky    1.0.0  plugins/stores/leaky  says what it should not\n"))
    #expect(result.errors == "" && result.status == 0)
  }

  @Test("whose manifest is broken are shown with the place, and never skipped in silence")
  func broken() throws {
    let folder = try workspace()
    let path = "\(folder.path)/plugins/stores/leaky/plugin.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8).replacing("command:", with: "comand:")
    try Data(text.utf8).write(to: URL(filePath: path))
    let result = try Program.shell("docket plugin list", in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("plugins/stores/leaky/plugin.yaml:6:1"))
    #expect(result.errors.contains("did you mean 'command'?"))
    let check = try Program.shell(
      "docket check --rules small --as-of 2026-10-12T10:00:00+08:00", in: folder.path)
    #expect(check.status == 2)
    #expect(check.errors.contains("error: plugin 'leaky' cannot be used\n"))
    // Others are not kept from working.
    let other = try Program.shell(
      "docket check --rules small --as-of 2026-10-12T10:00:00+08:00 --store files clean.ndjson",
      in: folder.path)
    #expect(other.status == 0, "\(other.errors)")
  }

  @Test("that fail the check end it with exit code 1, and say why")
  func failing() throws {
    let folder = try workspace()
    let result = try Program.shell(
      "DESK_PASSWORD=x docket plugin check plugins/stores/leaky --config none.yaml", in: folder.path)
    #expect(result.status == 2)
    try Data("password: {env: DESK_PASSWORD}\n".utf8).write(to: URL(filePath: "\(folder.path)/some.yaml"))
    let second = try Program.shell(
      "DESK_PASSWORD=x docket plugin check plugins/stores/leaky --config some.yaml", in: folder.path)
    #expect(second.status == 1)
    #expect(second.output.contains("FAIL  shows a secret nowhere: the secret appears on stderr\n"))
    #expect(second.output.contains("FAIL  hands over the same tickets in pages of 1, 7 and 500"))
  }

  /// The folders of the project's own plugins that can be tried here; what is not built or installed is left out.
  private static let ownFolders: [String] = {
    let catalog = ["stores", "notifiers"].flatMap { role in
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: "\(Folders.repository)/plugins/\(role)")) ?? []
      return names.sorted().map { "plugins/\(role)/\($0)" }
    }
    return catalog.filter { isUsable("\(Folders.repository)/\($0)") }
  }()

  private static func isUsable(_ folder: String) -> Bool {
    guard FileManager.default.fileExists(atPath: "\(folder)/conformance.yaml"),
      let manifest = try? String(contentsOfFile: "\(folder)/plugin.yaml", encoding: .utf8)
    else { return false }
    if let program = manifest.firstMatch(of: /command: \[(bin\/[^\],]+)/)?.1 {
      return FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)")
    }
    guard folder.hasSuffix("/apprise") else { return true }
    return (try? Program.shell("python3 -c 'import apprise'", in: folder, withPath: true).status) == 0
  }

  @Test("that are the project's own pass the check", arguments: ownFolders)
  func own(folder: String) throws {
    let result = try Program.shell("docket plugin check \(folder)", in: Folders.repository, withPath: true)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(!result.output.contains("FAIL"))
  }

  @Test("that are the project's own are more than a few") func ownCount() {
    #expect(Self.ownFolders.count >= 4)
  }

  @Test("begin with the same module as the project's own ones in Python")
  func module() throws {
    let folder = TemporaryFolder()
    _ = try Program.shell("docket plugin new store x", in: folder.path)
    let path = "\(Folders.repository)/plugins/python/docket_plugin.py"
    let ours = try String(contentsOfFile: path, encoding: .utf8)
    // scripts/embed-python-module makes them equal.
    #expect(
      try String(contentsOfFile: "\(folder.path)/plugins/stores/x/docket_plugin.py", encoding: .utf8) == ours)
  }

  @Test(
    "are not begun under a name that cannot be theirs",
    arguments: [
      ("store Jira", "'Jira' is no name for a plugin"),
      ("store x --folder y", "must be the plugin's name, 'x'"), ("stor x", "The value 'stor' is invalid"),
    ])
  func names(arguments: String, message: String) throws {
    let folder = TemporaryFolder()
    let result = try Program.shell("docket plugin new \(arguments)", in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains(message))
    #expect(try folder.names() == [])
  }
}
