package import ArgumentParser
import Diagnostics
package import FileAccess
package import PluginHost

/// Where plugins are looked for, and what is written down of what they say.
package struct PluginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder with plugins besides ./plugins; may be repeated.", valueName: "folder"))
  package var pluginPath: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write what plugin processes and docket say to each other to a file, without secrets.",
      valueName: "file"))
  package var trace: String?

  package init() {}

  package var catalog: PluginCatalog {
    let own = kindOfFile("plugins") == .folder ? ["plugins"] : []
    return PluginCatalog(
      linked: LinkedPlugins.descriptions, roots: own + pluginPath, installed: Installation.plugins)
  }

  package func plugins() throws(Failure) -> Plugins {
    for path in pluginPath where kindOfFile(path) != .folder {
      throw Failure(.usage, "--plugin-path '\(path)' is no folder")
    }
    return Plugins(catalog: catalog, environment: try environment())
  }

  package func environment() throws(Failure) -> PluginEnvironment {
    var environment = PluginEnvironment(
      variable: Environment.value, log: { StandardError.write("[\($0)] \($1)\n") })
    environment.hostVersion = Release.version
    guard let trace else { return environment }
    do {
      environment.transcript = try Transcript(trace)
    } catch {
      throw Failure(error)
    }
    return environment
  }

  /// What is wrong with manifests, as it is shown, and what follows from it.
  package static func failure(_ contents: PluginCatalog.Contents, _ message: String) -> Failure {
    var failure = Failure(.usage, message)
    failure.text = render(contents, .error) + failure.text
    return failure
  }

  package static func render(_ contents: PluginCatalog.Contents, _ stream: StandardStream) -> String {
    TextRenderer(sources: contents.sources, usesColor: Terminal.usesColor(stream)).render(
      contents.diagnostics)
  }
}
