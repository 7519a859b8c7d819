public import PluginAPI

/// The `error` of a response.
public struct WireError: Error, Hashable, Sendable {
  public var code: Int
  public var message: String
  /// `error.data`: for errors of plugins an object with `kind`, and where they are known `pointer`, `hint`, `retryAfterMs`
  /// and `detail`.
  public var data: JSONValue?

  public init(_ code: Int, _ message: String, data: JSONValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  public init(_ error: PluginError) {
    var data: [String: JSONValue] = ["kind": .text(error.kind.rawValue)]
    data["pointer"] = error.pointer.map(JSONValue.text)
    data["hint"] = error.hint.map(JSONValue.text)
    data["retryAfterMs"] = error.retryAfterMilliseconds.map { .number(Double($0)) }
    self.init(WireErrorCode.plugin, error.message, data: .object(data))
  }

  init?(_ value: JSONValue) {
    guard let code = value["code"]?.integer, let message = value["message"]?.text else { return nil }
    self.init(code, message, data: value["data"])
  }

  /// As the ports have it; an error that says no kind is one of the plugin itself.
  public var pluginError: PluginError {
    let named = data?["kind"]?.text.flatMap(PluginError.Kind.init(rawValue:))
    let kind = named ?? (code == WireErrorCode.cancelled ? .transient : .internal)
    let detail = data?["detail"]?.text.map { ": \($0)" } ?? ""
    return PluginError(
      kind, message + detail, pointer: data?["pointer"]?.text, hint: data?["hint"]?.text,
      retryAfterMilliseconds: data?["retryAfterMs"]?.number.flatMap { Int64(exactly: $0.rounded()) })
  }
}
