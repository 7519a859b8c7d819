public import PluginAPI
public import PluginHost
import ProcessAccess

/// One try of a plugin's process with its companion, in a scratch folder of its own.
public struct ConformanceRun: Sendable {
  private let manifest: PluginManifest
  private let environment: PluginEnvironment
  private let file: ConformanceFile
  /// The settings where the file has none.
  private let sample: [String: PluginConfiguration.Value]
  private let scratch: String

  /// - Parameter scratch: an empty folder that the caller makes and removes.
  public init(
    _ manifest: PluginManifest, _ environment: PluginEnvironment, file: ConformanceFile,
    sample: [String: PluginConfiguration.Value], scratch: String
  ) {
    self.manifest = manifest
    self.environment = environment
    self.file = file
    self.sample = sample
    self.scratch = scratch
  }

  /// Tries all scenarios; `report` is told each at once. Throws `.configuration` where they cannot begin.
  public func run(
    _ report: (ScenarioResult) -> Void = { _ in }
  ) async throws(PluginError) -> [ScenarioResult] {
    var names = ["scratch": scratch, "folder": manifest.folder]
    var companion: Companion?
    var settings: [String: PluginConfiguration.Value] = [:]
    do throws(ScenarioEnd) {
      if !file.companion.isEmpty {
        let program = try Companion(try launch(file.companion, names))
        companion = program
        settings = try await program.settings()
      }
    } catch {
      await companion?.stop()
      throw PluginError(.configuration, error.text)
    }
    for case (let name, .text(let text)) in settings { names[name] = text }
    do throws(PluginError) {
      let subject = try subject(names, settings)
      let results = await ProcessConformance(subject).run(report)
      await companion?.stop()
      return results
    } catch {
      await companion?.stop()
      throw error
    }
  }

  private func subject(
    _ names: [String: String], _ settings: [String: PluginConfiguration.Value]
  ) throws(PluginError) -> ProcessSubject {
    var values = (file.config ?? sample).mapValues { $0.replacing(names) }
    for (name, value) in settings where manifest.schema[name] != nil { values[name] = value }
    let configuration = PluginConfiguration(instance: manifest.name, values: values)
    var subject = try ProcessSubject(manifest, configuration, environment)
    subject.badConfigurations = file.refusals.map { refusal in
      let values = refusal.config.mapValues { $0.replacing(names) }
      return (PluginConfiguration(instance: manifest.name, values: values), refusal.pointer)
    }
    if !file.arrived.isEmpty {
      let count = ArrivalCount(file.arrived, names, manifest, environment)
      subject.arrived = { title in await count.of(title: title) }
    }
    return subject
  }

  private func launch(_ words: [String], _ names: [String: String]) throws(ScenarioEnd) -> ProcessLaunch {
    try ArrivalCount.launch(words, names, manifest, environment)
  }
}

/// How often a notice arrived: what the program under `arrived` prints.
public struct ArrivalCount: Sendable {
  private let words: [String]
  private let names: [String: String]
  private let manifest: PluginManifest
  private let environment: PluginEnvironment

  /// - Parameter names: what `{name}` stands for.
  public init(
    _ words: [String], _ names: [String: String], _ manifest: PluginManifest, _ environment: PluginEnvironment
  ) {
    self.words = words
    self.names = names
    self.manifest = manifest
    self.environment = environment
  }

  /// -1 where the program does not print a number.
  public func of(title: String) async -> Int {
    guard let launch = try? Self.launch(words + [title], names, manifest, environment),
      let program = try? Companion(launch), let output = try? await program.output()
    else { return -1 }
    return Int(output.filter { !$0.isWhitespace }) ?? -1
  }

  /// As a manifest's command is started.
  static func launch(
    _ words: [String], _ names: [String: String], _ manifest: PluginManifest, _ environment: PluginEnvironment
  ) throws(ScenarioEnd) -> ProcessLaunch {
    var program = manifest
    program.command = words.map { $0.replacing(names) }
    do throws(PluginError) { return try program.launch(environment) } catch {
      throw .failed(error.message)
    }
  }
}

extension ScenarioEnd {
  var text: String {
    switch self {
    case .failed(let text), .skipped(let text): text
    }
  }
}
