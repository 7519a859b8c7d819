/// Why bytes are not JSON, and where.
public struct JSONProblem: Error, Hashable, Sendable {
  /// What was expected, or what ended too early.
  public enum Kind: String, Hashable, Sendable {
    case value = "a value was expected"
    case object = "an object was expected"
    case key = "a key in quotes was expected"
    case colon = "a colon was expected"
    case comma = "a comma or a closing bracket was expected"
    case bracket = "a bracket closes another one than the last opened"
    case endOfText = "the text ends within a value"
    case escape = "an escape is unknown"
    case number = "a number is malformed"
    case depth = "brackets stand too deep within one another"
    case rest = "something stands behind the value"
  }

  public var kind: Kind
  /// The offset in bytes, from 0.
  public var offset: Int

  init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
