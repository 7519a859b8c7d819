public import PluginAPI

/// A plugin that was chosen at start-up, and its settings.
public struct PluginSelection: Hashable, Sendable {
  /// The plugin's name, such as `files`.
  public var plugin: String
  public var configuration: PluginConfiguration

  public init(plugin: String, configuration: PluginConfiguration) {
    self.plugin = plugin
    self.configuration = configuration
  }

  /// Reads `name` or `name:key=value,key=value`, as the command line writes it; nil where a setting lacks its `=`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    plugin = String(parts[0])
    configuration = PluginConfiguration(instance: plugin)
    guard parts.count == 2 else { return }
    for setting in parts[1].split(separator: ",") {
      let pair = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty else { return nil }
      configuration.values[String(pair[0])] = Self.value(String(pair[1]))
    }
  }

  private static func value(_ text: String) -> PluginConfiguration.Value {
    switch text {
    case "true": .boolean(true)
    case "false": .boolean(false)
    default: .text(text)
    }
  }
}
