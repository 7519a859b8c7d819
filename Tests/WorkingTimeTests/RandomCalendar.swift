import Foundation

@testable import WorkingTime

/// A calendar with several stretches a day, over midnight, holidays and special days, around a change of the
/// offset where there is one.
struct RandomCalendar: Sendable {
  static let zones = [
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "UTC",
    "fabricated",
  ]
  static let count = 28
  /// Drawn once for all tests.
  private static let all = Result { try (0..<count).map { try RandomCalendar(seed: $0) } }

  static func drawn(_ seed: Int) throws -> RandomCalendar { try all.get()[seed] }

  let specification: WorkingCalendar.Specification
  let calendar: WorkingCalendar
  /// Local days, in the middle of which questions are asked.
  let days: ClosedRange<Int32>
  let reference: MinuteReference

  private init(seed: Int) throws {
    var random = SeededGenerator(seed: seed)
    let name = RandomCalendar.zones[seed % RandomCalendar.zones.count]
    let zone: TimeZoneRules
    let offset: (Date) -> Int
    if name == "fabricated" {
      (zone, offset) = FabricatedZone.make(&random)
    } else {
      guard let foundation = TimeZone(identifier: name) else { throw CocoaError(.featureUnsupported) }
      offset = { foundation.secondsFromGMT(for: $0) }
      zone = try Zones.rules(name)
    }
    // A few calendars lie before the table's years.
    let years = Int.random(in: 0..<10, using: &random) == 0 ? 10_000...10_900 : 11_000...24_000
    let somewhere = Int.random(in: years, using: &random)
    let change = zone.nextChange(after: Int64(somewhere) * 86_400)
    let isNearChange = Int.random(in: 0..<3, using: &random) > 0
    let middle = Int32(isNearChange ? Int(change?.second ?? Int64(somewhere) * 86_400) / 86_400 : somewhere)
    days = (middle - 12)...(middle + 12)
    let (specification, calendar) = RandomCalendar.usable(days, zone, &random)
    (self.specification, self.calendar) = (specification, calendar)
    reference = MinuteReference(specification, days: days, offset: offset)
  }

  /// Draws until the hours do not overlap.
  private static func usable(
    _ days: ClosedRange<Int32>, _ zone: TimeZoneRules, _ random: inout SeededGenerator
  ) -> (WorkingCalendar.Specification, WorkingCalendar) {
    while true {
      var weekly: [Weekday: [OpeningInterval]] = [:]
      for day in Weekday.allCases where Int.random(in: 0..<4, using: &random) > 0 {
        weekly[day] = hours(&random)
      }
      let dates = days.map { CivilDate(days: $0) }
      let holidays = Set((0..<3).compactMap { _ in dates.randomElement(using: &random) })
      var special: [CivilDate: [OpeningInterval]] = [:]
      for _ in 0..<2 { if let date = dates.randomElement(using: &random) { special[date] = hours(&random) } }
      let specification = WorkingCalendar.Specification(
        name: "random", zone: zone, weeklyHours: weekly, holidays: holidays, specialDays: special)
      if let calendar = try? WorkingCalendar(specification) { return (specification, calendar) }
    }
  }

  /// Up to three stretches between random minutes, near the hours at which clocks change more often than not.
  private static func hours(_ random: inout SeededGenerator) -> [OpeningInterval] {
    if Int.random(in: 0..<8, using: &random) == 0 { return [OpeningInterval(.midnight, .endOfDay)] }
    var minutes: Set<Int> = []
    for _ in 0..<(2 * Int.random(in: 1...3, using: &random)) {
      let isNight = Bool.random(using: &random)
      minutes.insert(
        isNight ? Int.random(in: 0...240, using: &random) : Int.random(in: 0..<1440, using: &random))
    }
    var times = minutes.sorted().compactMap { TimeOfDay(seconds: $0 * 60) }
    if times.count % 2 == 1 { times.removeLast() }
    // Turned by one, the last stretch runs over midnight.
    if Int.random(in: 0..<3, using: &random) == 0 { times.append(times.removeFirst()) }
    return stride(from: 0, to: times.count, by: 2).map { OpeningInterval(times[$0], times[$0 + 1]) }
  }
}

/// A zone that changes often, by odd amounts, at odd times.
enum FabricatedZone {
  static func make(_ random: inout SeededGenerator) -> (TimeZoneRules, (Date) -> Int) {
    var second: Int64 = 10_000 * 86_400
    var seconds: [Int64] = []
    var changes: [Int32] = []
    while second < 24_100 * 86_400 {
      second += Int64.random(in: 5_000...60_000, using: &random) * 60
      seconds.append(second)
      changes.append(Int32(Int.random(in: -40...56, using: &random) * 900))
    }
    let (transitions, offsets) = (seconds, changes)
    let zone = TimeZoneRules(
      identifier: "fabricated", initialOffset: 3600, transitions: transitions, offsets: offsets)
    return (
      zone,
      { date in
        // A linear search from where an average change would be.
        let second = Int64(date.timeIntervalSince1970)
        let guess = min(transitions.count, max(0, Int((second - 10_000 * 86_400) / (32_500 * 60))))
        var index = guess
        while index > 0, transitions[index - 1] > second { index -= 1 }
        while index < transitions.count, transitions[index] <= second { index += 1 }
        return index == 0 ? 3600 : Int(offsets[index - 1])
      }
    )
  }
}
