/// What a plugin says of itself; its `plugin.yaml` says the same.
public struct PluginDescription: Hashable, Sendable {
  public enum Role: String, Hashable, Sendable { case store, notifier }

  /// The name of its folder, by which `docket.yaml` and the command line select it.
  public var name: String
  public var version: String
  public var role: Role
  /// One line, as `docket plugin list` shows it.
  public var summary: String
  /// The keys that its configuration knows.
  public var settings: [String]

  public init(name: String, version: String, role: Role, summary: String, settings: [String]) {
    self.name = name
    self.version = version
    self.role = role
    self.summary = summary
    self.settings = settings
  }
}
