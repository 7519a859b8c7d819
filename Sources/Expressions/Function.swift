/// The types of one overload of a function.
public struct FunctionSignature: Hashable, Sendable {
  /// With the receiver first, where there is one. `Type.parameter` numbers start at 0.
  public var parameters: [Type]
  public var result: Type
  /// Called as `x.f(y)`, not as `f(x, y)`.
  public var isMember: Bool

  public init(_ parameters: [Type], _ result: Type, isMember: Bool = false) {
    self.parameters = parameters
    self.result = result
    self.isMember = isMember
  }

  /// How many type parameters it uses.
  var parameterCount: Int { (parameters + [result]).map(Self.parameterCount).max() ?? 0 }

  private static func parameterCount(_ type: Type) -> Int {
    switch type {
    case .parameter(let number): number + 1
    case .list(let element), .optional(let element): parameterCount(element)
    case .map(let key, let value): max(parameterCount(key), parameterCount(value))
    case .abstract(_, let parameters): parameters.map(parameterCount).max() ?? 0
    default: 0
    }
  }

  static func member(_ parameters: [Type], _ result: Type) -> FunctionSignature {
    FunctionSignature(parameters, result, isMember: true)
  }
}

/// A function by name: its overloads for the checker, and one body that tells values apart by itself.
struct Function: Sendable {
  typealias Body =
    @Sendable (_ arguments: [Value], _ call: inout CallContext) throws(EvaluationError) -> Value

  var name: String
  var signatures: [FunctionSignature]
  var body: Body
  /// For the static cost: how large the result of a call may be.
  var result: ResultSize

  enum ResultSize: Sendable {
    /// A number, a boolean, a short text.
    case constant
    /// At most that of all arguments together.
    case sum
    /// At most the product of the sizes of the arguments.
    case product
  }

  init(
    _ name: String, _ signatures: [FunctionSignature], result: ResultSize = .constant, body: @escaping Body
  ) {
    self.name = name
    self.signatures = signatures
    self.body = body
    self.result = result
  }

  func accepts(_ count: Int, isMember: Bool) -> Bool {
    signatures.contains { $0.isMember == isMember && $0.parameters.count == count }
  }
}

/// What a function's body may use beside its arguments.
struct CallContext {
  var budget: Budget
  let zoneOffset: Environment.ZoneOffset
}

/// The steps that an evaluation may still take.
struct Budget: Sendable {
  private(set) var remaining: Int
  let total: Int

  init(_ steps: Int) {
    remaining = steps
    total = steps
  }

  mutating func spend(_ steps: Int) throws(EvaluationError) {
    remaining -= steps
    if remaining < 0 {
      remaining = 0
      throw .budgetExhausted(total)
    }
  }

  /// Steps for copying or scanning so many bytes.
  mutating func spend(bytes: Int) throws(EvaluationError) { try spend(bytes / 16) }
}

/// All functions that expressions may call, by name.
struct FunctionTable: Sendable {
  private(set) var functions: [Function]
  private var indexes: [String: Int]

  init(_ functions: [Function]) {
    self.functions = functions
    indexes = Dictionary(
      functions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func index(of name: String) -> Int? { indexes[name] }

  var names: [String] { functions.map(\.name) }

  mutating func declare(_ name: String, _ signatures: [FunctionSignature]) {
    if let index = indexes[name] {
      functions[index].signatures += signatures
    } else {
      indexes[name] = functions.count
      functions.append(
        Function(name, signatures) { _, _ throws(EvaluationError) in throw .notImplemented(name) })
    }
  }

  static let standard = FunctionTable(
    coreFunctions + conversionFunctions + textFunctions + mathFunctions + timeFunctions + optionalFunctions
      + encodingFunctions)
}
