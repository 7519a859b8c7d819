public import WorkingTime

/// One ticket, decoded into slots; reused from record to record so that nothing is allocated for each.
public struct Ticket: Sendable {
  /// The record's bytes, some zeros for wide reads, then texts that had escapes. Slots point into it.
  public internal(set) var bytes: [UInt8] = []
  /// The values of `Schema.fields` in order, as the top level of the record gives them.
  public internal(set) var slots: [Slot] = []
  /// The ticket's history in the order of the record.
  public internal(set) var events: [Event] = []
  /// What the events set; each event owns a range of it.
  public internal(set) var changes: [Change] = []
  /// What is wrong with the record although it is well-formed JSON.
  public internal(set) var problems: [Problem] = []

  /// One entry of the history.
  public struct Event: Sendable {
    public var at: Instant
    public var changes: Range<Int>
  }

  /// A field that an event set.
  public struct Change: Sendable {
    public var slot: Int
    public var value: Slot
  }

  /// A value that does not fit its field.
  public struct Problem: Sendable {
    public enum Kind: Sendable {
      /// `expected` is the field's type.
      case wrongType, unknownChoice, outOfRange, notAnInstant
      /// An event of the history is earlier than the one before it; `written` is its `at`.
      case outOfOrder
      /// A declared field that the record has twice; the first one is kept, `written` is the other.
      case duplicateKey
      /// The history is not a list of `{at, by, set}`.
      case malformedHistory
    }
    public var kind: Kind
    /// The field, or nil for the history itself.
    public var slot: Int?
    /// The value as it was written, a stretch of `bytes`.
    public var written: Range<Int>
  }

  public init() {}

  /// The text of a slot of kind `text` or `raw`.
  public func text(_ slot: Slot) -> String { text(slot.textRange) }

  public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
