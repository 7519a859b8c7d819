/// The accessors of timestamps and durations (langdef.md, "List of Standard Definitions" and "Timezones").
let timeFunctions: [Function] = [
  accessor(.fullYear), accessor(.month), accessor(.date), accessor(.dayOfMonth), accessor(.dayOfWeek),
  accessor(.dayOfYear),
  accessor(.hours) { $0 / 3_600_000_000_000 },
  accessor(.minutes) { $0 / 60_000_000_000 },
  accessor(.seconds) { $0 / 1_000_000_000 },
  // Of a duration only what is beyond whole seconds.
  accessor(.milliseconds) { $0 / 1_000_000 % 1000 },
]

/// What accessors of a timestamp tell.
enum TimePart: Int, CaseIterable {
  case fullYear, month, date, dayOfMonth, dayOfWeek, dayOfYear, hours, minutes, seconds, milliseconds

  /// The name of the accessor.
  var function: String {
    switch self {
    case .fullYear: "getFullYear"
    case .month: "getMonth"
    case .date: "getDate"
    case .dayOfMonth: "getDayOfMonth"
    case .dayOfWeek: "getDayOfWeek"
    case .dayOfYear: "getDayOfYear"
    case .hours: "getHours"
    case .minutes: "getMinutes"
    case .seconds: "getSeconds"
    case .milliseconds: "getMilliseconds"
    }
  }

  /// - Parameter offset: of the zone from UTC, in seconds.
  func value(of timestamp: Timestamp, offset: Int) -> Int64 {
    let local = timestamp.seconds &+ Int64(offset)
    let days = floorDivision(local, 86_400)
    let second = floorRemainder(local, 86_400)
    return switch self {
    case .fullYear: CivilDate(daysSince1970: days).year
    case .month: Int64(CivilDate(daysSince1970: days).month - 1)
    case .date: Int64(CivilDate(daysSince1970: days).day)
    case .dayOfMonth: Int64(CivilDate(daysSince1970: days).day - 1)
    case .dayOfWeek: floorRemainder(days + 4, 7)
    case .dayOfYear: CivilDate(daysSince1970: days).dayOfYear
    case .hours: second / 3600
    case .minutes: second / 60 % 60
    case .seconds: second % 60
    case .milliseconds: Int64(timestamp.nanoseconds / 1_000_000)
    }
  }
}

private func accessor(_ part: TimePart, ofDuration: (@Sendable (Int64) -> Int64)? = nil) -> Function {
  let name = part.function
  var signatures = [
    FunctionSignature.member([.timestamp], .int), .member([.timestamp, .string], .int),
  ]
  if ofDuration != nil { signatures.append(.member([.duration], .int)) }
  return Function(name, signatures) { arguments, call throws(EvaluationError) in
    if case .duration(let duration) = arguments[0], arguments.count == 1, let ofDuration {
      return .int(ofDuration(duration))
    }
    guard case .timestamp(let timestamp) = arguments[0] else { throw .unsupported(name, arguments) }
    guard arguments.count > 1 else { return .int(part.value(of: timestamp, offset: 0)) }
    guard case .string(let zone) = arguments[1] else { throw .unsupported(name, arguments) }
    let offset = try zoneOffset(zone, timestamp.seconds, call.zoneOffset)
    return .int(part.value(of: timestamp, offset: offset))
  }
}

private let utc = Text("UTC")

/// In seconds; at most a day, whatever the caller's zones say.
func zoneOffset(
  _ zone: Text, _ seconds: Int64, _ zones: Environment.ZoneOffset
) throws(EvaluationError) -> Int {
  if zone.utf8.isEmpty || zone == utc { return 0 }
  if let offset = DateTimeReader.fixedOffset(zone) { return offset }
  guard let offset = zones(zone.string, seconds), -86_400...86_400 ~= offset else {
    throw .unknownZone(zone.string)
  }
  return offset
}
