import Diagnostics
import Engine
import Foundation
import PluginAPI
import Testing

@Suite("A docket.yaml")
struct EngineConfigurationTests {
  @Test("says what it says, or what is wrong with it and where", arguments: ConfigurationFixture.all)
  func fixture(fixture: ConfigurationFixture) throws {
    let source = try fixture.source()
    var diagnostics: [Diagnostic] = []
    let configuration = EngineConfiguration.read(source, into: &diagnostics)
    let actual =
      configuration.outline + TextRenderer(sources: [source], limit: nil).render(diagnostics.sortedByPlace())
    #expect(try actual == fixture.expected(recording: actual))
  }

  @Test("has fixtures")
  func fixtures() { #expect(ConfigurationFixture.all.count >= 10) }
}

/// A folder below `Fixtures`: `docket.yaml` and what it must give, `expected.txt`.
struct ConfigurationFixture: CustomTestStringConvertible {
  let folder: URL

  static let all: [ConfigurationFixture] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let folders = try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
    return (folders ?? []).sorted { $0.path < $1.path }.map(ConfigurationFixture.init)
  }()

  var testDescription: String { folder.lastPathComponent }

  func source() throws -> SourceText {
    SourceText(
      path: "docket.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "docket.yaml"))))
  }

  /// What `actual` must equal. With DOCKET_RECORD=1 it becomes the expectation: look at the difference before you keep it.
  func expected(recording actual: String) throws -> String {
    let file = folder.appending(path: "expected.txt")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" { try Data(actual.utf8).write(to: file) }
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

extension EngineConfiguration {
  /// One line a setting.
  fileprivate var outline: String {
    var lines: [String] = []
    if let rules { lines.append("rules: \(rules)") }
    if let language { lines.append("language: \(language)") }
    if let store { lines.append("store: \(store.outline)") }
    lines += notifiers.map { "notify: \($0.outline)" }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension PluginSelection {
  fileprivate var outline: String {
    "\(plugin) as \(configuration.instance) \(PluginConfiguration.Value.object(configuration.values).outline)"
  }
}

extension PluginConfiguration.Value {
  fileprivate var outline: String {
    switch self {
    case .text(let text): "'\(text)'"
    case .number(let number): "\(number)"
    case .boolean(let boolean): "\(boolean)"
    case .list(let items): "[\(items.map(\.outline).joined(separator: ", "))]"
    case .object(let values):
      "{\(values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.outline)" }.joined(separator: ", "))}"
    }
  }
}
