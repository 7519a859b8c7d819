public import Diagnostics
import FileAccess
import LocatedYAML
public import PluginAPI
import PluginHost

/// How a plugin is tried: its folder's `conformance.yaml`, all of whose keys are optional.
///
///     config: {url: http://127.0.0.1:1}   # instead of sample.yaml
///     companion: [python3, receiver.py]   # runs meanwhile
///     arrived: [python3, arrived.py]      # answers how often a notice arrived
///     bad_config: [{config: {url: x}, pointer: /url}]
///
/// In texts `{scratch}` stands for an empty folder that is removed afterwards, `{folder}` for the plugin's own.
///
/// A companion is a program that the plugin needs: a server to read from, a receiver to deliver to. Its first line on stdout
/// is a JSON object of settings, which are laid over `config`, and whose texts can be written as `{name}` as well; it is ended
/// with SIGTERM. `arrived` is run with the title of a notice as its last word and prints how often it came.
public struct ConformanceFile: Sendable {
  public struct Refusal: Hashable, Sendable {
    public var config: [String: PluginConfiguration.Value]
    public var pointer: String
  }

  public var config: [String: PluginConfiguration.Value]?
  public var companion: [String] = []
  public var arrived: [String] = []
  public var refusals: [Refusal] = []

  public init() {}

  private static let keys = ["config", "companion", "arrived", "bad_config"]

  /// Reads the file; what is wrong with it is reported.
  public init(reading source: SourceText, into diagnostics: inout [Diagnostic]) {
    for (key, value) in SettingsFile.read(source, into: &diagnostics).sorted(by: { $0.key < $1.key }) {
      switch (key, value) {
      case ("config", .object(let values)): config = values
      case ("companion", .list(let words)): companion = words.compactMap(\.text)
      case ("arrived", .list(let words)): arrived = words.compactMap(\.text)
      case ("bad_config", .list(let items)):
        refusals = items.compactMap { Self.refusal($0, source, &diagnostics) }
      default:
        diagnostics.append(
          Diagnostic(
            "unknown-key", .error, "\(quoted(key)) is unknown or of the wrong shape",
            at: Place(file: source.path, line: 1),
            hint: suggestion(for: key, among: Self.keys)
              ?? "the keys are \(Self.keys.joined(separator: ", "))"))
      }
    }
  }

  private static func refusal(
    _ value: PluginConfiguration.Value, _ source: SourceText, _ diagnostics: inout [Diagnostic]
  ) -> Refusal? {
    if case .object(let members) = value, case .object(let config)? = members["config"],
      let pointer = members["pointer"]?.text
    {
      return Refusal(config: config, pointer: pointer)
    }
    diagnostics.append(
      Diagnostic(
        "wrong-shape", .error, "each item of 'bad_config' must be {config: {…}, pointer: /…}",
        at: Place(file: source.path, line: 1)))
    return nil
  }
}

extension ConformanceFile {
  /// The settings to try a plugin with that needs no companion.
  public func configuration(
    _ instance: String, _ sample: [String: PluginConfiguration.Value], _ names: [String: String]
  ) -> PluginConfiguration {
    let values = (config ?? sample).mapValues { $0.replacing(names) }
    return PluginConfiguration(instance: instance, values: values)
  }

  /// The settings that must be refused, and where.
  public func refusals(
    _ instance: String, _ names: [String: String]
  ) -> [(configuration: PluginConfiguration, pointer: String)] {
    refusals.map { refusal in
      let values = refusal.config.mapValues { $0.replacing(names) }
      return (PluginConfiguration(instance: instance, values: values), refusal.pointer)
    }
  }
}

extension PluginConfiguration.Value {
  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// With `{name}` replaced in all texts.
  func replacing(_ names: [String: String]) -> PluginConfiguration.Value {
    switch self {
    case .text(let text): .text(text.replacing(names))
    case .list(let items): .list(items.map { $0.replacing(names) })
    case .object(let members): .object(members.mapValues { $0.replacing(names) })
    case .number, .boolean: self
    }
  }
}

extension String {
  func replacing(_ names: [String: String]) -> String {
    names.reduce(self) { $0.replacing("{\($1.key)}", with: $1.value) }
  }
}
