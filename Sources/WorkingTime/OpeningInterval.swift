/// A stretch of opening hours on the day it starts: half-open, local wall-clock times.
///
/// An end at or before the start lies on the next day: `22:00-06:00` runs over midnight and `09:00-09:00`
/// lasts a day.
public struct OpeningInterval: Hashable, Sendable {
  public var start: TimeOfDay
  public var end: TimeOfDay

  public init(_ start: TimeOfDay, _ end: TimeOfDay) {
    self.start = start
    self.end = end
  }

  /// Seconds since the local midnight that begins its day; up to two days.
  var endSeconds: Int32 { end.seconds <= start.seconds ? end.seconds + 86_400 : end.seconds }

  /// `09:00-12:00`.
  public var text: String { start.text + "-" + end.text }

  /// Reads `09:00-12:00`, `13:30-24:00`, `22:00-06:00`; throws what is wrong with it.
  public static func parse(_ text: String) throws(TimeSyntaxError) -> OpeningInterval {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Wording.hoursForm(text) }
    let start = try time(parts[0], at: 0)
    let end = try time(parts[1], at: parts[0].utf8.count + 1)
    guard start < .endOfDay else { throw Wording.hoursStartAtEndOfDay() }
    return OpeningInterval(start, end)
  }

  private static func time(_ text: Substring, at offset: Int) throws(TimeSyntaxError) -> TimeOfDay {
    guard let time = TimeOfDay.parse(String(text)) else { throw Wording.timeOfDay(text, at: offset) }
    return time
  }
}
