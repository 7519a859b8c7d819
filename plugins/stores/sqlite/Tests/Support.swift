#if SQLite
  import Foundation
  import GRDB
  import PluginAPI
  import Testing

  @testable import SQLiteStore

  /// A folder of its own for one test, with a database in it.
  final class TemporaryFolder: Sendable {
    let path: String
    var database: String { "\(path)/tickets.db" }

    init() throws {
      path = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Another program's connection.
    func connect(to name: String = "tickets.db") throws -> DatabaseQueue {
      var configuration = Configuration()
      configuration.busyMode = .timeout(120)
      configuration.foreignKeysEnabled = false
      configuration.allowsUnsafeTransactions = true
      return try DatabaseQueue(path: "\(path)/\(name)", configuration: configuration)
    }

    func execute(_ sql: String, on name: String = "tickets.db") throws {
      try connect(to: name).inDatabase { try $0.execute(sql: sql) }
    }

    func strings(_ sql: String) throws -> [String] {
      try connect().inDatabase { try String.fetchAll($0, sql: sql) }
    }

    /// Writes tickets by the statement that any program might use.
    func put(_ tickets: (id: String, json: String)...) throws {
      try connect().inDatabase { database in
        for ticket in tickets {
          try database.execute(
            sql: """
              INSERT INTO tickets (id, json) VALUES (?, ?)
              ON CONFLICT (id) DO UPDATE SET json = excluded.json
              """, arguments: [ticket.id, ticket.json])
        }
      }
    }

    /// The store over a database that is made.
    func store(limits: Limits = Limits()) async throws -> SQLiteStore {
      try await open(["create": .boolean(true)], limits: limits)
    }

    func open(
      _ values: [String: PluginConfiguration.Value] = [:], limits: Limits = Limits()
    ) async throws -> SQLiteStore {
      let store = SQLiteStore(limits: limits)
      try await store.open(configuration(values))
      return store
    }

    func configuration(_ values: [String: PluginConfiguration.Value] = [:]) -> PluginConfiguration {
      PluginConfiguration(
        instance: "sqlite", values: ["path": .text(database)].merging(values) { $1 })
    }
  }

  /// What one reading handed over.
  struct Reading: Equatable {
    var tickets: [String] = []
    var versions: [String] = []
    var malformed: [String] = []
    var watermark: Watermark?
    var pageSizes: [Int] = []

    init(_ store: SQLiteStore, since watermark: Watermark? = nil, limit: Int = 500) async throws {
      for try await page in store.pages(since: watermark, limit: limit) { add(page) }
    }

    mutating func add(_ page: TicketPage) {
      tickets += page.texts
      versions += page.versions
      malformed += page.malformed.map { "\($0.position): \($0.message)" }
      pageSizes.append(page.records.count)
      #expect(watermark == nil, "a page follows the last one")
      watermark = page.watermark
    }
  }

  extension TicketPage {
    var texts: [String] { records.map { String(decoding: buffer[$0.range], as: UTF8.self) } }
  }

  extension DecisionRecord {
    init(_ ticket: String, _ version: String, _ json: String = #"{"priority":"P1"}"#) {
      self.init(ticket: ticket, version: version, json: Array(json.utf8))
    }
  }

  /// Looks again and again, for up to 20 seconds, which only a failure takes.
  func waitUntil(
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    for _ in 0..<2000 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it did not come to pass", sourceLocation: sourceLocation)
  }
#endif
