import Foundation
import PluginAPI
import PluginConformance
import Testing

@testable import FilesStore

@Suite("The files store reads")
struct FixtureTests {
  static let cases = [
    "ndjson", "json-array", "json-array-broken", "json-objects", "csv", "csv-broken", "csv-header", "yaml",
    "yaml-refused", "gzip", "odd-text",
  ]

  @Test("a folder of fixtures as its golden file says", arguments: cases)
  func golden(folder: String) async throws {
    let path = "\(fixtures)/\(folder)"
    let text = try await lines(of: openStore(path), below: path + "/").joined(separator: "\n")
    try expectGolden(text + "\n", "\(path)/expected")
  }

  @Test("files of unknown extensions by what they hold")
  func sniffed() async throws {
    let path = "\(fixtures)/unknown-extension"
    let text = try await lines(of: openStore("\(path)/*.txt"), below: path + "/").joined(separator: "\n")
    try expectGolden(text + "\n", "\(path)/expected")
  }

  @Test("fixtures as every store must", arguments: cases)
  func conformance(folder: String) async throws {
    let configuration = PluginConfiguration(
      instance: "files", values: ["path": .text("\(fixtures)/\(folder)")])
    let store = StoreConformance(configuration) { FilesStore() }
    #expect(try await store.violations() == [])
  }

  @Test("what its manifest and its sample settings say")
  func manifest() {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
    let manifest = ManifestConformance(folder: folder)
    #expect(manifest.violations(against: FilesStore.description) == [])
  }
}
