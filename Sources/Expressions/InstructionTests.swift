// Each test looks at the kind of its slot: another kind than the variable's is for the general evaluator to report.
extension Instruction {
  @inlinable @inline(__always)
  func target(_ holds: Bool) -> Int32 { holds ? whenTrue : whenFalse }

  @inlinable @inline(__always)
  func testBool(_ value: SlotValue) -> Int32 {
    value.kind == .bool ? target(value.bits != 0) : Target.unknown
  }

  @inlinable @inline(__always)
  func testChoice(_ value: SlotValue) -> Int32 {
    isChoice(value) ? target(value.bits == literal) : Target.unknown
  }

  @inlinable @inline(__always)
  func testChoiceInMask(_ value: SlotValue) -> Int32 {
    guard isChoice(value) else { return Target.unknown }
    return target(UInt64(bitPattern: literal) &>> UInt64(bitPattern: value.bits) & 1 == 1)
  }

  /// The index of one of the variable's choices, of which there are `second`.
  @inlinable @inline(__always)
  func isChoice(_ value: SlotValue) -> Bool {
    value.kind == .choice && UInt64(bitPattern: value.bits) < UInt64(UInt32(bitPattern: second))
  }

  @inlinable @inline(__always)
  func testInt(_ value: SlotValue) -> Int32 {
    value.kind == .int ? target(relation.holds(value.bits, literal)) : Target.unknown
  }

  @inlinable @inline(__always)
  func testDuration(_ value: SlotValue) -> Int32 {
    value.kind == .duration ? target(relation.holds(value.bits, literal)) : Target.unknown
  }

  @inlinable @inline(__always)
  func testDouble(_ value: SlotValue) -> Int32 {
    guard value.kind == .double else { return Target.unknown }
    return target(relation.holds(value.double, Double(bitPattern: UInt64(bitPattern: literal))))
  }

  @inlinable @inline(__always)
  func testTimestamp(_ value: SlotValue) -> Int32 {
    guard value.kind == .timestamp else { return Target.unknown }
    return target(relation.holds(value.bits, value.nanoseconds, literal, second))
  }

  @inlinable @inline(__always)
  func testTwoInts(_ source: some SlotSource) -> Int32 {
    let (left, right) = (source.value(ofSlot: Int(first)), source.value(ofSlot: Int(second)))
    guard left.kind == kind, right.kind == kind else { return Target.unknown }
    return target(relation.holds(left.bits, right.bits))
  }

  @inlinable @inline(__always)
  func testTwoDoubles(_ source: some SlotSource) -> Int32 {
    let (left, right) = (source.value(ofSlot: Int(first)), source.value(ofSlot: Int(second)))
    guard left.kind == .double, right.kind == .double else { return Target.unknown }
    return target(relation.holds(left.double, right.double))
  }

  @inlinable @inline(__always)
  func testTwoTimestamps(_ source: some SlotSource) -> Int32 {
    let (left, right) = (source.value(ofSlot: Int(first)), source.value(ofSlot: Int(second)))
    guard left.kind == .timestamp, right.kind == .timestamp else { return Target.unknown }
    return target(relation.holds(left.bits, left.nanoseconds, right.bits, right.nanoseconds))
  }

  @inlinable @inline(__always)
  func testAge(_ source: some SlotSource) -> Int32 {
    let (end, start) = (source.value(ofSlot: Int(first)), source.value(ofSlot: Int(second)))
    guard end.kind == .timestamp, start.kind == .timestamp else { return Target.unknown }
    let (milliseconds, isFar) = end.bits.subtractingReportingOverflow(start.bits)
    let (scaled, isFarther) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    let (age, isFarthest) = scaled.addingReportingOverflow(Int64(end.nanoseconds) - Int64(start.nanoseconds))
    return isFar || isFarther || isFarthest ? Target.unknown : target(relation.holds(age, literal))
  }

  /// Any test of one slot but those of texts.
  @usableFromInline
  func test(_ value: SlotValue) -> Int32 {
    switch operation {
    case .present: target(value.kind != .absent)
    case .bool: testBool(value)
    case .choice: testChoice(value)
    case .choiceInMask: testChoiceInMask(value)
    case .int: testInt(value)
    case .duration: testDuration(value)
    case .double: testDouble(value)
    case .timestamp: testTimestamp(value)
    default: Target.unknown
    }
  }
}
