extension TargetDuration {
  /// Reads `30 minutes`, `2 days`, `1 hour 30 minutes`, `2 working hours`, `3 working days`, `end of next
  /// working day`.
  ///
  /// Units are weeks (of 7 days), days (of 24 hours), hours, minutes, seconds and milliseconds, the longer
  /// first, and days to milliseconds with `working` before each; working days stand alone. Short forms such
  /// as `4h` are refused: they do not say which time is meant.
  public init(parsing text: String) throws(DurationSyntaxError) {
    var parser = TargetDurationParser(text)
    self = try parser.whole()
  }
}

struct TargetDurationParser {
  private struct Word {
    var text: Substring
    var offset: Int
  }

  /// One number with its unit.
  private struct Part {
    var count: Int64
    var isWorking: Bool
    var unit: DurationUnit
    var offset: Int
  }

  private let words: [Word]
  private var next = 0
  private let length: Int

  init(_ text: String) {
    words = text.split(separator: " ").map {
      Word(text: $0, offset: text.utf8.distance(from: text.startIndex, to: $0.startIndex))
    }
    length = text.utf8.count
  }

  mutating func whole() throws(DurationSyntaxError) -> TargetDuration {
    guard let first = words.first else { throw Wording.noDuration() }
    if first.text == "end" {
      guard words.map(\.text) == ["end", "of", "next", "working", "day"] else { throw Wording.endOf() }
      return .endOfNextWorkingDay
    }
    var parts: [Part] = []
    while next < words.count {
      let part = try part()
      if let last = parts.last { try check(part, after: last) }
      parts.append(part)
    }
    return try sum(parts)
  }

  private mutating func part() throws(DurationSyntaxError) -> Part {
    let number = words[next]
    let count = try count(number)
    next += 1
    guard var unit = word() else { throw Wording.noUnit(number.text, at: length) }
    let isWorking = unit.text == "working"
    if isWorking {
      guard let following = word() else { throw Wording.noUnit("\(number.text) working", at: length) }
      unit = following
    }
    return Part(
      count: count, isWorking: isWorking, unit: try self.unit(unit, isWorking), offset: number.offset)
  }

  private mutating func word() -> Word? {
    guard next < words.count else { return nil }
    defer { next += 1 }
    return words[next]
  }

  private func count(_ word: Word) throws(DurationSyntaxError) -> Int64 {
    let digits = word.text.utf8.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    let tail = word.text[digits.endIndex...]
    if digits.isEmpty { throw Wording.noNumber(word.text, at: word.offset) }
    if let first = tail.first {
      let isFraction = (first == "." || first == ",") && tail.dropFirst().first?.isNumber == true
      throw isFraction
        ? Wording.fraction(word.text, at: word.offset)
        : Wording.shortForm(word.text, at: word.offset)
    }
    guard let count = Int64(word.text) else { throw Wording.tooLong(at: word.offset) }
    return count
  }

  private func unit(_ word: Word, _ isWorking: Bool) throws(DurationSyntaxError) -> DurationUnit {
    let named = DurationUnit.allCases.first { word.text == $0.singular || word.text == $0.plural }
    guard let unit = named else { throw Wording.unit(word.text, at: word.offset) }
    if isWorking, unit == .weeks { throw Wording.workingWeeks(at: word.offset) }
    return unit
  }

  private func check(_ part: Part, after last: Part) throws(DurationSyntaxError) {
    if part.isWorking != last.isWorking { throw Wording.mixedTime(at: part.offset) }
    if part.isWorking, part.unit == .days || last.unit == .days {
      throw Wording.workingDaysAlone(at: part.offset)
    }
    if part.unit.milliseconds >= last.unit.milliseconds {
      throw Wording.unitOrder(part.unit.plural, last.unit.plural, at: part.offset)
    }
  }

  private func sum(_ parts: [Part]) throws(DurationSyntaxError) -> TargetDuration {
    var total: Int64 = 0
    for part in parts {
      let (product, tooMany) = part.count.multipliedReportingOverflow(by: part.unit.milliseconds)
      let (sum, tooLong) = total.addingReportingOverflow(product)
      guard !tooMany, !tooLong, sum <= TargetDuration.largestMilliseconds else {
        throw Wording.tooLong(at: part.offset)
      }
      total = sum
    }
    guard let first = parts.first, first.isWorking else { return .elapsed(milliseconds: total) }
    return first.unit == .days ? .workingDays(Int(first.count)) : .working(milliseconds: total)
  }
}
