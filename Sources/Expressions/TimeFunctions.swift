/// The accessors of timestamps and durations (langdef.md, "List of Standard Definitions" and "Timezones").
let timeFunctions: [Function] = [
  accessor("getFullYear") { .int($0.date.year) },
  accessor("getMonth") { .int(Int64($0.date.month - 1)) },
  accessor("getDate") { .int(Int64($0.date.day)) },
  accessor("getDayOfMonth") { .int(Int64($0.date.day - 1)) },
  accessor("getDayOfWeek") { .int(floorRemainder($0.days + 4, 7)) },
  accessor("getDayOfYear") { .int($0.date.dayOfYear) },
  accessor("getHours", ofDuration: { $0 / 3_600_000_000_000 }) { .int($0.second / 3600) },
  accessor("getMinutes", ofDuration: { $0 / 60_000_000_000 }) { .int($0.second / 60 % 60) },
  accessor("getSeconds", ofDuration: { $0 / 1_000_000_000 }) { .int($0.second % 60) },
  // Of a duration only what is beyond whole seconds.
  accessor("getMilliseconds", ofDuration: { $0 / 1_000_000 % 1000 }) {
    .int(Int64($0.nanoseconds / 1_000_000))
  },
]

/// A timestamp as clocks and calendars of a zone show it.
private struct LocalTime {
  /// Since 1970-01-01.
  let days: Int64
  /// Of the day.
  let second: Int64
  let nanoseconds: Int32

  init(_ timestamp: Timestamp, offset: Int) {
    let local = timestamp.seconds &+ Int64(offset)
    days = floorDivision(local, 86_400)
    second = floorRemainder(local, 86_400)
    nanoseconds = timestamp.nanoseconds
  }

  var date: CivilDate { CivilDate(daysSince1970: days) }
}

private func accessor(
  _ name: String, ofDuration: (@Sendable (Int64) -> Int64)? = nil,
  _ part: @escaping @Sendable (LocalTime) -> Value
) -> Function {
  var signatures = [
    FunctionSignature.member([.timestamp], .int), .member([.timestamp, .string], .int),
  ]
  if ofDuration != nil { signatures.append(.member([.duration], .int)) }
  return Function(name, signatures) { arguments, call throws(EvaluationError) in
    if case .duration(let duration) = arguments[0], arguments.count == 1, let ofDuration {
      return .int(ofDuration(duration))
    }
    guard case .timestamp(let timestamp) = arguments[0] else { throw .unsupported(name, arguments) }
    guard arguments.count > 1 else { return part(LocalTime(timestamp, offset: 0)) }
    guard case .string(let zone) = arguments[1] else { throw .unsupported(name, arguments) }
    let offset = try zoneOffset(zone, timestamp.seconds, call.zoneOffset)
    return part(LocalTime(timestamp, offset: offset))
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
