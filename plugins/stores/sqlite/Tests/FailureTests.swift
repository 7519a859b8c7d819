#if SQLite
  import Foundation
  import GRDB
  import PluginAPI
  import Testing

  @testable import SQLiteStore

  @Suite("The sqlite store says what is wrong with")
  struct FailureTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func wrongFile(_ message: String, hint: String) -> PluginError {
      PluginError(.configuration, message, pointer: "/path", hint: hint)
    }

    private func write(_ bytes: some Swift.Sequence<UInt8>) throws {
      try Data(bytes).write(to: URL(filePath: folder.database))
    }

    @Test("a file that is no database", arguments: [false, true])
    func noDatabase(isTable: Bool) async throws {
      try write(String(repeating: "{\"id\":\"1\"}\n", count: 500).utf8)
      let expected = wrongFile(
        "'\(folder.database)' is no SQLite database",
        hint: "mend the path; files of tickets are for the store 'files'")
      await #expect(throws: expected) {
        try await folder.open(isTable ? ["table": .text("x")] : ["create": .boolean(true)])
      }
    }

    @Test("a database of which a part was overwritten")
    func overwritten() async throws {
      try await damaged { bytes in
        for index in bytes.indices where index >= 8 << 12 { bytes[index] = UInt8(truncatingIfNeeded: index) }
      }
    }

    @Test("a database that was cut")
    func cut() async throws {
      try await damaged { $0.removeLast($0.count / 2) }
    }

    private func damaged(_ damage: (inout [UInt8]) -> Void) async throws {
      try await folder.store().close()
      try folder.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO tickets (id, json) SELECT i, printf('%.*c', 300, 'x') FROM n;
        PRAGMA wal_checkpoint(TRUNCATE);
        """)
      var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.database)))
      damage(&bytes)
      try write(bytes)
      let expected = wrongFile(
        "the database '\(folder.database)' is damaged",
        hint: "restore it from a backup, or save what is left: sqlite3 FILE .recover")
      await #expect(throws: expected) { try await Reading(try await folder.open()) }
    }

    @Test("a database that another program holds, which may pass")
    func locked() async throws {
      try await folder.store().close()
      let other = try folder.connect()
      let limits = Limits(lockWait: .milliseconds(20))
      let store = try await folder.open(limits: limits)
      let expected = PluginError(
        .transient, "the database '\(folder.database)' is locked by another program",
        hint: "end the program that holds it, or wait until it is done")
      try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
      await #expect(throws: expected) { try await store.write([DecisionRecord("1", "1")]) }
      #expect(try await Reading(store).tickets == [])
      try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
      #expect(try await store.write([DecisionRecord("1", "1")]).map(\.status) == [.missing])
      store.close()
    }

    @Test("a database that another program holds alone, already at opening")
    func exclusive() async throws {
      try folder.execute("CREATE TABLE source (id TEXT, json TEXT)")
      let other = try folder.connect()
      try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
      let expected = PluginError(
        .transient, "the database '\(folder.database)' is locked by another program",
        hint: "end the program that holds it, or wait until it is done")
      for values in [["table": .text("source")], ["create": .boolean(true)]]
        as [[String: PluginConfiguration.Value]]
      {
        await #expect(throws: expected) {
          try await folder.open(values, limits: Limits(lockWait: .milliseconds(20)))
        }
      }
    }

    @Test("a table that went away after the opening")
    func dropped() async throws {
      try folder.execute("CREATE TABLE source (id TEXT, json TEXT)")
      let store = try await folder.open(["table": .text("source")])
      try folder.execute("DROP TABLE source")
      await #expect(
        throws: PluginError(
          .permanent, "SQLite refuses a request to '\(folder.database)': no such table: main.source")
      ) { try await Reading(store) }
    }

    @Test("a request that was cancelled")
    func cancelled() async throws {
      let store = try await folder.store()
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await store.get(["1"])
      }
      task.cancel()
      await #expect(throws: PluginError(.transient, "the request was cancelled")) { try await task.value }
    }
  }

  /// Disks of a test's own need the rights of an administrator.
  @Suite(
    "The sqlite store meets a disk", .serialized,
    .enabled(if: Disk.isPossible, "disks cannot be mounted here"))
  struct DiskTests {
    @Test("that is full")
    func full() async throws {
      let disk = try Disk(size: "300k")
      let store = try await disk.folder.store()
      let expected = PluginError(
        .transient, "no room is left for the database '\(disk.folder.database)'",
        hint: "free some space on its disk, and on the disk of temporary files")
      try disk.folder.put(("1", "{}"))
      let json = "\"" + String(repeating: "x", count: 400_000) + "\""
      await #expect(throws: expected) { try await store.write([DecisionRecord("1", "1", json)]) }
      #expect(try await store.write([DecisionRecord("1", "1")]).map(\.status) == [.written])
      #expect(try await Reading(store).tickets == ["{}"])
      store.close()
    }

    @Test("that is read-only: tickets are read, decisions refused, which check tells")
    func readOnly() async throws {
      let disk = try Disk(size: "1m")
      let store = try await disk.folder.store()
      try disk.folder.put(("1", "{}"))
      store.close()
      // The log must be gone: nobody can read a log on a disk on which its index cannot be made.
      try await waitUntil { (try? disk.folder.execute("PRAGMA journal_mode = DELETE")) != nil }
      try await disk.protect()
      let message = "the database '\(disk.folder.database)' cannot be written"
      let protected = try await disk.folder.open()
      #expect(protected.capabilities == [.changes, .incremental])
      #expect(try await Reading(protected).tickets == ["{}"])
      await #expect(
        throws: PluginError(
          .configuration, message, pointer: "/path", hint: "let Docket write the file and its folder")
      ) { try await protected.write([DecisionRecord("1", "1")]) }
      #expect(try await protected.check().first?.message == message + ": decisions are not kept")
      protected.close()
    }

    @Test("that is read-only, with tables of an older version")
    func olderSchema() async throws {
      let disk = try Disk(size: "1m")
      let old = try disk.folder.connect()
      try Schema.migrator.migrate(old, upTo: "docket.1 tickets")
      try old.close()
      try await disk.protect()
      await #expect(
        throws: PluginError(
          .configuration,
          "the database '\(disk.folder.database)' was made by an older version of Docket and cannot be written",
          pointer: "/path", hint: "let Docket write the file once, so that it can bring it up to date")
      ) { try await disk.folder.open() }
    }

    @Test("that is read-only, with a log that cannot be read there")
    func unreadableLog() async throws {
      let disk = try Disk(size: "1m")
      let store = try await disk.folder.store()
      try disk.folder.put(("1", "{}"))
      store.close()
      try await disk.protect()
      await #expect(
        throws: PluginError(
          .configuration, "the database '\(disk.folder.database)' cannot be opened", pointer: "/path",
          hint: "let Docket read the file and, in WAL mode, make files beside it; the folder must exist")
      ) { try await Reading(try await disk.folder.open()) }
    }
  }

  /// A disk in memory, mounted on a folder of its own.
  private final class Disk: Sendable {
    let folder: TemporaryFolder

    static let isPossible: Bool = {
      guard let folder = try? TemporaryFolder() else { return false }
      defer { run("umount", folder.path) }
      return run("mount", "-t", "tmpfs", "-o", "size=4k", "none", folder.path)
    }()

    init(size: String) throws {
      folder = try TemporaryFolder()
      #expect(Self.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "none", folder.path))
    }

    deinit { Self.run("umount", "--lazy", folder.path) }

    /// Makes the disk read-only, which needs all files closed.
    func protect() async throws {
      try await waitUntil { Self.run("mount", "-o", "remount,ro", folder.path) }
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: String...) -> Bool {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [program] + arguments
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }
#endif
