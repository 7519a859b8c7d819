/// What a plugin throws. The engine's policy depends on the kind alone.
public struct PluginError: Error, Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// The configuration is wrong: stop and tell the user.
    case configuration = "config"
    /// Credentials are missing or refused: stop and tell the user.
    case authorization = "auth"
    /// Retried after `retryAfterMilliseconds`, within a budget.
    case rateLimited = "rate-limited"
    /// Retried with back-off.
    case transient
    /// The item is skipped and reported.
    case permanent
    /// A fault of the plugin; counts toward its breaker.
    case `internal`
  }

  public var kind: Kind
  /// What went wrong, in one sentence, without secrets.
  public var message: String
  /// A JSON pointer (RFC 6901) into the configuration, such as `/path`.
  public var pointer: String?
  /// How to mend it.
  public var hint: String?
  public var retryAfterMilliseconds: Int64?

  public init(
    _ kind: Kind, _ message: String, pointer: String? = nil, hint: String? = nil,
    retryAfterMilliseconds: Int64? = nil
  ) {
    self.kind = kind
    self.message = message
    self.pointer = pointer
    self.hint = hint
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }
}

/// A problem that `check` found and that does not stop the plugin from answering.
public struct PluginProblem: Hashable, Sendable {
  public var message: String
  public var pointer: String?
  public var hint: String?

  public init(_ message: String, pointer: String? = nil, hint: String? = nil) {
    self.message = message
    self.pointer = pointer
    self.hint = hint
  }
}
