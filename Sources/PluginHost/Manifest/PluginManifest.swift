import FileAccess
public import PluginAPI
import ProcessAccess

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
  func launch(_ environment: PluginEnvironment) throws(PluginError) -> ProcessLaunch {
    let words = command.dropFirst().map { word in
      kindOfFile("\(folder)/\(word)") == .file ? "\(folder)/\(word)" : word
    }
    let variables = environment.variables(self.environment)
    return ProcessLaunch(
      path: try program(variables["PATH"] ?? ""), arguments: Array(words), environment: variables)
  }

  private func program(_ path: String) throws(PluginError) -> String {
    let word = command.first ?? ""
    if word.hasPrefix("/") { return word }
    if word.contains("/") {
      let file = "\(folder)/\(word)"
      if kindOfFile(file) == .file { return file }
      throw PluginError(
        .configuration, "\(file), the program of \(name), is not there",
        hint: folder.contains("plugins/") ? "build it, with 'make plugins' say" : nil)
    }
    for folder in path.split(separator: ":") where kindOfFile("\(folder)/\(word)") == .file {
      return "\(folder)/\(word)"
    }
    throw PluginError(.configuration, Wording.notInPath(word), hint: Wording.commandHint)
  }
}
