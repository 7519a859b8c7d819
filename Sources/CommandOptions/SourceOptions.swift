package import ArgumentParser
import Diagnostics
package import Engine
import FileAccess
import PluginAPI

/// Where tickets come from: paths, a store plugin, a configuration file.
package struct SourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Files, folders or patterns with tickets; - is standard input.", valueName: "path"))
  package var paths: [String] = []

  @Option(
    help: ArgumentHelp("The store plugin, with settings as name:key=value,key=value.", valueName: "store"))
  package var store: String?

  @Option(help: ArgumentHelp("A docket.yaml; default: the one in this folder, if any.", valueName: "file"))
  package var config: String?

  package init() {}

  /// The configuration file's contents; empty where there is none.
  package func configuration() throws(Failure) -> EngineConfiguration {
    let path = config ?? "docket.yaml"
    if config == nil, kindOfFile(path) == nil { return EngineConfiguration() }
    do {
      let source = try readSource(path)
      var diagnostics = [Diagnostic]()
      let configuration = EngineConfiguration.read(source, into: &diagnostics)
      if diagnostics.isEmpty { return configuration }
      StandardError.write(
        TextRenderer(sources: [source], usesColor: Terminal.usesColor(.error)).render(diagnostics))
    } catch {
      throw Failure(error)
    }
    throw Failure(.usage, "\(path) cannot be used")
  }

  /// The store that the arguments or the configuration choose; paths go to the store's setting `path`.
  package func selection(_ configuration: EngineConfiguration) throws(Failure) -> PluginSelection {
    var selection =
      configuration.store
      ?? PluginSelection(plugin: "files", configuration: PluginConfiguration(instance: "files"))
    if let store { selection = try Self.selection(store, option: "--store") }
    if !paths.isEmpty { selection.configuration.values["path"] = .list(paths.map { .text($0) }) }
    if selection.plugin == "files", selection.configuration.values["path"] == nil {
      throw Failure(.usage, "no tickets were named", hint: "name files or folders, or - for standard input")
    }
    return selection
  }

  package static func selection(_ text: String, option: String) throws(Failure) -> PluginSelection {
    if let selection = PluginSelection(text) { return selection }
    throw Failure(
      .usage, "\(option) '\(text)' is not name:key=value,key=value",
      hint: "write \(option == "--notify" ? "file:path=findings.ndjson" : "files:format=csv"), say")
  }
}
