#if Service
  import Foundation
  import Testing

  #if canImport(FoundationNetworking)
    import FoundationNetworking
  #endif

  /// `docket run` in a folder of its own, as a user starts it.
  final class RunningProgram {
    let folder: String
    private let process = Process()

    /// The programs stand beside the test bundle.
    static let programs: String = {
      let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
      if FileManager.default.isExecutableFile(atPath: bundle + "/docket") { return bundle }
      return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .path
    }()

    static let rules = """
      format: 1
      rulebook: try
      language: en
      fields:
        id: {type: string, required: true}
        opened_at: {type: instant}
        closed_at: {type: instant}
      windows:
        answer:
          start: opened_at
          stop: closed_at
          target: 2 seconds
          warn: [50%]
          escalate: [{id: E-1, at: due + 1 second, to: boss}]

      """

    init() throws {
      folder = "\(NSTemporaryDirectory())docket-run-\(UUID().uuidString)"
      for name in ["rules", "tickets"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      try write(Self.rules, to: "rules/rules.yaml")
      // A folder without any ticket is taken for a mistake.
      try write(#"{"id": "T-0"}"# + "\n", to: "tickets/T-0.ndjson")
      try write(
        """
        rules: rules
        store: {plugin: files, path: tickets}
        notify:
          - {name: out, plugin: file, path: notices.ndjson}
        service: {state: state.sqlite, poll: 200 milliseconds}

        """, to: "docket.yaml")
    }

    deinit {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      try? FileManager.default.removeItem(atPath: folder)
    }

    func write(_ text: String, to name: String) throws {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }

    func text(_ name: String) -> String {
      (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
    }

    /// A ticket that was opened so many seconds ago.
    func open(_ id: String, secondsAgo: Double = 0) throws {
      let instant = Date(timeIntervalSinceNow: -secondsAgo).ISO8601Format()
      try write(#"{"id": "\#(id)", "opened_at": "\#(instant)"}"# + "\n", to: "tickets/\(id).ndjson")
    }

    func start(_ arguments: [String] = []) throws {
      process.executableURL = URL(filePath: "\(Self.programs)/docket")
      process.arguments = ["run"] + arguments
      process.currentDirectoryURL = URL(filePath: folder)
      process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder]
      process.standardInput = FileHandle.nullDevice
      for name in ["log", "output"] { try Data().write(to: URL(filePath: "\(folder)/\(name)")) }
      process.standardError = FileHandle(forWritingAtPath: "\(folder)/log")
      process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/output")
      try process.run()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// The exit code, once the program has ended.
    func end(by number: Int32? = SIGTERM) -> Int32 {
      if let number { signal(number) }
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// Whether `text` comes to stand in a file within 90 seconds, which a machine that runs all tests at once may need.
    func waits(for text: String, in name: String) async throws -> Bool {
      for _ in 0..<1_800 {
        if self.text(name).contains(text) { return true }
        if !process.isRunning { return self.text(name).contains(text) }
        try await Task.sleep(for: .milliseconds(50))
      }
      return false
    }

    /// The port at which its pages are served, where it was to take any.
    func port() async throws -> String {
      _ = try await waits(for: "listening on 127.0.0.1:", in: "log")
      let match = text("log").firstMatch(of: /listening on 127\.0\.0\.1:([0-9]+)\n/)
      return String(try #require(match).1)
    }

    /// A page once it holds `expected`, or as it is after 90 seconds.
    func page(_ address: String, with expected: String) async throws -> (status: Int, text: String) {
      var page = (status: 0, text: "")
      for _ in 0..<1_800 {
        page = try await self.page(address)
        if page.text.contains(expected) { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      return page
    }

    private func page(_ address: String) async throws -> (status: Int, text: String) {
      guard let url = URL(string: address) else { return (0, "") }
      let (data, response) = try await URLSession.shared.data(from: url)
      return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }
  }
#endif
