import Foundation

@testable import WorkingTime

/// A calendar computed the slow way: a flag for every minute of a few weeks, from the offsets that Foundation
/// gives for each.
struct MinuteReference: Sendable {
  /// Minutes since 1970.
  let start: Int
  private(set) var isOpen: [Bool]
  /// The local day on which the hours of each open minute start.
  private(set) var owner: [Int: Int32] = [:]
  private(set) var minutes: [Int32: [Int]] = [:]
  private let offsets: [Int]
  /// Open minutes before each.
  private var before = [0]

  var end: Int { start + isOpen.count }

  /// Covers the local days given; two more at each end stay without hours.
  init(_ specification: WorkingCalendar.Specification, days: ClosedRange<Int32>, offset: (Date) -> Int) {
    let margin = 3 * 1440
    start = Int(days.lowerBound) * 1440 - margin
    let count = Int(days.count) * 1440 + 2 * margin
    let first = start
    offsets = (0..<count).map { offset(Date(timeIntervalSince1970: Double((first + $0) * 60))) / 60 }
    isOpen = Array(repeating: false, count: count)
    for day in days {
      open(day, specification)
      minutes[day]?.sort()
    }
    for isOpen in isOpen { before.append(before[before.count - 1] + (isOpen ? 1 : 0)) }
  }

  private mutating func open(_ day: Int32, _ specification: WorkingCalendar.Specification) {
    let date = CivilDate(days: day)
    let usual = specification.weeklyHours[date.weekday] ?? []
    let hours = specification.specialDays[date] ?? (specification.holidays.contains(date) ? [] : usual)
    for interval in hours {
      let opening = minute(ofLocal: Int(day) * 1440 + Int(interval.start.seconds) / 60)
      let closing = minute(ofLocal: Int(day) * 1440 + Int(interval.endSeconds) / 60)
      // What a gap moves into the next day is lost.
      guard opening < closing, opening + offsets[opening - start] < Int(day + 1) * 1440 else { continue }
      for minute in opening..<closing where !isOpen[minute - start] {
        isOpen[minute - start] = true
        owner[minute] = day
        minutes[day, default: []].append(minute)
      }
    }
  }

  /// The first minute at which clocks show that; in a gap, the time with the offset before it.
  private func minute(ofLocal local: Int) -> Int {
    var before = offsets[0]
    for minute in max(start, local - 1600)..<min(end, local + 1600) {
      let offset = offsets[minute - start]
      if minute + offset == local { return minute }
      if minute + offset > local { return local - before }
      before = offset
    }
    return local - before
  }

  func count(from first: Int, to last: Int) -> Int {
    first < last ? before[last - start] - before[first - start] : 0
  }

  /// The end of the `count`th open minute; for none, the first open one at or after the start.
  func add(_ count: Int, to minute: Int) -> Int? {
    var rest = count
    for next in minute..<end where isOpen[next - start] {
      if rest == 0 { return next }
      rest -= 1
      if rest == 0 { return next + 1 }
    }
    return nil
  }

  /// The start of the `count`th open minute, backwards; for none, the end of the first open one that ends by
  /// then.
  func subtract(_ count: Int, from minute: Int) -> Int? {
    var rest = count
    for next in (start..<minute).reversed() where isOpen[next - start] {
      if rest == 0 { return next + 1 }
      rest -= 1
      if rest == 0 { return next }
    }
    return nil
  }
}
