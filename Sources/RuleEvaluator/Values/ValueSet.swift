public import TicketModel

/// A set of values of one input: the exact meaning of a cell.
///
/// Two values stand apart from the input's domain: *absent* and *invalid* (there, but not of the field's type). A cell
/// that speaks about the value, `not x` included, needs one: only `any` and `absent` hold for absent.
public struct ValueSet: Hashable, Sendable {
  /// The values that are there and of the right type.
  public enum Present: Hashable, Sendable {
    /// Numbers of choices, texts or truth values, ascending.
    case members([Int])
    /// All but these.
    case allBut([Int])
    /// Stretches of an ordered domain, ascending and apart.
    case stretches([Stretch])
  }

  /// A stretch of ordering keys with both of its ends: half-open, none could hold `Int64.max`.
  public struct Stretch: Hashable, Sendable {
    public var lower: Int64
    public var upper: Int64

    public init(_ lower: Int64, _ upper: Int64) {
      self.lower = lower
      self.upper = upper
    }

    public static let everything = Stretch(.min, .max)
  }

  public var includesAbsent: Bool
  public var includesInvalid: Bool
  public var present: Present

  public init(_ present: Present, includesAbsent: Bool = false, includesInvalid: Bool = false) {
    self.present = present
    self.includesAbsent = includesAbsent
    self.includesInvalid = includesInvalid
  }

  public static let any = ValueSet(.allBut([]), includesAbsent: true, includesInvalid: true)
  public static let present = ValueSet(.allBut([]), includesInvalid: true)
  public static let absent = ValueSet(.members([]), includesAbsent: true)

  /// All values that are there and not in this set.
  public var complement: ValueSet { ValueSet(present.complement) }

  public func union(_ other: ValueSet) -> ValueSet {
    ValueSet(
      present.union(other.present), includesAbsent: includesAbsent || other.includesAbsent,
      includesInvalid: includesInvalid || other.includesInvalid)
  }

  public func intersection(_ other: ValueSet) -> ValueSet {
    ValueSet(
      present.complement.union(other.present.complement).complement,
      includesAbsent: includesAbsent && other.includesAbsent,
      includesInvalid: includesInvalid && other.includesInvalid)
  }
}

extension ValueSet {
  /// Whether the value of a slot is in the set.
  public func contains(_ slot: Slot) -> Bool {
    switch slot.kind {
    case .absent: includesAbsent
    case .invalid: includesInvalid
    case .boolean, .choice: present.contains(member: Int(slot.integer))
    case .text: present.contains(member: Int(slot.symbol))
    case .number: present.contains(key: orderingKey(of: slot.double))
    case .integer, .instant, .date, .duration: present.contains(key: slot.integer)
    case .raw: present == .allBut([])
    }
  }

  /// Whether no value at all is in the set, whatever the domain.
  public var isEmpty: Bool {
    if includesAbsent || includesInvalid { return false }
    return present == .members([]) || present == .stretches([])
  }
}

extension ValueSet.Present {
  var complement: Self {
    switch self {
    case .members(let members): .allBut(members)
    case .allBut(let members): .members(members)
    case .stretches(let stretches): .stretches(Self.gaps(between: stretches))
    }
  }

  func union(_ other: Self) -> Self {
    switch (self, other) {
    case (.members(let left), .members(let right)): .members(Set(left).union(right).sorted())
    case (.allBut(let left), .allBut(let right)): .allBut(Set(left).intersection(right).sorted())
    case (.members(let members), .allBut(let missing)), (.allBut(let missing), .members(let members)):
      .allBut(Set(missing).subtracting(members).sorted())
    case (.stretches(let left), .stretches(let right)): .stretches(Self.merged(left + right))
    case (.allBut([]), _), (_, .allBut([])): .allBut([])
    case (.members([]), let set), (let set, .members([])): set
    // Members and stretches never meet: a domain is either ordered or not.
    default: .allBut([])
    }
  }

  func contains(member: Int) -> Bool {
    switch self {
    case .members(let members): members.contains(member)
    case .allBut(let members): !members.contains(member)
    case .stretches: false
    }
  }

  func contains(key: Int64) -> Bool {
    switch self {
    case .stretches(let stretches):
      stretches.contains { $0.lower <= key && key <= $0.upper }
    case .allBut(let members): members.isEmpty
    case .members: false
    }
  }

  private static func gaps(between stretches: [ValueSet.Stretch]) -> [ValueSet.Stretch] {
    var gaps = [ValueSet.Stretch]()
    var lower = Int64.min
    for stretch in stretches {
      if stretch.lower > lower { gaps.append(ValueSet.Stretch(lower, stretch.lower - 1)) }
      if stretch.upper == .max { return gaps }
      lower = stretch.upper + 1
    }
    return gaps + [ValueSet.Stretch(lower, .max)]
  }

  private static func merged(_ stretches: [ValueSet.Stretch]) -> [ValueSet.Stretch] {
    var merged = [ValueSet.Stretch]()
    for stretch in stretches.sorted(by: { $0.lower < $1.lower }) {
      if let last = merged.last, last.upper == .max || stretch.lower <= last.upper + 1 {
        merged[merged.count - 1].upper = max(last.upper, stretch.upper)
      } else {
        merged.append(stretch)
      }
    }
    return merged
  }
}
