import ArgumentParser
import CommandOptions
import Diagnostics
import FileAccess
import PluginAPI
import PluginConformance
import PluginHost

/// `docket plugin check`: does a plugin keep to the protocol?
struct PluginCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Try a plugin with every scenario that it must pass.",
    discussion: """
      One line a scenario; exit code 1 where one failed. The settings are those of --config, else 'config' of the folder's \
      conformance.yaml, else its sample.yaml. The plugin runs for real: a notifier delivers three notices.
      """)

  @Argument(help: "The plugin's folder, or its name.")
  var plugin: String

  @Option(help: ArgumentHelp("A YAML file with the settings of one instance.", valueName: "file"))
  var config: String?

  @OptionGroup var pluginOptions: PluginOptions

  mutating func run() async throws {
    let plugins = try pluginOptions.plugins()
    let entry = try entry(plugins)
    let scratch = try makeScratch()
    defer { scratch.remove() }
    let results =
      entry.isLinked
      ? try await checkLinked(entry, plugins.environment, scratch)
      : try await checkProcess(entry, plugins.environment, scratch)
    try StandardOutput.write(Self.summary(entry, results) + "\n")
    if results.contains(where: \.hasFailed) { throw ExitStatus.findings }
  }

  private func makeScratch() throws(Failure) -> ScratchFolder {
    do {
      return try ScratchFolder(in: Environment.value(of: "TMPDIR", default: "/tmp"))
    } catch {
      throw Failure(error)
    }
  }

  // MARK: Which plugin

  private func entry(_ plugins: Plugins) throws(Failure) -> PluginCatalog.Entry {
    let isFolder = plugin.contains("/") || kindOfFile("\(plugin)/plugin.yaml") != nil
    let contents = isFolder ? plugins.catalog.read(folder: folder) : plugins.catalog.contents()
    let found = contents.entries.filter { isFolder ? $0.manifest?.folder == folder : $0.name == plugin }
    if let entry = found.first, found.count == 1 { return entry }
    if found.count > 1 {
      throw Failure(.usage, "'\(plugin)' is a store and a notifier", hint: "name it by its folder")
    }
    if !contents.diagnostics.isEmpty {
      throw PluginOptions.failure(contents, "'\(plugin)' cannot be checked")
    }
    throw Failure(
      .usage, "there is no plugin '\(plugin)'",
      hint: suggestion(for: plugin, among: contents.entries.map(\.name)) ?? "see 'docket plugin list'")
  }

  private var folder: String {
    plugin.count > 1 && plugin.hasSuffix("/") ? String(plugin.dropLast()) : plugin
  }

  // MARK: How it is tried

  private func checkProcess(
    _ entry: PluginCatalog.Entry, _ environment: PluginEnvironment, _ scratch: ScratchFolder
  ) async throws -> [ScenarioResult] {
    guard let manifest = entry.manifest else { return [] }
    var (file, sample) = try settings(manifest.folder)
    if let config { file.config = try read(config) { SettingsFile.read($0, into: &$1) } }
    var environment = environment
    // What a plugin logs while it is mistreated is of no use to anybody.
    environment.log = { _, _ in }
    let run = ConformanceRun(manifest, environment, file: file, sample: sample, scratch: scratch.path)
    do {
      return try await run.run(Self.show)
    } catch {
      throw Failure(error, of: entry.name)
    }
  }

  private func checkLinked(
    _ entry: PluginCatalog.Entry, _ environment: PluginEnvironment, _ scratch: ScratchFolder
  ) async throws -> [ScenarioResult] {
    var (file, sample) = (ConformanceFile(), [String: PluginConfiguration.Value]())
    if let folder = entry.manifest?.folder { (file, sample) = try settings(folder) }
    if let config { file.config = try read(config) { SettingsFile.read($0, into: &$1) } }
    let names = ["scratch": scratch.path, "folder": entry.manifest?.folder ?? "."]
    let conformance = LinkedConformance(
      try subject(entry), file.configuration(entry.name, sample, names),
      refusals: file.refusals(entry.name, names),
      arrived: file.arrived.isEmpty
        ? nil : entry.manifest.map { ArrivalCount(file.arrived, names, $0, environment) })
    return await conformance.run(Self.show)
  }

  private func subject(_ entry: PluginCatalog.Entry) throws(Failure) -> LinkedConformance.Subject {
    if entry.role == .store, let make = LinkedPlugins.stores[entry.name] { return .store(make) }
    if let make = LinkedPlugins.notifiers[entry.name] { return .notifier(make) }
    throw Failure(.usage, "'\(entry.name)' is not linked in")
  }

  private func settings(
    _ folder: String
  ) throws -> (ConformanceFile, [String: PluginConfiguration.Value]) {
    var file = ConformanceFile()
    if kindOfFile("\(folder)/conformance.yaml") != nil {
      file = try read("\(folder)/conformance.yaml") { ConformanceFile(reading: $0, into: &$1) }
    }
    guard kindOfFile("\(folder)/sample.yaml") != nil else { return (file, [:]) }
    return (file, try read("\(folder)/sample.yaml") { SettingsFile.read($0, into: &$1) })
  }

  private func read<Contents>(
    _ path: String, _ parse: (SourceText, inout [Diagnostic]) -> Contents
  ) throws(Failure) -> Contents {
    var contents = PluginCatalog.Contents()
    do {
      contents.sources = [try readSource(path)]
    } catch {
      throw Failure(error)
    }
    let result = parse(contents.sources[0], &contents.diagnostics)
    if contents.diagnostics.isEmpty { return result }
    throw PluginOptions.failure(contents, "\(path) cannot be used")
  }

  // MARK: What is shown

  private static func show(_ result: ScenarioResult) { try? StandardOutput.write(line(result) + "\n") }

  static func line(_ result: ScenarioResult) -> String {
    switch result.outcome {
    case .passed: "pass  \(result.name)"
    case .failed(let reason): "FAIL  \(result.name): \(reason)"
    case .skipped(let reason): "skip  \(result.name): \(reason)"
    }
  }

  static func summary(_ entry: PluginCatalog.Entry, _ results: [ScenarioResult]) -> String {
    let failed = results.count(where: \.hasFailed)
    let passed = results.count { $0.outcome == .passed }
    let skipped = results.count - failed - passed
    return "\(entry.role.rawValue) \(entry.name): \(passed) passed, \(failed) failed, \(skipped) skipped"
  }
}

extension ScenarioResult {
  fileprivate var hasFailed: Bool {
    if case .failed = outcome { true } else { false }
  }
}
