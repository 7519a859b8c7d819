import Foundation
import PostgreSQLStore
import SQLiteStore

/// Reads all tickets of a database in one way, and prints one line of JSON about it.
@main
struct StoreReader {
  @MainActor static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let way = arguments.first, let place = arguments.dropFirst().first else { return usage() }
    let count = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1000
    typealias SQLite = SQLiteContestants
    typealias PostgreSQL = PostgreSQLContestants
    switch way {
    case "sqlite-make": try await measure { try await SQLite.make(place, count) }
    case "sqlite-c": try await measure { try SQLite.c(place) }
    case "sqlite-grdb": try await measure { try SQLite.grdb(place) }
    case "sqlite-store":
      try await measure { try await StoreReadings.read(SQLiteStore(), SQLite.settings(place)) }
    case "sqlite-process":
      try await measure { try await StoreReadings.process("sqlite", SQLite.settings(place)) }
    case "postgresql-make": try await measure { try await PostgreSQL.make(place, count) }
    case "postgresql-copy": try await measure { try PostgreSQL.copy(place) }
    case "postgresql-rows": try await measure { try PostgreSQL.rows(place) }
    case "postgresql-store":
      try await measure { try await StoreReadings.read(PostgreSQLStore(), PostgreSQL.settings(place)) }
    case "postgresql-process":
      try await measure { try await StoreReadings.process("postgresql", PostgreSQL.settings(place)) }
    default: usage()
    }
  }

  private static func usage() {
    FileHandle.standardError.write(Data("usage: store-reader WAY PLACE [COUNT]\n".utf8))
    exit(2)
  }
}
