/// Reads the POSIX `TZ` text that ends a TZif file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 9636, section
/// 3.3.1).
struct DaylightRuleText {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Either a rule, or only the standard offset; nil when the text does not read.
  static func read(_ bytes: ArraySlice<UInt8>) -> (standard: Int32, rule: DaylightRule?)? {
    var text = DaylightRuleText(bytes)
    return text.whole()
  }

  private mutating func whole() -> (standard: Int32, rule: DaylightRule?)? {
    guard name(), let behind = time(hours: 24) else { return nil }
    let standard = -Int32(behind)
    if rest.isEmpty { return (standard, nil) }
    guard name() else { return nil }
    var daylight = standard + 3600
    if rest.first != UInt8(ascii: ",") {
      guard let behind = time(hours: 24) else { return nil }
      daylight = -Int32(behind)
    }
    guard abs(daylight - standard) <= 86_400, let start = moment(), let end = moment(), rest.isEmpty
    else { return nil }
    return (standard, DaylightRule(standard: standard, daylight: daylight, start: start, end: end))
  }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// At least three letters, or letters, digits and signs between angle brackets.
  private mutating func name() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end - rest.startIndex >= 3 else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard 1...3 ~= digits.count else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return range.contains(value) ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private mutating func time(hours: Int) -> Int? {
    let negative = take("-")
    if !negative { _ = take("+") }
    guard let hour = number(in: 0...hours) else { return nil }
    var seconds = hour * 3600
    for unit in [60, 1] where take(":") {
      guard let part = number(in: 0...59) else { return nil }
      seconds += part * unit
    }
    return negative ? -seconds : seconds
  }

  private mutating func moment() -> YearlyMoment? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return YearlyMoment(day: day, time: 7200) }
    guard let time = time(hours: 167) else { return nil }
    return YearlyMoment(day: day, time: Int64(time))
  }

  private mutating func day() -> YearlyMoment.Day? {
    if take("J") { return number(in: 1...365).map(YearlyMoment.Day.julian) }
    guard take("M") else { return number(in: 0...365).map(YearlyMoment.Day.zeroBased) }
    guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
      let weekday = number(in: 0...6)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
