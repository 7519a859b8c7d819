#if PostgreSQL
  import Foundation
  import PluginAPI
  import Testing

  @testable import PostgreSQLStore

  /// A server that the tests start themselves; it stops when their process ends, however that ends.
  final class PostgreSQLServer: Sendable {
    static let isInstalled: Bool = {
      let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
      return folders.contains {
        FileManager.default.isExecutableFile(atPath: "/usr/lib/postgresql/\($0)/bin/initdb")
      }
    }()

    static let shared = Result { try PostgreSQLServer() }
    /// One that knows no TLS.
    static let plain = Result { try PostgreSQLServer("--no-tls") }

    let host: String
    let port: Int
    private let input: FileHandle
    private let output: FileHandle

    private struct Settings: Decodable {
      var host: String
      var port: Int
    }

    struct Failure: Error {}

    init(_ options: String...) throws {
      let (input, output) = (Pipe(), Pipe())
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "server.py").path
      process.arguments = ["python3", script, "--until-eof"] + options
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      self.input = input.fileHandleForWriting
      self.output = output.fileHandleForReading
      let settings = try JSONDecoder().decode(Settings.self, from: Self.line(self.output))
      (host, port) = (settings.host, settings.port)
    }

    private static func line(_ handle: FileHandle) throws -> Data {
      var line = Data()
      while let byte = try handle.read(upToCount: 1), let first = byte.first {
        if first == UInt8(ascii: "\n") { return line }
        line.append(byte)
      }
      throw Failure()
    }

    /// `stop`, `start` or `standby`; answers where the server is that this is about.
    @discardableResult
    func command(_ word: String) throws -> [String: PluginConfiguration.Value] {
      try input.write(contentsOf: Data("\(word)\n".utf8))
      let settings = try JSONDecoder().decode(Settings.self, from: Self.line(output))
      return ["host": .text(settings.host), "port": .number(Double(settings.port))]
    }

    /// The settings of a store over the Unix socket, where everybody is let in.
    func values(_ more: [String: PluginConfiguration.Value] = [:]) -> [String: PluginConfiguration.Value] {
      let values: [String: PluginConfiguration.Value] = [
        "host": .text(host), "port": .number(Double(port)), "database": .text("postgres"),
        "user": .text("docket"),
      ]
      return values.merging(more) { $1 }
    }

    func connect() throws -> Connection {
      try Connection(ConnectionParameters(PluginConfiguration(instance: "test", values: values())))
    }

    func execute(_ sql: String) throws { try connect().execute(sql) }

    func texts(_ sql: String) throws -> [String] { try connect().query(sql).texts }
  }

  /// A schema of its own for one test.
  final class TemporarySchema: Sendable {
    let name = "s\(UUID().uuidString.lowercased().prefix(8))"
    let server: PostgreSQLServer

    init() throws { server = try PostgreSQLServer.shared.get() }

    deinit { try? server.execute("SET lock_timeout = '5s'; DROP SCHEMA IF EXISTS \(name) CASCADE") }

    func configuration(_ values: [String: PluginConfiguration.Value] = [:]) -> PluginConfiguration {
      PluginConfiguration(
        instance: "postgresql", values: server.values(["schema": .text(name)]).merging(values) { $1 })
    }

    /// The store over tables that are made.
    func store(limits: Limits = Limits()) async throws -> PostgreSQLStore {
      try await open(["create": .boolean(true)], limits: limits)
    }

    func open(
      _ values: [String: PluginConfiguration.Value] = [:], limits: Limits = Limits()
    ) async throws -> PostgreSQLStore {
      let store = PostgreSQLStore(limits: limits)
      try await store.open(configuration(values))
      return store
    }

    /// Runs statements in which `$s` stands for the schema.
    func execute(_ sql: String) throws { try server.execute(sql.replacing("$s", with: name)) }

    func texts(_ sql: String) throws -> [String] { try server.texts(sql.replacing("$s", with: name)) }

    /// Writes tickets by the statement that any program might use.
    func put(_ tickets: (id: String, json: String)..., on connection: Connection? = nil) throws {
      let connection = try connection ?? server.connect()
      for ticket in tickets {
        _ = try connection.query(
          """
          INSERT INTO \(name).tickets (id, json) VALUES ($1, $2::json)
          ON CONFLICT (id) DO UPDATE SET json = excluded.json
          """, [Array(ticket.id.utf8), Array(ticket.json.utf8)])
      }
    }

    func version(_ id: String) throws -> String {
      try #require(try texts("SELECT version::text FROM $s.tickets WHERE id = '\(id)'").first)
    }
  }

  /// What one reading handed over.
  struct Reading: Equatable {
    var tickets: [String] = []
    var versions: [String] = []
    var malformed: [String] = []
    var watermark: Watermark?
    var pageSizes: [Int] = []

    init() {}

    init(_ store: PostgreSQLStore, since watermark: Watermark? = nil, limit: Int = 500) async throws {
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

  extension Trait where Self == ConditionTrait {
    static var needsServer: Self {
      .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed here")
    }
  }
#endif
