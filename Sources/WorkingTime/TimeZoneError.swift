/// A time zone whose data cannot be used.
public struct TimeZoneError: Error, Hashable, Sendable {
  public var identifier: String
  /// One sentence without a full stop, starting in lower case; names the zone.
  public var message: String
  public var hint: String

  public init(identifier: String, message: String, hint: String) {
    self.identifier = identifier
    self.message = message
    self.hint = hint
  }
}
