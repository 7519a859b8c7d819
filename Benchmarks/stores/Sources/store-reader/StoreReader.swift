import Foundation

/// Reads all tickets of a database in one way, and prints one line of JSON about it.
@main
struct StoreReader {
  @MainActor static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let way = arguments.first, let place = arguments.dropFirst().first else { return usage() }
    switch way {
    case "sqlite-make":
      let count = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1000
      try await measure { try await SQLiteContestants.make(place, count) }
    case "sqlite-c": try await measure { try SQLiteContestants.c(place) }
    case "sqlite-grdb": try await measure { try SQLiteContestants.grdb(place) }
    case "sqlite-store": try await measure { try await SQLiteContestants.store(place) }
    default: usage()
    }
  }

  private static func usage() {
    FileHandle.standardError.write(Data("usage: store-reader WAY PLACE [COUNT]\n".utf8))
    exit(2)
  }
}
