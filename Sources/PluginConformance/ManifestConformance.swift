import Diagnostics
import FileAccess
import LocatedYAML
public import PluginAPI

/// Whether a plugin's folder is complete and its `plugin.yaml` says what its code says.
public struct ManifestConformance: Sendable {
  private static let files = ["README.md", "Sources", "Tests", "sample.yaml"]

  private let folder: String

  public init(folder: String) { self.folder = folder }

  /// Where the folder and `description` disagree, one sentence each.
  public func violations(against description: PluginDescription) -> [String] {
    var violations = Self.files.filter { kindOfFile("\(folder)/\($0)") == nil }.map { "\($0) is missing" }
    guard let manifest = load("plugin.yaml", into: &violations) else { return violations }
    let properties = manifest["config"]?["properties"]?.keys ?? []
    let pairs: [(what: String, written: String?, expected: String)] = [
      ("name", manifest["name"]?.text, description.name),
      ("the folder's name", folder.split(separator: "/").last.map(String.init), description.name),
      ("version", manifest["version"]?.text, description.version),
      ("role", manifest["role"]?.text, description.role.rawValue),
      ("summary", manifest["summary"]?.text, description.summary),
      ("the settings", properties.joined(separator: " "), description.settings.joined(separator: " ")),
    ]
    for (what, written, expected) in pairs where written != expected {
      violations.append("\(what) is \(written ?? "missing") in plugin.yaml and \(expected) in the code")
    }
    for key in load("sample.yaml", into: &violations)?.keys ?? [] where !properties.contains(key) {
      violations.append("sample.yaml sets \(key), which is no setting")
    }
    return violations
  }

  private func load(_ name: String, into violations: inout [String]) -> Node? {
    do throws(FileError) {
      var diagnostics = [Diagnostic]()
      let root = YAMLDocument.load(try readSource("\(folder)/\(name)"), into: &diagnostics)
      violations += diagnostics.map { "\(name): \($0.message)" }
      return root
    } catch {
      violations.append(error.message)
      return nil
    }
  }
}

extension Node {
  fileprivate subscript(_ key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.value == key }?.value
  }

  fileprivate var keys: [String] {
    guard case .mapping(let entries) = content else { return [] }
    return entries.map(\.key.value)
  }

  fileprivate var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }
}
