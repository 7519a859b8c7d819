public import Diagnostics

/// The fields of a ticket as the rulebook declares them; a field's index is its slot.
public struct Schema: Sendable {
  public private(set) var fields: [Field]
  private var slots: [String: Int]

  /// - Precondition: names are unique; the compiler has checked it.
  public init(_ fields: [Field] = []) {
    self.fields = fields
    slots = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The slot of the field with this dotted name.
  public func slot(of name: String) -> Int? { slots[name] }

  public var names: [String] { fields.map(\.name) }
}

/// One declared field. Nested objects are flattened: `contact.name` is a field of its own.
public struct Field: Sendable {
  public var name: String
  public var type: FieldType
  public var label: LocalizedText
  /// Every ticket must have it.
  public var isRequired: Bool
  /// No two tickets may share it.
  public var isUnique: Bool
  /// Its value never appears in a message.
  public var isMasked: Bool
  /// Inclusive bounds of integers and numbers.
  public var minimum: Double?
  public var maximum: Double?
  /// How large its texts and lists may be.
  public var size: FieldSize
  /// The title of the section of the record that begins with this field; nil where it belongs to the one before.
  public var section: LocalizedText?
  /// Where it is declared.
  public var place: Place

  public init(
    name: String, type: FieldType, label: LocalizedText = LocalizedText(), isRequired: Bool = false,
    isUnique: Bool = false, isMasked: Bool = false, minimum: Double? = nil, maximum: Double? = nil,
    size: FieldSize = FieldSize(), section: LocalizedText? = nil, place: Place
  ) {
    self.name = name
    self.type = type
    self.label = label
    self.isRequired = isRequired
    self.isUnique = isUnique
    self.isMasked = isMasked
    self.minimum = minimum
    self.maximum = maximum
    self.size = size
    self.section = section
    self.place = place
  }
}

/// How large a text or a list may be.
public struct FieldSize: Hashable, Sendable {
  /// The most code points of a text, or elements of a list; nil where nothing is declared.
  public var maximum: Int?
  private var elements: [FieldSize]

  /// - Parameter element: of each element of a list.
  public init(maximum: Int? = nil, element: FieldSize? = nil) {
    self.maximum = maximum
    elements = element.map { [$0] } ?? []
  }

  /// Of each element of a list.
  public var element: FieldSize { elements.first ?? FieldSize() }
}

/// The type of a field's values.
public indirect enum FieldType: Sendable {
  case text, integer, number, boolean, instant, date, duration
  case choice(ChoiceDomain)
  case list(FieldType)
  /// Only inside lists; elsewhere objects are flattened.
  case object(Schema)

  /// The word of the rule language.
  public var name: String {
    switch self {
    case .text: "string"
    case .integer: "integer"
    case .number: "number"
    case .boolean: "boolean"
    case .instant: "instant"
    case .date: "date"
    case .duration: "duration"
    case .choice: "choice"
    case .list: "list"
    case .object: "object"
    }
  }
}

/// The values that a choice field may take, in the order in which they are declared.
public struct ChoiceDomain: Sendable {
  public struct Choice: Sendable {
    public var key: String
    public var label: LocalizedText
    public var aliases: [String]

    public init(key: String, label: LocalizedText = LocalizedText(), aliases: [String] = []) {
      self.key = key
      self.label = label
      self.aliases = aliases
    }

    /// All spellings that a ticket may carry: the key, every label, every alias.
    public var spellings: [String] { [key] + label.translations.map(\.text) + aliases }
  }

  public var choices: [Choice]
  /// Whether the declared order means something, first to last.
  public var isOrdered: Bool

  public init(choices: [Choice], isOrdered: Bool = false) {
    self.choices = choices
    self.isOrdered = isOrdered
  }

  /// The index of the choice with this spelling.
  public func index(of spelling: String) -> Int? {
    choices.firstIndex { $0.key == spelling } ?? choices.firstIndex { $0.spellings.contains(spelling) }
  }

  public var keys: [String] { choices.map(\.key) }
}
