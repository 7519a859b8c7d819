public import WorkingTime

/// An instant in a window's life at which people are told of it.
public enum NoticeLevel: Hashable, Sendable {
  /// After this part of the target, in percent.
  case percentage(Int)
  /// When the target has passed.
  case due
  /// This long before the due instant.
  case before(TargetDuration)
  /// This long after the due instant; the clock that counts it does not wait for the requester.
  case after(TargetDuration)

  /// As rules write it, such as `due + 4 working hours`.
  public var text: String {
    switch self {
    case .percentage(let percent): "\(percent)%"
    case .due: "due"
    case .before(let duration): "due - \(duration.text)"
    case .after(let duration): "due + \(duration.text)"
    }
  }
}

extension NoticeLevel {
  /// When the level is reached, as far as the clock has come or will come if nothing happens; nil where it will not be.
  func instant(
    _ clock: borrowing ResponseClock, _ reading: ResponseClock.Reading, _ calendar: WorkingCalendar?
  ) -> Instant? {
    guard let start = reading.startedAt else { return nil }
    switch self {
    case .percentage(let percent): return clock.warningInstant(fraction: Double(percent) / 100)
    case .due: return reading.dueAt
    case .before(let duration):
      return reading.dueAt.flatMap { duration.instant(before: $0, calendar: calendar) }.map { max($0, start) }
    case .after(let duration):
      return reading.dueAt.flatMap { duration.instant(after: $0, calendar: calendar) }
    }
  }

  /// Whether it says that the target has passed, which at the due instant itself it has not.
  var isBreach: Bool {
    switch self {
    case .due, .after: true
    case .percentage, .before: false
    }
  }
}
