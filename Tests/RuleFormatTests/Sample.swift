import Diagnostics
import Foundation
import RuleFormat
import Testing

/// A YAML file of the project.
struct Sample: CustomTestStringConvertible, Sendable {
  let path: String

  var testDescription: String { String(path.dropFirst(Self.root.path.count)) }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let fixtures = files(below: "Tests/RuleFormatTests/Fixtures")

  static func files(below folder: String) -> [Sample] {
    let skipped: Set<String> = [".build", ".git", "samples"]
    let folder = folder.isEmpty ? root : root.appending(path: folder)
    guard let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
      return []
    }
    var found: [Sample] = []
    for case let file as URL in all {
      if skipped.contains(file.lastPathComponent) { all.skipDescendants() }
      if file.pathExtension == "yaml" { found.append(Sample(path: file.path)) }
    }
    return found.sorted { $0.path < $1.path }
  }

  var text: String { String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self) }

  var source: SourceText {
    SourceText(path: "a.yaml", bytes: Array(FileManager.default.contents(atPath: path) ?? Data()))
  }

  func formatted() throws -> String { try Self.format(text) }

  static func format(_ text: String) throws -> String {
    switch RuleFormat.format(SourceText(path: "a.yaml", text: text)) {
    case .formatted(let text): return text
    case .unreadable(let diagnostics):
      throw Refusal(text: TextRenderer().render(diagnostics) + text)
    }
  }

  struct Refusal: Error { var text: String }

  /// What stands beside the file in `expected.txt`. With DOCKET_RECORD=1 it becomes what was written.
  func expected(recording actual: String) throws -> String {
    let file = URL(filePath: path).deletingPathExtension().appendingPathExtension("expected")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" { try Data(actual.utf8).write(to: file) }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
