import Foundation

/// A folder that goes when the test is over.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = "\(NSTemporaryDirectory())docket-cli-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// With a copy of what stands in `folder`.
  init(copyOf folder: String) throws {
    path = "\(NSTemporaryDirectory())docket-cli-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: folder, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What stands in the file of that name.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// The names in it, in order, without hidden ones.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
  }
}

/// The folders that tests read.
enum Folders {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().path
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  /// A small rulebook and tickets in every format.
  static let workspace = "\(tests)/Fixtures/workspace"
  static let transcripts = "\(tests)/Fixtures/transcripts"
}

/// Whether golden files are written rather than compared: DOCKET_RECORD=1. Look at the difference before you keep it.
let isRecording = ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1"
