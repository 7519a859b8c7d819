public import ByteOutput

/// A length of time as people say it: "2 h 30 min", with the largest units that are exact enough to act on.
public struct DurationText: Sendable {
  let milliseconds: Int64
  /// Working time is never said in days, since days differ.
  let isWorking: Bool

  public init(milliseconds: Int64, isWorking: Bool) {
    self.milliseconds = milliseconds
    self.isWorking = isWorking
  }

  /// Appends the text as UTF-8: two units at most, rounded down, "less than a minute" below one.
  public func write(into bytes: inout ByteWriter, _ language: Language) {
    let minutes = milliseconds / 60_000
    let units = language == .chinese ? Self.chinese : Self.english
    bytes.append(literal: isWorking ? units.working : units.elapsed)
    if minutes == 0 { return bytes.append(literal: units.none) }
    let (days, hours) = isWorking ? (0, minutes / 60) : (minutes / 1440, minutes / 60 % 24)
    var count = 0
    write(days, units.day, units, &count, into: &bytes)
    write(hours, units.hour, units, &count, into: &bytes)
    write(minutes % 60, units.minute, units, &count, into: &bytes)
  }

  private func write(
    _ number: Int64, _ unit: StaticString, _ units: Units, _ count: inout Int, into bytes: inout ByteWriter
  ) {
    if number == 0 || count == 2 { return }
    if count > 0 { bytes.append(literal: units.separator) }
    bytes.append(integer: number)
    bytes.append(literal: unit)
    count += 1
  }

  public func text(_ language: Language) -> String {
    var bytes = ByteWriter()
    write(into: &bytes, language)
    return bytes.text
  }

  private struct Units {
    var working, elapsed, none, day, hour, minute, separator: StaticString
  }

  private static let english = Units(
    working: "working time of ", elapsed: "", none: "less than a minute", day: " d", hour: " h",
    minute: " min", separator: " ")
  private static let chinese = Units(
    working: "工作时间 ", elapsed: " ", none: "不到 1 分钟", day: " 天", hour: " 小时", minute: " 分钟", separator: " ")
}
