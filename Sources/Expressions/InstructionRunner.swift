/// What the fast path found.
@usableFromInline
enum FastOutcome {
  case yes, no
  case value(SlotValue)
  /// An error, or something that the fast path does not know: the general evaluator starts anew.
  case unknown

  @inlinable
  init(target: Int32) {
    self = target == Instruction.Target.yes ? .yes : target == Instruction.Target.no ? .no : .unknown
  }

  @inlinable var target: Int32 {
    switch self {
    case .yes: Instruction.Target.yes
    case .no: Instruction.Target.no
    case .value, .unknown: Instruction.Target.unknown
    }
  }
}

// `@inlinable` throughout: specialised for the caller's `SlotSource` in the caller's module, a test takes a few
// nanoseconds and no memory; through witness tables it takes ten times that.
extension Program {
  /// For conditions: `Instruction.Target.yes`, `no` or `unknown`.
  @inlinable
  func decide(_ source: some SlotSource) -> Int32 {
    code.instructions.withUnsafeBufferPointer { instructions in
      var next = code.entry
      while next >= 0 {
        let instruction = instructions[Int(next)]
        switch instruction.operation {
        case .present: next = instruction.target(source.value(ofSlot: Int(instruction.first)).kind != .absent)
        case .bool: next = instruction.testBool(source.value(ofSlot: Int(instruction.first)))
        case .choice: next = instruction.testChoice(source.value(ofSlot: Int(instruction.first)))
        case .choiceInMask: next = instruction.testChoiceInMask(source.value(ofSlot: Int(instruction.first)))
        case .int: next = instruction.testInt(source.value(ofSlot: Int(instruction.first)))
        case .duration: next = instruction.testDuration(source.value(ofSlot: Int(instruction.first)))
        case .double: next = instruction.testDouble(source.value(ofSlot: Int(instruction.first)))
        case .timestamp: next = instruction.testTimestamp(source.value(ofSlot: Int(instruction.first)))
        case .twoInts: next = instruction.testTwoInts(source)
        case .twoDoubles: next = instruction.testTwoDoubles(source)
        case .twoTimestamps: next = instruction.testTwoTimestamps(source)
        case .age: next = instruction.testAge(source)
        case .textSize: next = testTextSize(instruction, source)
        case .textEquals, .textIn, .textStarts, .textEnds, .textContains, .textMatches:
          next = testText(instruction, source)
        case .textMatchesInSet: next = testPattern(instruction, source)
        case .general: next = general(instruction, source)
        default: return runWithRegisters(instructions, from: next, source).target
        }
      }
      return next
    }
  }

  @inlinable
  func run(_ source: some SlotSource) -> FastOutcome {
    code.instructions.withUnsafeBufferPointer { instructions in
      code.entry >= 0
        ? runWithRegisters(instructions, from: code.entry, source) : FastOutcome(target: code.entry)
    }
  }

  /// Apart from `decide`, because clearing the registers takes longer than a test.
  @inlinable @inline(never)
  func runWithRegisters(
    _ instructions: UnsafeBufferPointer<Instruction>, from start: Int32, _ source: some SlotSource
  ) -> FastOutcome {
    var registers = InlineArray<8, SlotValue>(repeating: .absent)
    var next = start
    while next >= 0 {
      let instruction = instructions[Int(next)]
      switch instruction.operation {
      case .result: return .value(registers[Int(instruction.first)])
      case .load, .constant, .sizeOfText, .numberOfText: next = load(instruction, source, &registers)
      case .partOfTime: next = partOfTime(instruction, &registers)
      case .addInts, .subtractInts, .multiplyInts, .divideInts, .remainderOfInts, .negateInt, .addDoubles,
        .subtractDoubles, .multiplyDoubles, .divideDoubles, .negateDouble, .convertIntToDouble,
        .addToTimestamp,
        .subtractFromTimestamp, .subtractTimestamps:
        next = compute(instruction, &registers)
      case .compareInts, .compareDoubles, .compareTimestamps: next = compare(instruction, registers)
      case .general: next = general(instruction, source)
      case .textEquals, .textIn, .textStarts, .textEnds, .textContains, .textMatches, .textSize:
        next = testText(instruction, source)
      case .textMatchesInSet: next = testPattern(instruction, source)
      case .twoInts: next = instruction.testTwoInts(source)
      case .twoDoubles: next = instruction.testTwoDoubles(source)
      case .twoTimestamps: next = instruction.testTwoTimestamps(source)
      case .age: next = instruction.testAge(source)
      default: next = instruction.test(source.value(ofSlot: Int(instruction.first)))
      }
    }
    return FastOutcome(target: next)
  }

  // MARK: Texts

  /// Never inlined: it would make the loop of `decide` save more registers than the other tests need.
  @inlinable @inline(never)
  func testText(_ instruction: Instruction, _ source: some SlotSource) -> Int32 {
    let value = source.value(ofSlot: Int(instruction.first))
    guard value.kind == .text else { return Instruction.Target.unknown }
    return source.withBytes { bytes in
      guard let range = value.textRange(in: bytes.count) else { return Instruction.Target.unknown }
      let holds = code.holds(instruction, UnsafeRawBufferPointer(rebasing: bytes[range]))
      return holds ? instruction.whenTrue : instruction.whenFalse
    }
  }

  @inlinable @inline(never)
  func testPattern(_ instruction: Instruction, _ source: some SlotSource) -> Int32 {
    let value = source.value(ofSlot: Int(instruction.first))
    guard value.kind == .text else { return Instruction.Target.unknown }
    return source.withBytes { bytes in
      guard let range = value.textRange(in: bytes.count) else { return Instruction.Target.unknown }
      let text = UnsafeRawBufferPointer(rebasing: bytes[range])
      let found = source.patterns?.matches(code.members[Int(instruction.second)], value.bits, text)
      return instruction.target(found ?? code.patterns[Int(instruction.literal)].matches(text))
    }
  }

  /// Most texts are told by their bytes: n bytes hold at least n / 4 and at most n code points.
  @inlinable @inline(__always)
  func testTextSize(_ instruction: Instruction, _ source: some SlotSource) -> Int32 {
    let value = source.value(ofSlot: Int(instruction.first))
    guard value.kind == .text, source.withBytes({ value.textRange(in: $0.count) != nil }) else {
      return Instruction.Target.unknown
    }
    let count = value.bits & 0xFFFF_FFFF
    let (least, most) = (order((count + 3) >> 2, instruction.literal), order(count, instruction.literal))
    if least == most, least != 2 || count == 0 {
      return instruction.target(instruction.relation.orders & least != 0)
    }
    return testText(instruction, source)
  }

  /// 1 for less, 2 for equal, 4 for greater.
  @inlinable @inline(__always)
  func order(_ left: Int64, _ right: Int64) -> UInt8 {
    (left < right ? 1 : 0) | (left == right ? 2 : 0) | (left > right ? 4 : 0)
  }

  // MARK: Registers

  @inlinable @inline(__always)
  func load(
    _ instruction: Instruction, _ source: some SlotSource, _ registers: inout InlineArray<8, SlotValue>
  ) -> Int32 {
    switch instruction.operation {
    case .constant:
      registers[Int(instruction.first)] = SlotValue(
        kind: instruction.kind, bits: instruction.literal, nanoseconds: instruction.second)
    case .load:
      let value = source.value(ofSlot: Int(instruction.first))
      guard value.kind == instruction.kind else { return Instruction.Target.unknown }
      registers[Int(instruction.second)] = value
    default:
      let value = source.value(ofSlot: Int(instruction.first))
      guard value.kind == .text else { return Instruction.Target.unknown }
      let number = source.withBytes { bytes in
        value.textRange(in: bytes.count).flatMap {
          code.number(instruction, UnsafeRawBufferPointer(rebasing: bytes[$0]))
        }
      }
      guard let number else { return Instruction.Target.unknown }
      registers[Int(instruction.second)] = .int(number)
    }
    return instruction.whenTrue
  }

  @usableFromInline
  func compute(_ instruction: Instruction, _ registers: inout InlineArray<8, SlotValue>) -> Int32 {
    let left = registers[Int(instruction.first)]
    let right = registers[min(Int(instruction.second), InstructionCode.registerCount - 1)]
    guard let result = instruction.result(left, right) else { return Instruction.Target.unknown }
    registers[Int(instruction.first)] = result
    return instruction.whenTrue
  }

  @usableFromInline
  func partOfTime(_ instruction: Instruction, _ registers: inout InlineArray<8, SlotValue>) -> Int32 {
    let time = registers[Int(instruction.first)].timestamp
    let zone = code.zones[Int(instruction.literal)]
    guard let part = TimePart(rawValue: Int(instruction.second)),
      let offset = try? zoneOffset(zone, time.seconds, environment.zoneOffset)
    else { return Instruction.Target.unknown }
    registers[Int(instruction.first)] = .int(part.value(of: time, offset: offset))
    return instruction.whenTrue
  }

  @usableFromInline
  func compare(_ instruction: Instruction, _ registers: InlineArray<8, SlotValue>) -> Int32 {
    let left = registers[Int(instruction.first)]
    let right = registers[Int(instruction.second)]
    let holds =
      switch instruction.operation {
      case .compareInts: instruction.relation.holds(left.bits, right.bits)
      case .compareDoubles: instruction.relation.holds(left.double, right.double)
      default: instruction.relation.holds(left.bits, left.nanoseconds, right.bits, right.nanoseconds)
      }
    return holds ? instruction.whenTrue : instruction.whenFalse
  }
}

extension InstructionCode {
  /// The number of a text's code points, or the one that some of them spell; nil where that takes the general evaluator.
  @usableFromInline
  func number(_ instruction: Instruction, _ text: UnsafeRawBufferPointer) -> Int64? {
    if instruction.operation == .sizeOfText { return Int64(codePoints(in: text)) }
    let end = Int(instruction.literal & 0xFFFF_FFFF)
    let isWhole = end == Int(UInt32.max)
    if !isWhole, end > text.count { return nil }
    return Self.digits(text, Int(instruction.literal >> 32)..<(isWhole ? text.count : end))
  }

  /// Only digits, of which 18 never overflow; what stands before the stretch must be ASCII for its place to be that of bytes.
  private static func digits(_ text: UnsafeRawBufferPointer, _ stretch: Range<Int>) -> Int64? {
    guard 1...18 ~= stretch.count, text[..<stretch.lowerBound].allSatisfy({ $0 < 0x80 }) else { return nil }
    var number: Int64 = 0
    for index in stretch {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      number = number * 10 + Int64(digit)
    }
    return number
  }

  /// Whether a test of a text holds. Never allocates.
  @usableFromInline
  func holds(_ instruction: Instruction, _ text: UnsafeRawBufferPointer) -> Bool {
    switch instruction.operation {
    case .textSize: return instruction.relation.holds(Int64(codePoints(in: text)), instruction.literal)
    case .textMatches: return patterns[Int(instruction.literal)].matches(text)
    case .textIn:
      let first = Int(instruction.literal)
      return bytes.withUnsafeBytes { bytes in
        texts[first..<(first + Int(instruction.second))].contains {
          Self.equal(text, Self.stretch($0, bytes))
        }
      }
    default:
      return bytes.withUnsafeBytes {
        holds(instruction.operation, text, Self.stretch(instruction.literal, $0))
      }
    }
  }

  private func holds(
    _ operation: Instruction.Operation, _ text: UnsafeRawBufferPointer, _ part: UnsafeRawBufferPointer
  ) -> Bool {
    if operation == .textEquals { return Self.equal(text, part) }
    guard text.count >= part.count else { return false }
    switch operation {
    case .textStarts: return Self.equal(UnsafeRawBufferPointer(rebasing: text.prefix(part.count)), part)
    case .textEnds: return Self.equal(UnsafeRawBufferPointer(rebasing: text.suffix(part.count)), part)
    default: return Self.contains(text, part)
    }
  }

  private static func stretch(_ packed: Int64, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let start = Int(packed >> 32)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<(start + Int(packed & 0xFFFF_FFFF))])
  }

  private static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }

  private static func contains(_ text: UnsafeRawBufferPointer, _ part: UnsafeRawBufferPointer) -> Bool {
    guard let first = part.first else { return true }
    for start in 0...(text.count - part.count) where text[start] == first {
      if equal(UnsafeRawBufferPointer(rebasing: text[start..<(start + part.count)]), part) { return true }
    }
    return false
  }
}
