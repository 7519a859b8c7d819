import Foundation
import Testing

@testable import WorkingTime

@Suite("Working time on random calendars", .enabled(if: Zones.arePresent))
struct CalendarPropertyTests {
  static let seeds = Array(0..<RandomCalendar.count)

  @Test("agrees with a count minute by minute", arguments: seeds)
  func minutes(seed: Int) throws {
    let random = try RandomCalendar.drawn(seed)
    let reference = random.reference
    var generator = SeededGenerator(seed: seed &+ 1000)
    for _ in 0..<60 {
      let a = random.minute(&generator)
      let b = random.minute(&generator)
      let start = Instant(milliseconds: .minutes(a))
      let open = random.calendar.workingMilliseconds(from: start, to: Instant(milliseconds: .minutes(b)))
      #expect(open == .minutes(reference.count(from: a, to: b)), "seed \(seed), \(a) to \(b)")
      #expect(
        random.calendar.isOpen(at: start) == reference.isOpen[a - reference.start], "seed \(seed), \(a)")
      let count = Int.random(in: 0...600, using: &generator)
      if let end = reference.add(count, to: a), end < random.last {
        let sum = random.calendar.add(workingMilliseconds: .minutes(count), to: start)
        #expect(sum?.milliseconds == .minutes(end), "seed \(seed), \(a) + \(count)")
      }
      if let begin = reference.subtract(count, from: a), begin > random.first {
        let difference = random.calendar.subtract(workingMilliseconds: .minutes(count), from: start)
        #expect(difference?.milliseconds == .minutes(begin), "seed \(seed), \(a) - \(count)")
      }
    }
  }

  @Test("gives back what was added, and undoes it", arguments: seeds)
  func roundTrip(seed: Int) throws {
    let random = try RandomCalendar.drawn(seed)
    let calendar = random.calendar
    var generator = SeededGenerator(seed: seed &+ 2000)
    for _ in 0..<80 {
      let start = random.instant(&generator)
      let count = Int64.random(in: 1...Int64.hours(2000), using: &generator)
      guard let end = calendar.add(workingMilliseconds: count, to: start),
        let begin = calendar.subtract(workingMilliseconds: count, from: end)
      else { continue }
      #expect(calendar.workingMilliseconds(from: start, to: end) == count, "seed \(seed)")
      #expect(begin == calendar.nextOpening(from: start), "seed \(seed)")
      #expect(calendar.add(workingMilliseconds: count, to: begin) == end, "seed \(seed)")
      #expect(calendar.add(workingMilliseconds: -count, to: end) == begin, "seed \(seed)")
    }
  }

  @Test("never goes backwards when the start is later or the length longer", arguments: seeds)
  func monotone(seed: Int) throws {
    let random = try RandomCalendar.drawn(seed)
    let calendar = random.calendar
    var generator = SeededGenerator(seed: seed &+ 3000)
    for _ in 0..<80 {
      let starts = [random.instant(&generator), random.instant(&generator)].sorted()
      let counts = (0..<2).map { _ in Int64.random(in: 0...Int64.hours(100), using: &generator) }.sorted()
      let days = [Int.random(in: 0...9, using: &generator), Int.random(in: 0...9, using: &generator)].sorted()
      let added = starts.map { calendar.add(workingMilliseconds: counts[0], to: $0) }
      let longer = counts.map { calendar.add(workingMilliseconds: $0, to: starts[0]) }
      let later = days.map { calendar.add(workingDays: $0, to: starts[0]) }
      #expect(
        isOrdered(added) && isOrdered(longer) && isOrdered(later), "seed \(seed), \(starts) \(counts) \(days)"
      )
    }
  }

  private func isOrdered(_ pair: [Instant?]) -> Bool {
    guard let first = pair[0] else { return pair[1] == nil }
    return pair[1].map { first <= $0 } ?? true
  }

  @Test("is the same from the table and from day to day", arguments: seeds)
  func tableAndWalk(seed: Int) throws {
    let random = try RandomCalendar.drawn(seed)
    let calendar = random.calendar
    let walk = DayWalk(calendar.rules)
    var generator = SeededGenerator(seed: seed &+ 4000)
    for _ in 0..<20 {
      let start = random.instant(&generator)
      let end = random.instant(&generator)
      let count = Int64.random(in: 1...Int64.hours(300), using: &generator)
      #expect(calendar.workingMilliseconds(from: start, to: end) == walk.milliseconds(from: start, to: end))
      #expect(calendar.nextOpening(from: start) == walk.instant(after: 0, from: start, .opening))
      #expect(calendar.previousClosing(from: start) == walk.instant(before: 0, from: start, .closing))
      #expect(
        calendar.add(workingMilliseconds: count, to: start)
          == walk.instant(after: count, from: start, .closing))
      #expect(
        calendar.subtract(workingMilliseconds: count, from: start)
          == walk.instant(before: count, from: start, .opening))
      let spans = calendar.spans(from: start, to: end)
      let sum = spans.reduce(0) { $0 + $1.upperBound.milliseconds(since: $1.lowerBound) }
      #expect(sum == calendar.workingMilliseconds(from: start, to: end), "seed \(seed)")
    }
  }

  @Test("is the same over decades, and past the table's ends", arguments: seeds)
  func decades(seed: Int) throws {
    let calendar = try RandomCalendar.drawn(seed).calendar
    let dates = try ["0001-01-01", "1994-03-01", "2003-01-31", "2031-07-01", "2049-12-31", "2075-01-01"].map(
      date)
    let instants = dates.map {
      calendar.zone.instant(of: $0, at: .midnight).advanced(byMilliseconds: 12_345_678)
    }
    for (index, start) in instants.enumerated() {
      for end in instants[index...] {
        let middle = Instant(milliseconds: (start.milliseconds + end.milliseconds) / 2)
        let whole = calendar.workingMilliseconds(from: start, to: end)
        let halves =
          calendar.workingMilliseconds(from: start, to: middle)
          + calendar.workingMilliseconds(from: middle, to: end)
        #expect(whole == halves, "seed \(seed), \(start) to \(end)")
        #expect(whole == DayWalk(calendar.rules).milliseconds(from: start, to: end), "seed \(seed)")
      }
    }
  }

  @Test("counts working days as the rule says", arguments: seeds)
  func workingDays(seed: Int) throws {
    let random = try RandomCalendar.drawn(seed)
    let calendar = random.calendar
    let reference = random.reference
    var generator = SeededGenerator(seed: seed &+ 5000)
    for _ in 0..<40 {
      let start = random.minute(&generator)
      let count = Int.random(in: 1...4, using: &generator)
      let instant = Instant(milliseconds: .minutes(start))
      guard let due = reference.due(workingDays: count, after: start), due < random.last else { continue }
      let sum = try #require(calendar.add(workingDays: count, to: instant))
      #expect(sum.milliseconds == .minutes(due), "seed \(seed), \(start) + \(count) working days")
      // As a budget of working time, which is how windows run, it is the same instant.
      let budget = calendar.workingMilliseconds(from: instant, to: sum)
      #expect(calendar.add(workingMilliseconds: budget, to: instant) == sum, "seed \(seed)")
    }
  }
}

extension RandomCalendar {
  /// Minutes since 1970 in which the minute reference is complete.
  var first: Int { Int(days.lowerBound + 2) * 1440 }
  var last: Int { Int(days.upperBound - 2) * 1440 }

  func minute(_ random: inout SeededGenerator) -> Int {
    // Edges of the hours are where mistakes are.
    let minute = Int.random(in: first..<last, using: &random)
    let instant = Instant(milliseconds: .minutes(minute))
    guard Bool.random(using: &random), let edge = calendar.nextOpening(from: instant) else { return minute }
    let near = Int(edge.milliseconds / 60_000) + Int.random(in: -1...1, using: &random)
    return min(max(near, first), last - 1)
  }

  func instant(_ random: inout SeededGenerator) -> Instant {
    Instant(milliseconds: .minutes(minute(&random)) + Int64.random(in: -1...1, using: &random))
  }
}

extension MinuteReference {
  /// Straight from the rule: the offset into the working time of the first day, and the same on the Nth day
  /// after.
  func due(workingDays count: Int, after start: Int) -> Int? {
    guard let begin = add(0, to: start), let first = owner[begin] else { return nil }
    let days = minutes.keys.sorted()
    guard let index = days.firstIndex(of: first), let before = minutes[first]?.firstIndex(of: begin)
    else { return nil }
    let target = index + (before == 0 ? count - 1 : count)
    guard target < days.count, let minutes = minutes[days[target]] else { return nil }
    return minutes[(before == 0 ? minutes.count : min(before, minutes.count)) - 1] + 1
  }
}
