/// A duration, hours or dates that do not read: what is wrong, what to write, and where in the text.
public struct TimeSyntaxError: Error, Hashable, Sendable {
  /// One sentence without a full stop, starting in lower case.
  public var message: String
  /// What to write instead.
  public var hint: String
  /// UTF-8 bytes before the part that is wrong.
  public var offset: Int

  public init(_ message: String, hint: String, offset: Int) {
    self.message = message
    self.hint = hint
    self.offset = offset
  }
}

public typealias DurationSyntaxError = TimeSyntaxError
