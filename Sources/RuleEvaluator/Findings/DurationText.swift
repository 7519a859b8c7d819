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
  public func write(into bytes: inout [UInt8], _ language: Language) {
    let minutes = milliseconds / 60_000
    let units = language == .chinese ? Self.chinese : Self.english
    let prefix = isWorking ? units.working : units.elapsed
    bytes.append(text: prefix)
    if minutes == 0 {
      bytes.append(text: units.none)
      return
    }
    let (days, hours, rest) =
      isWorking ? (0, minutes / 60, minutes % 60) : (minutes / 1440, minutes / 60 % 24, minutes % 60)
    var parts = [(days, units.day), (hours, units.hour), (rest, units.minute)].filter { $0.0 != 0 }
    if parts.count > 2 { parts.removeLast() }
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(text: units.separator) }
      bytes.append(text: String(part.0))
      bytes.append(text: part.1)
    }
  }

  public func text(_ language: Language) -> String {
    var bytes = [UInt8]()
    write(into: &bytes, language)
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Units {
    var working, elapsed, none, day, hour, minute, separator: String
  }

  private static let english = Units(
    working: "working time of ", elapsed: "", none: "less than a minute", day: " d", hour: " h",
    minute: " min", separator: " ")
  private static let chinese = Units(
    working: "工作时间 ", elapsed: " ", none: "不到 1 分钟", day: " 天", hour: " 小时", minute: " 分钟", separator: " ")
}
