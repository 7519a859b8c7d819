/// A wall-clock time, 00:00 … 24:00, to the second.
public struct TimeOfDay: Hashable, Comparable, Sendable {
  /// Seconds since midnight, 0 … 86,400.
  public let seconds: Int32

  /// Nil outside 0 … 86,400.
  public init?(seconds: Int) {
    guard 0...86_400 ~= seconds else { return nil }
    self.seconds = Int32(seconds)
  }

  private init(unchecked seconds: Int32) { self.seconds = seconds }

  public static var midnight: TimeOfDay { TimeOfDay(unchecked: 0) }
  /// 24:00, the end of the day.
  public static var endOfDay: TimeOfDay { TimeOfDay(unchecked: 86_400) }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.seconds < right.seconds }
}

extension TimeOfDay {
  /// Reads `09:00` or `09:00:30`, up to `24:00`; nil for anything else.
  public static func parse(_ bytes: UnsafeRawBufferPointer) -> TimeOfDay? {
    guard bytes.count == 5 || bytes.count == 8, bytes[2] == UInt8(ascii: ":"),
      let hour = bytes.twoDigits(at: 0), let minute = bytes.twoDigits(at: 3), minute < 60
    else { return nil }
    var second = 0
    if bytes.count == 8 {
      guard bytes[5] == UInt8(ascii: ":"), let read = bytes.twoDigits(at: 6), read < 60 else { return nil }
      second = read
    }
    return TimeOfDay(seconds: hour * 3600 + minute * 60 + second)
  }

  /// Reads `09:00` or `09:00:30`, up to `24:00`; nil for anything else.
  public static func parse(_ text: String) -> TimeOfDay? { text.withBytes { parse($0) } }

  /// `09:00`, or `09:00:30` where there are seconds.
  public var text: String {
    let (minutes, second) = Int(seconds).quotientAndRemainder(dividingBy: 60)
    let clock = padded(minutes / 60, to: 2) + ":" + padded(minutes % 60, to: 2)
    return second == 0 ? clock : clock + ":" + padded(second, to: 2)
  }
}
