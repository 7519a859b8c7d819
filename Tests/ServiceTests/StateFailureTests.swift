#if Service
  import Engine
  import Foundation
  import PluginAPI
  import SQLiteState
  import TestSupport
  import Testing
  import WorkingTime

  /// A disk of its own for one test: a small file system in memory, which only root may make.
  private final class SmallDisk: Sendable {
    static let isAllowed: Bool = {
      guard geteuid() == 0, let disk = try? SmallDisk(kilobytes: 64) else { return false }
      return FileManager.default.isWritableFile(atPath: disk.path)
    }()

    let path = NSTemporaryDirectory() + "docket-disk-\(UUID().uuidString)"

    init(kilobytes: Int) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "none", path)
    }

    deinit {
      try? run("umount", "-l", path)
      try? FileManager.default.removeItem(atPath: path)
    }

    func makeWritable(_ isWritable: Bool) throws {
      try run("mount", "-o", isWritable ? "remount,rw" : "remount,ro", path)
    }

    /// Leaves no room.
    func fill() throws {
      let ballast = path + "/ballast"
      try Data().write(to: URL(filePath: ballast))
      let file = try FileHandle(forWritingTo: URL(filePath: ballast))
      for size in [4096, 512, 64] {
        while (try? file.write(contentsOf: Data(repeating: 0, count: size))) != nil {}
      }
      try file.close()
    }

    func clear() throws { try FileManager.default.removeItem(atPath: path + "/ballast") }

    private func run(_ words: String...) throws {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = words
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteNoPermission) }
    }
  }

  @Suite("The service whose state fails")
  struct StateFailureTests {
    @Test(
      "sends nothing while the disk is full, and everything once when there is room again",
      .enabled(if: SmallDisk.isAllowed))
    func full() async throws {
      let disk = try SmallDisk(kilobytes: 2048)
      let watch = try Watch()
      for number in 1...300 { watch.put("T-\(number)", opened: "08:00") }
      try await watch.run(path: "\(disk.path)/state.db") { service in
        try await until { try await service.counts().tickets == 300 }
        try disk.fill()
        watch.clock.advance(2 * .hour)
        try await until { !watch.problems.isEmpty }
        #expect(watch.inbox.keys.isEmpty)
        try disk.clear()
        try await until {
          watch.clock.advance(500)
          return watch.inbox.keys.count >= 300
        }
        try await until { try await service.counts().outbox.isEmpty }
      }
      #expect(watch.problems[0].source == .state)
      #expect(watch.problems[0].message == "no room is left for the state file '\(disk.path)/state.db'")
      #expect(watch.events.contains(.recovered(.state)))
      #expect(Set(watch.inbox.keys).count == 300 && watch.inbox.keys.count == 300)
    }

    @Test("waits for a file that it may write", .enabled(if: SmallDisk.isAllowed))
    func readOnly() async throws {
      let disk = try SmallDisk(kilobytes: 2048)
      let watch = try Watch()
      watch.put("T-1", opened: "08:00")
      let path = "\(disk.path)/state.db"
      try await watch.run(path: path) { service in
        try await until { try await service.counts().tickets == 1 }
      }
      // Not while anything is open for writing: what was closed last may take a moment.
      try await until { (try? disk.makeWritable(false)) != nil }
      try await watch.run(path: path) { service in
        try await until { !watch.problems.isEmpty }
        watch.clock.advance(2 * .hour)
        try await Task.sleep(for: .milliseconds(50))
        #expect(watch.inbox.keys.isEmpty)
        try disk.makeWritable(true)
        try await until {
          watch.clock.advance(500)
          return watch.inbox.keys.count == 1
        }
      }
      #expect(watch.problems[0].message == "the state file '\(path)' cannot be written")
      #expect(watch.events.contains(.recovered(.state)))
    }

    @Test("is not made of what is something else")
    func unusable() async throws {
      let watch = try Watch()
      try Data("no database, but a text that is long enough to be one".utf8).write(
        to: URL(filePath: watch.path))
      let now = watch.clock.now()
      await #expect(throws: StateError(.unusable, path: watch.path, detail: "it is no SQLite database")) {
        try await SQLiteState(path: watch.path).begin(
          rulebook: "x", notifiers: [], watchingSince: now, at: now)
      }
    }

    @Test(
      "says what is wrong and how to mend it",
      arguments: [
        (StateError.Kind.full, "no room is left for the state file 's.db'"),
        (.readOnly, "the state file 's.db' cannot be written"),
        (.locked, "the state file 's.db' is used by another process"),
        (.corrupt, "the state file 's.db' is damaged"),
        (.newer, "the state file 's.db' was made by a newer version of Docket"),
      ])
    func words(kind: StateError.Kind, message: String) {
      #expect(StateError(kind, path: "s.db").message == message)
      #expect(StateError(kind, path: "s.db").hint?.isEmpty == false)
    }
  }
#endif
