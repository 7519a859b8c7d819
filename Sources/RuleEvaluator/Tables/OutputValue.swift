public import TicketModel
public import WorkingTime

/// A value that a row gives; ordered by the declared order of choices, else by size or by letters.
public enum OutputValue: Hashable, Sendable {
  case absent
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case instant(Instant)
  case date(CivilDate)
  /// The index in the output's choices, and the choice's key.
  case choice(Int, key: String)
  /// The text's number in the output's symbol table, and the text.
  case text(String, symbol: UInt32)
  case duration(TargetDuration)

  /// The duration that it is; nil for anything else.
  var duration: TargetDuration? {
    guard case .duration(let duration) = self else { return nil }
    return duration
  }

  /// The value as later tables read it.
  public var slot: Slot {
    switch self {
    case .absent: .absent
    case .boolean(let value): Slot(kind: .boolean, integer: value ? 1 : 0)
    case .integer(let value): Slot(kind: .integer, integer: value)
    case .number(let value): .number(value)
    case .instant(let value): Slot(kind: .instant, integer: value.milliseconds)
    case .date(let value): Slot(kind: .date, integer: Int64(value.days))
    case .choice(let index, _): Slot(kind: .choice, integer: Int64(index))
    case .text(_, let symbol): Slot(kind: .text, symbol: symbol)
    case .duration(.elapsed(let milliseconds)): Slot(kind: .duration, integer: milliseconds)
    case .duration: .absent
    }
  }
}

extension OutputValue: Comparable {
  public static func < (left: OutputValue, right: OutputValue) -> Bool {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.instant(let left), .instant(let right)): left < right
    case (.date(let left), .date(let right)): left < right
    case (.choice(let left, _), .choice(let right, _)): left < right
    case (.text(let left, _), .text(let right, _)): left < right
    case (.absent, .absent): false
    case (_, .absent): true
    default: false
    }
  }
}
