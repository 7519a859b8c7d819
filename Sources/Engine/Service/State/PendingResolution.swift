/// Something delivered that a notifier is to take back, because it has ended.
public struct PendingResolution: Hashable, Sendable {
  /// The key under which it was delivered: a notice's, or a batch's.
  public var key: String
  /// How often that was tried.
  public var attempts: Int

  public init(key: String, attempts: Int) {
    self.key = key
    self.attempts = attempts
  }
}
