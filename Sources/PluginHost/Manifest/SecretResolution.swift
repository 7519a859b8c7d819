import FileAccess
public import PluginAPI

/// Where the values of secrets come from.
struct SecretSource: Sendable {
  var variable: @Sendable (String) -> String?
}

extension PluginManifest {
  /// The settings with their secrets, and the secrets alone, checked against the manifest.
  ///
  /// Throws `.configuration` about the first setting that the manifest does not allow, and where a secret cannot be found.
  public func resolve(
    _ configuration: PluginConfiguration, _ environment: PluginEnvironment
  ) throws(PluginError) -> (configuration: PluginConfiguration, secrets: [String]) {
    let result = try SecretResolution(schema, environment.secrets).resolve(configuration)
    try schema.validate(result.configuration)
    return (result.configuration, result.values)
  }
}

/// Replaces `{env: NAME}` and `{file: path}` by what they stand for, where the manifest says `secret: true` and nowhere else.
struct SecretResolution {
  /// Passwords and keys are short; a larger file is a mistake.
  private static let fileLimit = 64 << 10

  private let schema: ConfigSchema
  private let source: SecretSource

  init(_ schema: ConfigSchema, _ source: SecretSource) {
    self.schema = schema
    self.source = source
  }

  struct Result {
    var configuration: PluginConfiguration
    /// All secrets, for redaction.
    var values: [String]
  }

  /// Throws `.configuration` where a secret is written out, or cannot be found.
  func resolve(_ configuration: PluginConfiguration) throws(PluginError) -> Result {
    var secrets = [String]()
    let path = SettingPath(instance: configuration.instance)
    let value = try resolve(
      schema.reading(.object(configuration.values)), schema, path, &secrets)
    var result = configuration
    if case .object(let values) = value { result.values = values }
    return Result(configuration: result, values: secrets)
  }

  private func resolve(
    _ value: PluginConfiguration.Value, _ schema: ConfigSchema, _ path: SettingPath, _ secrets: inout [String]
  ) throws(PluginError) -> PluginConfiguration.Value {
    if schema.isSecret {
      let secret = try secret(value, path)
      secrets.append(secret)
      return .text(secret)
    }
    switch value {
    case .object(let values):
      if schema.propertyNames.isEmpty, Self.reference(values) != nil {
        throw PluginError(.configuration, Wording.notASecret(path.name), pointer: path.pointer)
      }
      var resolved = values
      for (name, property) in schema.properties {
        if let value = values[name] {
          resolved[name] = try resolve(value, property, path.property(name), &secrets)
        }
      }
      return .object(resolved)
    case .list(let values):
      guard let items = schema.items else { return value }
      var resolved = [PluginConfiguration.Value]()
      for (index, value) in values.enumerated() {
        resolved.append(try resolve(value, items, path.item(index), &secrets))
      }
      return .list(resolved)
    case .text, .number, .boolean: return value
    }
  }

  private enum Reference { case variable(String), file(String) }

  private static func reference(_ values: [String: PluginConfiguration.Value]) -> Reference? {
    guard values.count == 1, let (key, value) = values.first, case .text(let text) = value else { return nil }
    switch key {
    case "env": return .variable(text)
    case "file": return .file(text)
    default: return nil
    }
  }

  private func secret(_ value: PluginConfiguration.Value, _ path: SettingPath) throws(PluginError) -> String {
    guard case .object(let values) = value else {
      throw PluginError(
        .configuration, Wording.literalSecret(path.name), pointer: path.pointer,
        hint: Wording.literalSecretHint)
    }
    switch Self.reference(values) {
    case .variable(let name):
      guard let text = source.variable(name) else {
        throw PluginError(.configuration, Wording.variableNotSet(path.name, name), pointer: path.pointer)
      }
      return try nonEmpty(text, path, "the environment variable \(name)")
    case .file(let file):
      return try nonEmpty(try contents(of: file, path), path, file)
    case nil: throw PluginError(.configuration, Wording.secretShape(path.name), pointer: path.pointer)
    }
  }

  /// The file without the line end that editors put behind the last line.
  private func contents(of file: String, _ path: SettingPath) throws(PluginError) -> String {
    do throws(FileError) {
      var bytes = try readFile(file, limit: Self.fileLimit)
      if bytes.last == 0x0A { bytes.removeLast() }
      if bytes.last == 0x0D { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw PluginError(.configuration, error.message, pointer: path.pointer)
    }
  }

  private func nonEmpty(_ text: String, _ path: SettingPath, _ source: String) throws(PluginError) -> String {
    if !text.isEmpty { return text }
    throw PluginError(.configuration, Wording.emptySecret(path.name, source), pointer: path.pointer)
  }
}
