public import Diagnostics

/// One field of the ticket.
public struct FieldDeclaration: Hashable, Sendable {
  /// As written: `contact.name` is the field `name` of the nested object `contact`.
  public var name: Located<String>
  /// Nil after an error.
  public var type: Located<TypeDeclaration>?
  public var label: LocalizedText?
  public var isRequired = false
  public var isUnique = false
  /// Whether messages and outputs must not repeat the value.
  public var isMasked = false
  /// A regular expression that the whole value matches.
  public var matches: Located<String>?
  /// Bounds in the notation of the field's type, both included.
  public var minimum: Located<String>?
  public var maximum: Located<String>?
  public var size: SizeDeclaration?
  /// The title of the section of the record that begins with this field.
  public var section: Located<LocalizedText>?

  public init(name: Located<String>) { self.name = name }
}

/// How large a text or a list may be: `max_length` in characters, `max_items`; nil where nothing is said.
public struct SizeDeclaration: Hashable, Sendable {
  public var length: Located<String>?
  public var items: Located<String>?
  /// Of a list's elements, in `of`; none or one.
  public var elements: [SizeDeclaration] = []

  public init() {}
}

/// The type of a field or of a list's elements.
public indirect enum TypeDeclaration: Hashable, Sendable {
  case string, integer, number, boolean, instant, date, duration
  /// The keys in the order written; `isOrdered` where that order has a meaning.
  case choice([ChoiceDeclaration], isOrdered: Bool)
  /// The elements' type; nil where any will do.
  case list(of: Located<TypeDeclaration>?)
  case object([FieldDeclaration])
}

/// One value of a choice.
public struct ChoiceDeclaration: Hashable, Sendable {
  public var key: Located<String>
  /// A ticket may carry each of these in place of the key.
  public var label: LocalizedText?
  public var aliases: [Located<String>]

  public init(key: Located<String>, label: LocalizedText? = nil, aliases: [Located<String>] = []) {
    self.key = key
    self.label = label
    self.aliases = aliases
  }
}
