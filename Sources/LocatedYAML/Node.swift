public import Diagnostics

/// A value of a YAML document and the place where it is written.
public struct Node: Hashable, Sendable {
  /// From the first character of the value to behind its last one.
  public var place: Place
  public var content: Content

  public init(_ content: Content, at place: Place) {
    self.content = content
    self.place = place
  }

  public enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
    /// A construct outside the subset, which was reported already: readers skip it without a word.
    case refused
  }

  /// One `key: value` of a mapping.
  public struct Entry: Hashable, Sendable {
    public var key: Located<String>
    public var value: Node

    public init(key: Located<String>, value: Node) {
      self.key = key
      self.value = value
    }
  }
}

/// A text as it was written; what it means is decided by what is expected at its place, never by its look.
public struct Scalar: Hashable, Sendable {
  /// The text without quotes, with escapes resolved and lines folded.
  public var text: String
  public var style: Style

  public init(_ text: String, style: Style = .plain) {
    self.text = text
    self.style = style
  }

  public enum Style: Hashable, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  /// Whether nothing was written, as after `key:` at the end of a line.
  public var isMissing: Bool { style == .plain && text.isEmpty }
}
