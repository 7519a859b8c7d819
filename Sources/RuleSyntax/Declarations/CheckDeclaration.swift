public import Diagnostics

/// Fields that a ticket must have from some states on.
public struct RequiredFieldsDeclaration: Hashable, Sendable {
  public var id: Located<String>
  /// The states in which the fields are required; nil for every state.
  public var from: StatesDeclaration?
  public var condition: ConditionDeclaration?
  /// At least one, except after an error.
  public var fields: [Located<String>] = []
  public var severity: Located<Severity>?
  public var message: MessageDeclaration?
  public var place: Place

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}

/// The states in which a rule applies.
public enum StatesDeclaration: Hashable, Sendable {
  /// One state, written alone: from that one on.
  case onward(Located<String>)
  /// A list: in just these.
  case oneOf(Located<[Located<String>]>)
}

/// Anything else that must hold.
public struct CheckDeclaration: Hashable, Sendable {
  public var id: Located<String>
  public var condition: ConditionDeclaration?
  /// CEL: what must be true of the tickets that the condition picks. Nil after an error.
  public var expression: Located<String>?
  public var severity: Located<Severity>?
  public var message: MessageDeclaration?
  public var place: Place

  public init(id: Located<String>, place: Place) {
    self.id = id
    self.place = place
  }
}

/// A template in one or more languages, each with its place, because a placeholder may be wrong.
public struct MessageDeclaration: Hashable, Sendable {
  public struct Translation: Hashable, Sendable {
    /// Nil for a text that was given without a language.
    public var language: Located<String>?
    public var text: Located<String>

    public init(language: Located<String>?, text: Located<String>) {
      self.language = language
      self.text = text
    }
  }

  /// At least one.
  public var translations: [Translation]

  public init(_ translations: [Translation]) { self.translations = translations }

  public var text: LocalizedText {
    LocalizedText(translations.map { ($0.language?.value ?? LocalizedText.unspecified, $0.text.value) })
  }
}
