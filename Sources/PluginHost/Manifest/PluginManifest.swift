import FileAccess
public import PluginAPI
public import ProcessAccess

/// What `plugin.yaml` says: all that is known of a plugin before it is started.
public struct PluginManifest: Hashable, Sendable {
  /// The name of the folder, by which the plugin is selected.
  public var name: String
  public var version = ""
  public var role: PluginDescription.Role
  /// The versions of the protocol that it speaks.
  public var protocols: [Int] = []
  public var summary = ""
  /// The program and its words; empty for a plugin that is linked in.
  public var command: [String] = []
  /// How many requests it takes at once.
  public var concurrency = 1
  /// The environment variables that it gets besides those that every plugin gets.
  public var environment: [String] = []
  public var schema = ConfigSchema()
  /// Where the manifest stands.
  public var folder: String

  public init(name: String, role: PluginDescription.Role, folder: String) {
    self.name = name
    self.role = role
    self.folder = folder
  }

  public var path: String { "\(folder)/plugin.yaml" }

  /// What is started. The first word is a path from the manifest on where it has a slash, else a program of PATH; a further
  /// word that names a file of the plugin's folder stands for that file.
  public func launch(_ environment: PluginEnvironment) throws(PluginError) -> ProcessLaunch {
    let words = command.dropFirst().map { word in
      kindOfFile("\(folder)/\(word)") == .file ? "\(folder)/\(word)" : word
    }
    return ProcessLaunch(
      path: try program(environment.programs), arguments: Array(words),
      environment: environment.programs.variables(self.environment))
  }

  private func program(_ programs: ProgramEnvironment) throws(PluginError) -> String {
    let word = command.first ?? ""
    let isRelative = word.contains("/") && !word.hasPrefix("/")
    if let path = programs.find(isRelative ? "\(folder)/\(word)" : word) { return path }
    if !isRelative { throw PluginError(.configuration, Wording.notInPath(word), hint: Wording.commandHint) }
    throw PluginError(
      .configuration, Wording.noProgram("\(folder)/\(word)", of: name), hint: Wording.noProgramHint)
  }
}
