/// Where an evaluation finds the values of variables.
///
/// Called once for each variable that an evaluation reads, perhaps more often. Implement it in a struct, so that
/// evaluation specialises and touches no memory of its own.
public protocol SlotSource {
  /// Calls `body` with what texts are stretches of, in UTF-8.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result
  func value(ofSlot slot: Int) -> SlotValue
  /// The value of a slot of kind `composite`: a list, a map, or anything else that fits no `SlotValue`.
  func composite(ofSlot slot: Int) -> Value
  /// What sets of patterns found about the texts; nil where each pattern is asked alone.
  var patterns: PatternMemo? { get }
}

extension SlotSource {
  @inlinable public var patterns: PatternMemo? { nil }
}

/// The value of one slot: 16 trivial bytes.
public struct SlotValue: Hashable, Sendable {
  public enum Kind: UInt8, Sendable {
    case absent
    /// There, but not of the variable's type: reading it is an error.
    case invalid
    case bool, int, double, timestamp, uint, duration
    /// The index of one of the variable's choices.
    case choice
    /// A stretch of what `SlotSource.withBytes` gives.
    case text
    /// To be had from `SlotSource.composite(ofSlot:)`.
    case composite
  }

  public let kind: Kind
  /// Of a timestamp what is beyond its milliseconds, below 1,000,000.
  @usableFromInline let nanoseconds: Int32
  /// A number or its bits; a timestamp's milliseconds since 1970.
  @usableFromInline let bits: Int64

  /// For sources whose values have the same form already: a boolean as 0 or 1, a double's bits, a timestamp in
  /// milliseconds since 1970, a duration in nanoseconds, a choice's index, a text's start << 32 | count. A jump for each
  /// kind, as the functions below take, costs as much as a test.
  @inlinable public init(kind: Kind, bits: Int64) { self.init(kind: kind, bits: bits, nanoseconds: 0) }

  @inlinable init(kind: Kind, bits: Int64 = 0, nanoseconds: Int32) {
    self.kind = kind
    self.bits = bits
    self.nanoseconds = nanoseconds
  }

  @inlinable public static var absent: SlotValue { SlotValue(kind: .absent, bits: 0) }
  @inlinable public static var invalid: SlotValue { SlotValue(kind: .invalid, bits: 0) }
  @inlinable public static var composite: SlotValue { SlotValue(kind: .composite, bits: 0) }
  @inlinable public static func bool(_ value: Bool) -> SlotValue {
    SlotValue(kind: .bool, bits: value ? 1 : 0)
  }
  @inlinable public static func int(_ value: Int64) -> SlotValue { SlotValue(kind: .int, bits: value) }
  @inlinable public static func uint(_ value: UInt64) -> SlotValue {
    SlotValue(kind: .uint, bits: Int64(bitPattern: value))
  }
  @inlinable public static func double(_ value: Double) -> SlotValue {
    SlotValue(kind: .double, bits: Int64(bitPattern: value.bitPattern))
  }
  /// `invalid` outside the years 1 to 9999.
  @inlinable public static func timestamp(_ value: Timestamp) -> SlotValue {
    guard -62_135_596_800...253_402_300_799 ~= value.seconds else { return .invalid }
    let milliseconds = value.nanoseconds / 1_000_000
    return SlotValue(
      kind: .timestamp, bits: value.seconds * 1000 + Int64(milliseconds),
      nanoseconds: value.nanoseconds - milliseconds * 1_000_000)
  }
  /// `invalid` outside the years 1 to 9999.
  @inlinable public static func timestamp(milliseconds: Int64) -> SlotValue {
    timestampRange ~= milliseconds ? SlotValue(kind: .timestamp, bits: milliseconds) : .invalid
  }
  @inlinable public static func duration(nanoseconds: Int64) -> SlotValue {
    SlotValue(kind: .duration, bits: nanoseconds)
  }
  /// `invalid` beyond 292 years.
  @inlinable public static func duration(milliseconds: Int64) -> SlotValue {
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? .invalid : SlotValue(kind: .duration, bits: nanoseconds)
  }
  @inlinable public static func choice(_ index: Int) -> SlotValue {
    SlotValue(kind: .choice, bits: Int64(index))
  }
  /// Both ends must be below 2 GiB; other ranges are `invalid`.
  @inlinable public static func text(_ range: Range<Int>) -> SlotValue {
    guard range.lowerBound >= 0, range.upperBound < 1 << 31 else { return .invalid }
    return SlotValue(kind: .text, bits: Int64(range.lowerBound) << 32 | Int64(range.count))
  }

  /// What it holds beside its kind, in the form that `init(kind:bits:)` takes.
  @inlinable public var integer: Int64 { bits }
  /// Of a double.
  @inlinable public var number: Double { double }
  /// Of a text: a stretch of `SlotSource.bytes`.
  @inlinable public var range: Range<Int> { textStart..<(textStart + textCount) }

  @inlinable var double: Double { Double(bitPattern: UInt64(bitPattern: bits)) }
  @inlinable static var timestampRange: ClosedRange<Int64> { -62_135_596_800_000...253_402_300_799_999 }
  var timestamp: Timestamp {
    let start = Timestamp(milliseconds: bits)
    return Timestamp(seconds: start.seconds, nanoseconds: start.nanoseconds + nanoseconds)
  }
  @inlinable var textStart: Int { Int(bits >> 32) }
  @inlinable var textCount: Int { Int(bits & 0xFFFF_FFFF) }
  /// Nil where it is no stretch of so many bytes.
  @inlinable func textRange(in count: Int) -> Range<Int>? {
    textStart >= 0 && textStart + textCount <= count ? textStart..<(textStart + textCount) : nil
  }
}

/// Values by slot, for few evaluations and for tests.
public struct ValueSlots: SlotSource, Sendable {
  /// Nil for an absent value.
  public var values: [Value?]

  public init(_ values: [Value?]) { self.values = values }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: nil, count: 0))
  }

  public func value(ofSlot slot: Int) -> SlotValue {
    values.indices.contains(slot) && values[slot] != nil ? .composite : .absent
  }

  public func composite(ofSlot slot: Int) -> Value {
    values.indices.contains(slot) ? values[slot] ?? .null : .null
  }
}
