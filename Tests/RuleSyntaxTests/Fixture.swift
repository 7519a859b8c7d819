import Diagnostics
import Foundation
import Testing

/// A folder below `Fixtures`: input files and what they must give, `expected.txt`.
struct Fixture: CustomTestStringConvertible {
  let folder: URL

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  /// The folders below `Fixtures/<kind>`, in order.
  static func all(_ kind: String) -> [Fixture] {
    let root = root.appending(path: kind)
    let folders = try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return (folders ?? []).sorted { $0.path < $1.path }.map(Fixture.init)
  }

  static func named(_ name: String) -> Fixture { Fixture(folder: root.appending(path: name)) }

  var testDescription: String { folder.lastPathComponent }

  /// The files whose names end so, in path order, each under its name.
  func sources(_ suffix: String) throws -> [SourceText] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.lastPathComponent.hasSuffix(suffix) }.sorted { $0.path < $1.path }.map {
      SourceText(path: $0.lastPathComponent, bytes: Array(try Data(contentsOf: $0)))
    }
  }

  /// What `actual` must equal. With DOCKET_RECORD=1 it becomes the expectation: look at the difference before you keep it.
  func expected(recording actual: String) throws -> String {
    let file = folder.appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try Data(actual.utf8).write(to: file)
    }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}
