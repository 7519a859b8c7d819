public import Diagnostics
import LocatedYAML
import PluginAPI

extension PluginManifest {
  /// Reads `plugin.yaml`; nil where it cannot be used. All that is wrong with it is reported.
  ///
  /// - Parameter folder: the folder that the file stands in; its last part is the plugin's name.
  public static func read(
    _ source: SourceText, folder: String, into diagnostics: inout [Diagnostic]
  ) -> PluginManifest? {
    let before = diagnostics.count
    guard let root = YAMLDocument.load(source, into: &diagnostics) else { return nil }
    var reader = ManifestReader(folder: folder)
    let manifest = reader.manifest(root)
    diagnostics += reader.diagnostics
    return diagnostics[before...].contains { $0.severity == .error } ? nil : manifest
  }
}

private struct ManifestReader {
  let folder: String
  var diagnostics: [Diagnostic] = []

  private static let keys = [
    "name", "version", "role", "protocol", "summary", "command", "concurrency", "environment", "config",
  ]

  mutating func manifest(_ root: Node) -> PluginManifest? {
    guard let entries = root.entries else {
      report(.wrongShape("a mapping", root.place))
      return nil
    }
    for key in ["name", "version", "role", "protocol", "summary"] where root[key] == nil {
      report(.missingKey(key, root.place))
    }
    let folderName = folder.split(separator: "/").last.map(String.init) ?? folder
    var manifest = PluginManifest(name: folderName, role: .store, folder: folder)
    for entry in entries { read(entry, into: &manifest) }
    if !manifest.protocols.isEmpty, !manifest.protocols.contains(1), let node = root["protocol"] {
      report(.protocolNotSupported(node.place))
    }
    return manifest
  }

  private mutating func read(_ entry: Node.Entry, into manifest: inout PluginManifest) {
    let node = entry.value
    switch entry.key.value {
    case "name":
      if let name = text(node), name != manifest.name {
        report(.otherName(name, folder: manifest.name, node.place))
      }
    case "version": manifest.version = text(node) ?? ""
    case "summary": manifest.summary = text(node) ?? ""
    case "role":
      guard let name = text(node) else { return }
      if let role = PluginDescription.Role(rawValue: name) {
        manifest.role = role
      } else {
        report(.unknownWord("role", name, ["store", "notifier"], node.place))
      }
    case "protocol": manifest.protocols = list(node).compactMap { wholeNumber($0, from: 1) }
    case "command":
      manifest.command = list(node).compactMap { text($0) }
      if manifest.command.isEmpty { report(.emptyCommand(node.place)) }
    case "concurrency": manifest.concurrency = wholeNumber(node, from: 1) ?? 1
    case "environment": manifest.environment = list(node).compactMap { text($0) }
    case "config": manifest.schema = schema(node)
    case let key where key.hasPrefix("x-"): break
    default: report(.unknownKey(entry.key, Self.keys))
    }
  }

  // MARK: The schema of the settings

  private static let schemaKeys = [
    "type", "description", "default", "properties", "required", "additionalProperties", "items", "enum",
    "minimum",
    "maximum", "secret",
  ]

  private mutating func schema(_ node: Node) -> ConfigSchema {
    var schema = ConfigSchema()
    guard let entries = node.entries else {
      report(.wrongShape("a mapping", node.place))
      return schema
    }
    for entry in entries { read(entry, into: &schema) }
    for name in node["required"]?.items ?? [] {
      guard let text = name.text, schema[text] == nil else { continue }
      report(.unknownWord("required property", text, schema.properties.map(\.name), name.place))
    }
    return schema
  }

  private mutating func read(_ entry: Node.Entry, into schema: inout ConfigSchema) {
    let node = entry.value
    switch entry.key.value {
    case "type": schema.types = types(node)
    case "description": schema.description = text(node)
    case "default", "title", "examples": break
    case "properties":
      for property in node.entries ?? [] { schema[property.key.value] = self.schema(property.value) }
      if node.entries == nil { report(.wrongShape("a mapping", node.place)) }
    case "required": schema.required = list(node).compactMap { text($0) }
    case "additionalProperties": schema.allowsOtherProperties = boolean(node) ?? true
    case "items": schema.items = self.schema(node)
    case "enum": schema.choices = list(node).compactMap { text($0) }
    case "minimum": schema.minimum = number(node)
    case "maximum": schema.maximum = number(node)
    case "secret": schema.isSecret = boolean(node) ?? false
    case let key where key.hasPrefix("x-"): break
    default: report(.unknownKey(entry.key, Self.schemaKeys))
    }
  }

  private mutating func types(_ node: Node) -> [ConfigSchema.Kind] {
    let nodes = node.items ?? [node]
    return nodes.compactMap { node in
      guard let name = text(node) else { return nil }
      if let kind = ConfigSchema.Kind(rawValue: name) { return kind }
      report(.unknownWord("type", name, ConfigSchema.Kind.allCases.map(\.rawValue), node.place))
      return nil
    }
  }

  // MARK: Shapes

  private mutating func text(_ node: Node) -> String? {
    if let text = node.text, !text.isEmpty { return text }
    if node.content != .refused { report(.wrongShape("a text", node.place)) }
    return nil
  }

  private mutating func list(_ node: Node) -> [Node] {
    if let items = node.items { return items }
    if node.content != .refused { report(.wrongShape("a list", node.place)) }
    return []
  }

  private mutating func number(_ node: Node) -> Double? {
    if let number = node.text.flatMap(Double.init), number.isFinite { return number }
    report(.wrongShape("a number", node.place))
    return nil
  }

  private mutating func wholeNumber(_ node: Node, from lowest: Int) -> Int? {
    if let number = node.text.flatMap({ Int($0) }), number >= lowest { return number }
    report(.wrongShape("a whole number from \(lowest)", node.place))
    return nil
  }

  private mutating func boolean(_ node: Node) -> Bool? {
    if node.text == "true" || node.text == "false" { return node.text == "true" }
    report(.wrongShape("true or false", node.place))
    return nil
  }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
}
