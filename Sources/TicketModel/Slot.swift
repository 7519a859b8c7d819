/// One decoded value of a ticket: 16 trivial bytes.
///
/// Texts are not copied out of the ticket: a slot holds where they stand in `Ticket.bytes`. Texts that a rule
/// mentions carry a symbol, so that rules compare numbers.
public struct Slot: Sendable, BitwiseCopyable {
  public enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// Not there, null, an empty text or an empty list.
    case absent
    /// There, but not of the field's type; a problem says so.
    case invalid
    /// `integer` is 0 or 1.
    case boolean
    case integer
    /// `integer` holds the bits of a double.
    case number
    /// `integer` is milliseconds since 1970.
    case instant
    /// `integer` is days since 1970.
    case date
    /// `integer` is milliseconds.
    case duration
    /// `integer` is the index in the field's choices.
    case choice
    /// `textRange` is a stretch of `Ticket.bytes`; `symbol` is the text's number or 0.
    case text
    /// `textRange` is the raw JSON of a list or an object.
    case raw
  }

  public var kind: Kind
  /// The number of a text in its field's `SymbolTable`; 0 where no rule mentions the text.
  public var symbol: UInt32
  public var integer: Int64

  @inlinable public init(kind: Kind, integer: Int64 = 0, symbol: UInt32 = 0) {
    self.kind = kind
    self.integer = integer
    self.symbol = symbol
  }

  public static var absent: Slot { Slot(kind: .absent) }

  @inlinable public static func number(_ value: Double) -> Slot {
    Slot(kind: .number, integer: Int64(bitPattern: value.bitPattern))
  }

  @inlinable public static func text(_ range: Range<Int>, symbol: UInt32 = 0, kind: Kind = .text) -> Slot {
    Slot(kind: kind, integer: Int64(range.lowerBound) << 32 | Int64(range.count), symbol: symbol)
  }

  /// For `number`.
  @inlinable public var double: Double { Double(bitPattern: UInt64(bitPattern: integer)) }

  /// For `text` and `raw`: where the bytes stand in `Ticket.bytes`.
  @inlinable public var textRange: Range<Int> {
    let start = Int(integer >> 32)
    return start..<(start + Int(integer & 0xFFFF_FFFF))
  }
}
