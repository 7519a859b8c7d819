#if Service
  import Foundation
  import Testing

  /// The program `sqlite3`.
  enum SQLiteShell {
    private static let program = "/usr/bin/sqlite3"

    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// Runs all of it or nothing.
    static func run(_ sql: String, on path: String) throws { _ = try answer("BEGIN; \n\(sql) COMMIT;", path) }

    /// The rows, with `|` between their columns.
    static func rows(_ sql: String, of path: String) throws -> [String] {
      try answer(sql, path).split(separator: "\n").map(String.init)
    }

    private static func answer(_ sql: String, _ path: String) throws -> String {
      let process = Process()
      let (input, output) = (Pipe(), Pipe())
      process.executableURL = URL(filePath: program)
      process.arguments = ["-bail", path]
      (process.standardInput, process.standardOutput) = (input, output)
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
      try input.fileHandleForWriting.close()
      let answer = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      return String(decoding: answer, as: UTF8.self)
    }
  }
#endif
