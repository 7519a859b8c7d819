public import Diagnostics
import LocatedYAML
import PluginAPI

/// What `docket.yaml` says: which rules, which store, which notifiers.
///
///     rules: rules/technical-service
///     language: zh
///     store: {plugin: files, path: tickets}
///     notify:
///       - {plugin: console}
///       - {name: audit, plugin: file, path: findings.ndjson}
///     service: {state: docket-state.sqlite, listen: 127.0.0.1:9464, poll: 5 seconds}
public struct EngineConfiguration: Hashable, Sendable {
  public var rules: String?
  public var language: String?
  public var store: PluginSelection?
  public var notifiers: [PluginSelection] = []
  public var service = ServiceConfiguration()

  public init() {}

  /// Reads the file; what is wrong with it is reported, all of it.
  public static func read(
    _ source: SourceText, into diagnostics: inout [Diagnostic]
  ) -> EngineConfiguration {
    guard let root = YAMLDocument.load(source, into: &diagnostics) else { return EngineConfiguration() }
    var reader = ConfigurationReader()
    let configuration = reader.configuration(root)
    diagnostics += reader.diagnostics
    return configuration
  }
}

/// Walks over the nodes of `docket.yaml`.
private struct ConfigurationReader {
  var diagnostics: [Diagnostic] = []

  private static let keys = ["rules", "language", "store", "notify", "service"]
  private static let serviceKeys = ["state", "listen", "poll"]

  mutating func configuration(_ root: Node) -> EngineConfiguration {
    var configuration = EngineConfiguration()
    for entry in entries(root) {
      switch entry.key.value {
      case "rules": configuration.rules = text(entry.value)
      case "language": configuration.language = text(entry.value)
      case "store": configuration.store = plugin(entry.value)
      case "notify": configuration.notifiers = items(entry.value).compactMap { plugin($0) }
      case "service": configuration.service = service(entry.value)
      case let key where key.hasPrefix("x-"): break
      default: report(.unknownSetting(entry.key, Self.keys))
      }
    }
    return configuration
  }

  private mutating func service(_ node: Node) -> ServiceConfiguration {
    var service = ServiceConfiguration()
    for entry in entries(node) {
      switch entry.key.value {
      case "state": service.state = text(entry.value)
      case "listen": service.listen = text(entry.value)
      case "poll": service.poll = text(entry.value)
      case let key where key.hasPrefix("x-"): break
      default: report(.unknownSetting(entry.key, Self.serviceKeys))
      }
    }
    return service
  }

  private mutating func plugin(_ node: Node) -> PluginSelection? {
    let entries = entries(node)
    guard let plugin = entries.first(where: { $0.key.value == "plugin" }) else {
      if case .mapping = node.content { report(.selectionWithoutPlugin(node.place)) }
      return nil
    }
    guard let name = text(plugin.value) else { return nil }
    let instance = entries.first { $0.key.value == "name" }.flatMap { text($0.value) } ?? name
    var configuration = PluginConfiguration(instance: instance)
    for entry in entries where entry.key.value != "plugin" && entry.key.value != "name" {
      configuration.values[entry.key.value] = value(entry.value)
    }
    return PluginSelection(plugin: name, configuration: configuration)
  }

  /// A setting: quoted scalars are texts, plain ones that look like it are truth values and numbers.
  private func value(_ node: Node) -> PluginConfiguration.Value {
    switch node.content {
    case .sequence(let items): return .list(items.map(value))
    case .mapping(let entries):
      return .object(
        Dictionary(entries.map { ($0.key.value, value($0.value)) }, uniquingKeysWith: { first, _ in first }))
    case .scalar(let scalar):
      switch scalar.plainValue {
      case .text(let text): return .text(text)
      case .number(let number): return .number(number)
      case .boolean(let boolean): return .boolean(boolean)
      }
    case .refused: return .text("")
    }
  }

  private mutating func entries(_ node: Node) -> [Node.Entry] {
    if case .mapping(let entries) = node.content { return entries }
    if node.content != .refused { report(.settingOfWrongShape("a mapping of settings", node.place)) }
    return []
  }

  private mutating func items(_ node: Node) -> [Node] {
    if case .sequence(let items) = node.content { return items }
    if node.content != .refused { report(.settingOfWrongShape("a list", node.place)) }
    return []
  }

  private mutating func text(_ node: Node) -> String? {
    if case .scalar(let scalar) = node.content, !scalar.text.isEmpty { return scalar.text }
    if node.content != .refused { report(.settingOfWrongShape("a text", node.place)) }
    return nil
  }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}

extension Diagnostic {
  fileprivate static func unknownSetting(_ key: Located<String>, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-key", .error, "\(quoted(key.value)) is not a setting", at: key.place,
      hint: suggestion(for: key.value, among: known) ?? "the settings are \(known.joined(separator: ", "))")
  }

  fileprivate static func selectionWithoutPlugin(_ place: Place) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "this does not say which plugin", at: place, hint: "write 'plugin: files', say")
  }

  fileprivate static func settingOfWrongShape(_ expected: String, _ place: Place) -> Diagnostic {
    Diagnostic("wrong-shape", .error, "expected \(expected)", at: place, hint: nil)
  }
}
