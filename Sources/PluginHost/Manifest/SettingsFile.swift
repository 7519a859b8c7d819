public import Diagnostics
import FileAccess
public import LocatedYAML
public import PluginAPI

extension PluginConfiguration.Value {
  /// The setting that a node of YAML stands for.
  public init(_ node: Node) {
    switch node.content {
    case .sequence(let items): self = .list(items.map { Self($0) })
    case .mapping(let entries):
      self = .object(
        Dictionary(entries.map { ($0.key.value, Self($0.value)) }, uniquingKeysWith: { first, _ in first }))
    case .scalar(let scalar):
      switch scalar.plainValue {
      case .text(let text): self = .text(text)
      case .number(let number): self = .number(number)
      case .boolean(let boolean): self = .boolean(boolean)
      }
    case .refused: self = .text("")
    }
  }
}

/// A file with the settings of one instance, such as a plugin's `sample.yaml`.
public enum SettingsFile {
  /// The settings; empty for an empty file. What is wrong with it is reported.
  public static func read(
    _ source: SourceText, into diagnostics: inout [Diagnostic]
  ) -> [String: PluginConfiguration.Value] {
    guard let root = YAMLDocument.load(source, into: &diagnostics) else { return [:] }
    if case .object(let values) = PluginConfiguration.Value(root) { return values }
    if root.content != .refused, root.text != "" {
      diagnostics.append(.wrongShape("a mapping of settings", root.place))
    }
    return [:]
  }
}
