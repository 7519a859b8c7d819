/// One step of the fast path: 32 bytes; a test goes on at one of two instructions, other steps at `whenTrue`.
@usableFromInline
struct Instruction: Sendable {
  @usableFromInline
  enum Operation: UInt8, Sendable {
    // Tests of a slot.
    case present, bool
    case choice, choiceInMask
    case int, double, timestamp, duration
    case twoInts, twoDoubles, twoTimestamps
    /// How far the second timestamp lies before the first one.
    case age
    case textEquals, textIn, textStarts, textEnds, textContains, textMatches, textSize
    /// `textMatches` whose pattern is also a member of a set: number `second` of the members.
    case textMatchesInSet
    // Steps with registers.
    case load, constant, sizeOfText
    /// The number that a stretch of a text spells: code points `literal` >> 32 up to `literal` & 0xFFFF_FFFF.
    case numberOfText
    /// Part `second` of the timestamp in the register, as clocks of zone `literal` show it.
    case partOfTime
    case addInts, subtractInts, multiplyInts, divideInts, remainderOfInts, negateInt
    case addDoubles, subtractDoubles, multiplyDoubles, divideDoubles, negateDouble, convertIntToDouble
    case addToTimestamp, subtractFromTimestamp, subtractTimestamps
    case compareInts, compareDoubles, compareTimestamps
    /// The value of the whole is in the register.
    case result
    /// A test that the general evaluator makes; `literal` is the node.
    case general
  }

  /// The orders in which a comparison holds, one bit for each; a struct, because an enum's raw value takes a jump.
  @usableFromInline
  struct Relation: Hashable, Sendable {
    @usableFromInline let orders: UInt8

    static let less = Relation(orders: 1)
    static let equal = Relation(orders: 2)
    static let lessOrEqual = Relation(orders: 3)
    static let greater = Relation(orders: 4)
    static let greaterOrEqual = Relation(orders: 6)
    /// Also where one of them is NaN, which bit 3 stands for.
    static let notEqual = Relation(orders: 13)
  }

  @usableFromInline var operation: Operation
  @usableFromInline var relation: Relation
  /// For `load`.
  @usableFromInline var kind: SlotValue.Kind
  /// A slot, or the register that the step reads and writes.
  @usableFromInline var first: Int32
  /// A second slot or register, a count, or nanoseconds.
  @usableFromInline var second: Int32
  @usableFromInline var whenTrue: Int32
  @usableFromInline var whenFalse: Int32
  /// A number, its bits, a mask, a stretch of the constants, or an index.
  @usableFromInline var literal: Int64

  init(
    _ operation: Operation, _ relation: Relation = .equal, kind: SlotValue.Kind = .int, first: Int = 0,
    second: Int = 0, literal: Int64 = 0, whenTrue: Int32, whenFalse: Int32 = Target.unknown
  ) {
    self.operation = operation
    self.relation = relation
    self.kind = kind
    self.first = Int32(truncatingIfNeeded: first)
    self.second = Int32(truncatingIfNeeded: second)
    self.whenTrue = whenTrue
    self.whenFalse = whenFalse
    self.literal = literal
  }

  /// Where the program ends instead of at a further instruction.
  @usableFromInline
  enum Target {
    @usableFromInline static let yes: Int32 = -1
    @usableFromInline static let no: Int32 = -2
    /// An error, or a value of an unexpected kind: the general evaluator decides.
    @usableFromInline static let unknown: Int32 = -3
  }
}

extension Instruction.Relation {
  init?(_ sign: BinaryOperator) {
    switch sign {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }

  /// What holds for `b, a` where this holds for `a, b`.
  var mirrored: Self {
    Self(orders: orders & 0b1010 | (orders & 1) << 2 | (orders & 4) >> 2)
  }

  /// Without a jump for each kind of comparison.
  @inlinable @inline(__always)
  func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
    let order: UInt8 = (left < right ? 1 : 0) | (left == right ? 2 : 0) | (left > right ? 4 : 0)
    return orders & (order == 0 ? 8 : order) != 0
  }

  /// For timestamps: milliseconds first.
  @inlinable @inline(__always)
  func holds(_ left: Int64, _ leftPart: Int32, _ right: Int64, _ rightPart: Int32) -> Bool {
    left == right ? holds(leftPart, rightPart) : holds(left, right)
  }
}

/// The fast path of a program.
@usableFromInline
struct InstructionCode: Sendable {
  static let registerCount = 8

  @usableFromInline var instructions: [Instruction] = []
  @usableFromInline var entry: Int32 = Instruction.Target.unknown
  /// The texts of literals, one after the other.
  @usableFromInline var bytes: [UInt8] = []
  /// Stretches of `bytes`: start and count in 32 bits each.
  @usableFromInline var texts: [Int64] = []
  @usableFromInline var patterns: [RegularExpression] = []
  @usableFromInline var members: [PatternSets.Member] = []
  var zones: [Text] = []
}
