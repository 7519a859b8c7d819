import Foundation
import Testing

/// Decision tables of the DMN Technology Compatibility Kit, read where they lie.
@Suite("Decision tables of DMN")
struct DMNConformanceTests {
  static let folder: URL = {
    let package = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let path = ProcessInfo.processInfo.environment["DOCKET_CONFORMANCE"] ?? "../shared/conformance"
    return URL(filePath: path, relativeTo: package).appending(path: "dmn")
  }()

  static let files: [URL] = {
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
  }()

  @Test("decide as elsewhere")
  func conformance() throws {
    var (passed, total) = (0, 0)
    for file in Self.files {
      let name = file.deletingPathExtension().lastPathComponent
      let tables = try JSONDecoder().decode(DMNFile.self, from: Data(contentsOf: file))
      for item in tables.cases {
        total += 1
        let differences = differences(of: item, tables)
        if differences.isEmpty { passed += 1 } else { Issue.record("\(name) \(item.id): \(differences)") }
      }
    }
    print(
      "conformance dmn: \(passed) of \(total)"
        + (total == 0 ? " (skipped: no cases in \(Self.folder.path))" : ""))
  }

  private func differences(of item: DMNFile.Case, _ file: DMNFile) -> String {
    do {
      let actual = try DMNRulebook(file).decisions(given: item.given)
      return item.expect.sorted { $0.key < $1.key }.compactMap { name, expected in
        let isCollected = file.tables.first { $0.decision == name }?.hit?.uppercased().hasPrefix("C") ?? false
        let value = actual[name]
        let isEqual = value?.matches(expected, inAnyOrder: isCollected) ?? false
        return isEqual ? nil : "\(name) is \(value?.description ?? "not a table"), expected \(expected)"
      }.joined(separator: "; ")
    } catch {
      return "\(error)"
    }
  }
}
