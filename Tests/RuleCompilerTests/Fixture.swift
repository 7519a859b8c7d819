import Diagnostics
import Foundation
import RuleCompiler
import Testing
import TestSupport
import WorkingTime

/// A folder below `Fixtures`: a rulebook and what the compiler says of it, `expected.txt`.
struct Fixture: CustomTestStringConvertible {
  let folder: URL

  /// The folders in order.
  static var all: [Fixture] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let folders = try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return (folders ?? []).sorted { $0.path < $1.path }.map(Fixture.init)
  }

  var testDescription: String { folder.lastPathComponent }

  /// The rule files, each under its path in the folder.
  var rules: [SourceText] {
    get throws { try paths.filter { $0.hasSuffix(".yaml") }.map(source) }
  }

  /// The messages about the rulebook as of June 2026.
  func compile() throws -> RulebookCompiler.Compilation {
    let others = try paths.map { ($0, String(decoding: try source($0).bytes, as: UTF8.self)) }
    return compilation(
      of: try rules, resources: Dictionary(uniqueKeysWithValues: others),
      today: CivilDate(year: 2026, month: 6, day: 15))
  }

  private var paths: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
        !$0.hasSuffix("expected.txt")
      }
      .filter { !folder.appending(path: $0).hasDirectoryPath && $0.contains(".") }.sorted()
    }
  }

  private func source(_ path: String) throws -> SourceText {
    SourceText(path: path, bytes: Array(try Data(contentsOf: folder.appending(path: path))))
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
