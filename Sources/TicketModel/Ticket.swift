public import WorkingTime

/// One ticket, decoded into slots; reused from record to record so that nothing is allocated for each.
public struct Ticket: Sendable {
  /// The record's bytes, some zeros for wide reads, then texts that had escapes. Slots point into it.
  public internal(set) var bytes: [UInt8] = []
  /// The values of `Schema.fields` in order, as the top level of the record gives them.
  public internal(set) var slots: [Slot] = []
  /// The ticket's history in the order of time; events of one instant in the order of the record.
  public internal(set) var events: [Event] = []
  /// What the events set, in the order of the record; each event owns a range of it.
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
      /// A value of another type, or a text that does not spell one of the field's.
      case wrongType
      /// No spelling of any of the field's choices.
      case unknownChoice
      /// Outside the field's bounds, or more than 64 bits hold.
      case outOfRange
      /// A text that is not RFC 3339; without a field, an event's `at`.
      case notAnInstant
      /// An event of the history is earlier than the one before it; `written` is its `at`.
      case outOfOrder
      /// A declared field, or a part of the history, that is there twice; the first one is kept, `written` is the other with
      /// its escapes.
      case duplicateKey
      /// The history is not a list of `{at, by, set}`; `written` is the part that is not.
      case malformedHistory
    }
    public var kind: Kind
    /// The field, or nil for the history itself.
    public var slot: Int?
    /// The value as it was written, a stretch of `bytes`: a text without its quotes and escapes, else JSON.
    public var written: Range<Int>
  }

  public init() {}

  /// The text of a slot of kind `text` or `raw`.
  public func text(_ slot: Slot) -> String { text(slot.textRange) }

  public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
