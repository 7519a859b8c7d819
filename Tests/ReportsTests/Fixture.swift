import Foundation
import RuleEvaluator
import TestSupport

/// A folder below `Fixtures`: rules, one ticket a line, and what is said of them, `expected.txt`.
struct Fixture {
  let folder: URL

  init(_ name: String) {
    folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  }

  func rulebook() throws -> Rulebook { try compile(try text("rules.yaml")) }

  func tickets() throws -> [String] { try text("tickets.jsonl").split(separator: "\n").map(String.init) }

  /// What `actual` must equal. With DOCKET_RECORD=1 it becomes the expectation: look at the difference before you keep it.
  func expected(recording actual: String) throws -> String {
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try Data(actual.utf8).write(to: folder.appending(path: "expected.txt"))
    }
    return try text("expected.txt")
  }

  private func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
  }
}
