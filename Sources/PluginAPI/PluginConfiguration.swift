/// The settings of one plugin instance, as `docket.yaml` or the command line gives them.
public struct PluginConfiguration: Hashable, Sendable {
  /// A setting: the shapes of JSON.
  public indirect enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    case list([Value])
    case object([String: Value])
  }

  /// The instance's name in `docket.yaml`, or the plugin's own name.
  public var instance: String
  public var values: [String: Value]

  public init(instance: String, values: [String: Value] = [:]) {
    self.instance = instance
    self.values = values
  }

  /// The text under `key`, or nil where there is none. Throws `.configuration` where it is not a text.
  public func text(_ key: String) throws(PluginError) -> String? {
    guard let value = values[key] else { return nil }
    guard case .text(let text) = value else { throw mistyped(key, expected: "a text") }
    return text
  }

  /// The texts under `key`: a list, or one text alone; empty where there is none.
  public func texts(_ key: String) throws(PluginError) -> [String] {
    guard let value = values[key] else { return [] }
    if case .text(let text) = value { return [text] }
    guard case .list(let items) = value else { throw mistyped(key, expected: "a text or a list of texts") }
    var texts = [String]()
    for item in items {
      guard case .text(let text) = item else { throw mistyped(key, expected: "a list of texts") }
      texts.append(text)
    }
    return texts
  }

  private func mistyped(_ key: String, expected: String) -> PluginError {
    PluginError(.configuration, "'\(key)' of \(instance) must be \(expected)", pointer: "/\(key)")
  }
}
