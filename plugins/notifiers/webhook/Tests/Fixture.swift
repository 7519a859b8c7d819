#if Curl
  import Foundation

  /// What a chat should get, in files, so that it can be compared with what the chat's documentation shows.
  enum Fixture {
    static func text(_ name: String) throws -> String {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
      return try String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)
    }
  }
#endif
