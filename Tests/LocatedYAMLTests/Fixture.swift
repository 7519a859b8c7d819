import Diagnostics
import Foundation
import Testing

/// A folder below `Fixtures`: `input.yaml` and the messages that it must give, `expected.txt`.
struct Fixture: CustomTestStringConvertible {
  let folder: URL

  static let all: [Fixture] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let folders = try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return (folders ?? []).sorted { $0.path < $1.path }.map(Fixture.init)
  }()

  var testDescription: String { folder.lastPathComponent }

  func source() throws -> SourceText {
    SourceText(path: "input.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "input.yaml"))))
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
