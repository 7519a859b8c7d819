public import PluginAPI
public import PluginHost

/// A plugin that runs as a process, and what is needed to try it.
public struct ProcessSubject: Sendable {
  public var manifest: PluginManifest
  /// Settings that lead to some tickets, or to a channel that may be written to.
  public var configuration: PluginConfiguration
  public var environment: PluginEnvironment
  /// Settings that are wrong, and where.
  public var badConfigurations: [(configuration: PluginConfiguration, pointer: String)] = []
  /// How often a notice of that title came out of the channel; nil where nobody can tell.
  public var arrived: (@Sendable (_ title: String) async -> Int)?
  /// The settings with their secrets, as the plugin gets them.
  let resolved: PluginConfiguration
  let redaction: Redaction

  /// Throws `.configuration` where the settings are not what the manifest allows.
  public init(
    _ manifest: PluginManifest, _ configuration: PluginConfiguration, _ environment: PluginEnvironment
  ) throws(PluginError) {
    self.manifest = manifest
    self.configuration = configuration
    self.environment = environment
    let (resolved, secrets) = try manifest.resolve(configuration, environment)
    self.resolved = resolved
    redaction = Redaction(secrets)
  }
}
