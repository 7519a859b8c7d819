import FilesStore
import Foundation
import PluginAPI
import Testing

/// A folder of its own for one test.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "docket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }
}

func openStore(_ values: [String: PluginConfiguration.Value]) async throws -> any TicketStore {
  let store: any TicketStore = FilesStore()
  try await store.open(PluginConfiguration(instance: "files", values: values))
  return store
}

func openStore(_ path: String, format: String = "auto") async throws -> any TicketStore {
  try await openStore(["path": .text(path), "format": .text(format)])
}

/// All that a store hands over, as `source:line: record` and `source:line: ! message`.
func lines(of store: any TicketStore, limit: Int = 500, below folder: String = "") async throws -> [String] {
  var lines = [String]()
  for try await page in store.pages(since: nil, limit: limit) { lines += page.lines(below: folder) }
  return lines
}

/// The same of one file, without its name.
func lines(
  of bytes: some Sequence<UInt8>, named name: String, limit: Int = 500, in folder: TemporaryFolder
) async throws -> [String] {
  let path = try folder.write(bytes, to: name)
  return try await lines(of: openStore(path), limit: limit, below: path + ":")
}

extension TicketPage {
  func lines(below folder: String) -> [String] {
    var lines = [String]()
    for index in 0...records.count {
      for malformed in malformed where malformed.position == index {
        lines.append("\(source):\(malformed.line): ! \(malformed.message)")
      }
      if index < records.count { lines.append("\(source):\(records[index].line): \(text(index))") }
    }
    return lines.map { $0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : $0 }
  }

  func text(_ index: Int) -> String { String(decoding: buffer[records[index].range], as: UTF8.self) }
}

let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

/// Compares with the text in `path`, or writes it there where DOCKET_RECORD=1 asks for it.
func expectGolden(_ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
  #expect(try text == String(contentsOfFile: path, encoding: .utf8), sourceLocation: sourceLocation)
}

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c): the same numbers for the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
