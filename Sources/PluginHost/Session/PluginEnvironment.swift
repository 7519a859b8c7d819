import ProcessAccess

/// What the host gives to the plugins that it starts; the command line fills it in, tests as they like.
public struct PluginEnvironment: Sendable {
  /// The value of an environment variable; nil where there is none. Only the command line reads the environment.
  public var variable: @Sendable (String) -> String?
  /// Receives lines of stderr and notes about restarts, redacted, with the plugin's name.
  public var log: @Sendable (_ plugin: String, _ line: String) -> Void
  public var transcript: Transcript?
  public var deadlines = Deadlines()
  public var timing = Timing.system
  /// Docket's version, as plugins hear it.
  public var hostVersion = "0"

  public init(
    variable: @escaping @Sendable (String) -> String? = { _ in nil },
    log: @escaping @Sendable (String, String) -> Void = { _, _ in }
  ) {
    self.variable = variable
    self.log = log
  }

  var secrets: SecretSource { SecretSource(variable: variable) }

  /// The environment of a plugin whose manifest asks for these variables as well, and where its program is found.
  var programs: ProgramEnvironment { ProgramEnvironment(variable: variable) }
}
