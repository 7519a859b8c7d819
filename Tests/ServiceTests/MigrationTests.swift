#if Service
  import Engine
  import Foundation
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  @Suite("The state file of another version", .enabled(if: SQLiteShell.isThere, "sqlite3 is not installed"))
  struct MigrationTests {
    private static let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/state-1.sql")

    private func makeFile(_ watch: Watch, _ more: String = "") throws {
      try SQLiteShell.run(try String(contentsOf: Self.fixture, encoding: .utf8) + more, on: watch.path)
    }

    @Test("is brought up to date: what waits is sent, what was sent is known, turns and reviews begin")
    func older() async throws {
      let watch = try Watch("2026-03-02T10:30:00Z")
      try makeFile(watch)
      for id in ["T-1", "T-2"] { watch.put(id, opened: "08:00") }
      try await watch.run { service in
        try await until { watch.inbox.keys.count == 1 }
        try await until { watch.events.contains { if case .swept = $0 { true } else { false } } }
        watch.clock.set(to: try instant("2026-03-02T12:00:01Z"))
        try await until { watch.inbox.keys.count == 3 }
      }
      #expect(
        watch.inbox.keys.sorted()
          == ["T-1/answer/answer/0/50%", "T-1/answer/answer/0/due", "T-2/answer/answer/0/due"])
      // A second start finds nothing to do.
      try await watch.run { try await watch.settle($0) }
      #expect(watch.inbox.keys.count == 3)
    }

    @Test("is refused where it is newer, and left as it is")
    func newer() async throws {
      let watch = try Watch()
      try makeFile(watch, "INSERT INTO grdb_migrations VALUES ('docket-state.999');")
      let before = try Data(contentsOf: URL(filePath: watch.path))
      let state = SQLiteState(path: watch.path)
      let now = watch.clock.now()
      await #expect(throws: StateError(.newer, path: watch.path)) {
        _ = try await state.begin(rulebook: "x", notifiers: [], watchingSince: now, at: now)
      }
      state.close()
      #expect(try Data(contentsOf: URL(filePath: watch.path)) == before)
    }
  }

  /// The program `sqlite3`.
  private enum SQLiteShell {
    private static let program = "/usr/bin/sqlite3"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    static func run(_ sql: String, on path: String) throws {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = ["-bail", path, "BEGIN; \n\(sql) COMMIT;"]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }
  }
#endif
