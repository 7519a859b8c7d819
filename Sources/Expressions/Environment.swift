/// A variable that expressions may name.
public struct Variable: Hashable, Sendable {
  /// May hold dots: `contact.name` is one variable.
  public var name: String
  public var type: Type
  /// Where its value stands in a `SlotSource`.
  public var slot: Int
  /// May be absent, so that it must be read under `has()`, through `.?` or with `orValue`.
  public var isOptional: Bool
  /// For a string that is one of these and arrives as the index of one; empty for others.
  public var choices: [String]
  /// How else people call a choice, such as by its label, and the choice that is meant: for suggestions.
  public var otherSpellings: [String: String] = [:]
  /// Its value, and what is computed of it, must not be shown.
  public var isMasked: Bool
  /// What is declared about the size of its values.
  public var bounds: SizeBounds

  public init(
    _ name: String, _ type: Type, slot: Int, isOptional: Bool = false, choices: [String] = [],
    isMasked: Bool = false, bounds: SizeBounds = SizeBounds()
  ) {
    self.name = name
    self.type = type
    self.slot = slot
    self.isOptional = isOptional
    self.choices = choices
    self.isMasked = isMasked
    self.bounds = bounds
  }
}

/// How large the values of a variable can be, for the static bound of what reads it.
public struct SizeBounds: Hashable, Sendable {
  /// The most code points of a text, or elements of a list; nil where nothing is declared.
  public var maximum: Int?
  /// Of the members of an object, by name.
  public var members: [String: SizeBounds]
  private var elements: [SizeBounds]

  /// - Parameter element: of each element of a list.
  public init(maximum: Int? = nil, element: SizeBounds? = nil, members: [String: SizeBounds] = [:]) {
    self.maximum = maximum
    self.members = members
    elements = element.map { [$0] } ?? []
  }

  /// Of each element of a list.
  public var element: SizeBounds { elements.first ?? SizeBounds() }
}

/// What expressions are checked against: variables, functions, limits.
public struct Environment: Sendable {
  /// The offset from UTC in seconds that an IANA zone has at an instant, in seconds since 1970; nil for an unknown zone.
  public typealias ZoneOffset = @Sendable (_ zone: String, _ seconds: Int64) -> Int?

  /// The namespace in which names are looked up first, such as `com.example`; empty for none.
  public var container = ""
  public private(set) var variables: [Variable]
  /// `has(x)` asks for the presence of the variable `x`; the language itself knows `has(x.y)` only.
  public var allowsPresenceOfVariables = true
  public var limits = Limits()
  public var zoneOffset: ZoneOffset = { _, _ in nil }

  private(set) var functions = FunctionTable.standard
  private var indexes: [String: Int]

  /// The last of two variables with one name wins.
  public init(_ variables: [Variable] = []) {
    self.variables = variables
    indexes = Dictionary(
      variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// The index in `variables`.
  func index(of name: String) -> Int? { indexes[name] }

  /// Declares further overloads of a function for the checker; calling one is an error during evaluation.
  public mutating func declare(_ function: String, _ overloads: [FunctionSignature]) {
    functions.declare(function, overloads)
  }
}

/// Bounds that keep any expression from taking much time or memory.
public struct Limits: Hashable, Sendable {
  /// In bytes.
  public var expressionLength = 65_536
  public var nodes = 16_384
  /// Of brackets, calls and operators in one another.
  public var depth = 250
  /// The longest text of a variable in bytes and the longest list, for the static bound where a variable declares none.
  public var textLength = 65_536
  public var listSize = 1_000
  /// A larger static bound is an error when the expression is compiled.
  public var staticCost = Int.max
  /// Steps that one evaluation may take: one for each node, element, and 16 bytes of text.
  public var steps = 1_000_000

  public init() {}
}
