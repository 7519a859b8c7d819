/// What both sides of a session agree on, unless `initialize` says otherwise.
public enum WireLimits {
  /// The major version of the protocol that this code speaks.
  public static let version = 1
  /// The longest line in bytes (8 MiB).
  public static let lineBytes = 8 << 20
}

/// The methods and notifications of version 1.
public enum WireMethod: String, Hashable, Sendable, CaseIterable {
  case initialize, check, ping, shutdown
  case describe = "store/describe"
  case list = "store/list"
  case get = "store/get"
  case write = "store/write"
  case deliver = "notifier/deliver"
  case resolve = "notifier/resolve"
  /// From the host: the answer to a request is not needed any more.
  case cancel = "$/cancel"
  /// From the plugin: a line for the log.
  case log = "$/log"
  /// From the plugin: a long request is still being worked on.
  case progress = "$/progress"
  /// From a store: something may have changed.
  case changed = "store/changed"
}

/// Codes of errors: those of JSON-RPC 2.0, one of the Language Server Protocol, and one for all errors with a kind.
public enum WireErrorCode {
  public static let parseError = -32700
  public static let invalidRequest = -32600
  public static let unknownMethod = -32601
  public static let invalidParameters = -32602
  public static let notInitialized = -32002
  public static let cancelled = -32800
  /// `error.data.kind` says what it is.
  public static let plugin = -32000
}
